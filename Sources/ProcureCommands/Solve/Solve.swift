import ArgumentParser

/// Planning problems on plain files, without a database.
struct Solve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solve a planning problem given as a file.",
    subcommands: [
      SolveAward.self,
      SolveAllocation.self,
      SolveRollout.self,
      SolveSiting.self,
      SolveTransfers.self,
    ]
  )
}
