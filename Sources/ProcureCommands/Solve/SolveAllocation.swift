import ArgumentParser
import Planning
import Tabular

extension AllocationRule: ExpressibleByArgument {}

/// Shares a scarce supply given as a file.
struct SolveAllocation: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "Share a scarce supply among centres."
  )

  @OptionGroup var input: ProblemFile
  @Option(help: "The rule; it replaces the one in the file.")
  var rule: AllocationRule?
  @Flag(help: "Show what every rule would give, side by side.")
  var compare = false
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let text = try input.contents()
    if compare {
      try Self.comparison(text, named: input.file).write(as: output.format)
    } else {
      try Self.report(text, named: input.file, rule: rule).write(as: output.format)
    }
  }

  static func report(
    _ text: String,
    named name: String,
    rule: AllocationRule? = nil
  ) throws -> ProblemReport<AllocationAnswer> {
    let file = try AllocationFile.read(text, named: name, rule: .some(rule))
    do throws(SharingFaults) {
      let allocation = try file.problem.allocation(by: rule ?? file.rule)
      let comparison = try file.problem.comparison()
      return ProblemReport(
        tables: [AllocationTable(allocation).table],
        sentences: AllocationTable(allocation).sentences,
        json: AllocationAnswer(allocation, comparison: comparison)
      )
    } catch {
      throw ProblemReading.refusal(of: error, named: name)
    }
  }

  static func comparison(_ text: String, named name: String) throws -> ProblemReport<
    [AllocationAnswer.Compared]
  > {
    let file = try AllocationFile.read(text, named: name)
    do throws(SharingFaults) {
      let comparison = try file.problem.comparison()
      return ProblemReport(
        tables: [AllocationTable.comparison(comparison), AllocationTable.losses(comparison)],
        sentences: [],
        json: comparison.map(AllocationAnswer.Compared.init)
      )
    } catch {
      throw ProblemReading.refusal(of: error, named: name)
    }
  }
}

/// The file of an allocation: `docs/formats/allocation.md`.
struct AllocationFile {
  var rule: AllocationRule
  var problem: AllocationProblem

  /// Refuses the file with everything that is wrong with it. `asked` is the rule that replaces the file's, nil for the file's
  /// own; without it no rule is applied.
  static func read(_ text: String, named name: String, rule asked: AllocationRule?? = .none) throws -> Self {
    try ProblemReading.read(text, named: name, faults: { $0.faults(under: asked) }) { fields in
      _ = fields.text("item")
      let rule = fields.choice("rule", of: AllocationRule.self) ?? .equalCover
      let day = fields.day("day")
      let deliveries = deliveries(fields, day: day)
      return Self(
        rule: rule,
        problem: AllocationProblem(
          day: day ?? deliveries.map(\.day).min() ?? 0,
          packSize: fields.integer("packSize", in: 1...SharingLimits.quantity) ?? 1,
          minimumPacks: fields.integer("minimumPacks", in: 1...SharingLimits.quantity) ?? 1,
          reserve: fields.integer("reserve") ?? 0,
          deliveries: deliveries,
          centres: fields.requiredList("centres", read: centre),
          capAtBaseline: fields.flag("capAtBaseline") ?? true,
          coverTarget: fields.integer("coverTarget", in: 1...SharingLimits.days)
        )
      )
    }
  }

  /// What is wrong with the problem, and what it lacks for the rule by which it is to be shared.
  private func faults(under asked: AllocationRule??) -> [SharingFault] {
    guard case .some(let chosen) = asked else { return problem.faults }
    return problem.faults + (chosen ?? rule).faults(in: problem)
  }

  /// `supply` is one delivery on the day of the stocks; `deliveries` are several on their days.
  private static func deliveries(_ fields: ProblemFields, day: Int?) -> [AllocationProblem.Delivery] {
    let expiry = fields.day("expiry")
    guard fields.holds("supply") else { return fields.requiredList("deliveries", read: delivery) }
    let supply = fields.integer("supply") ?? 0
    return [.init(day: day ?? 0, quantity: supply, expiry: expiry)]
      + (fields.list("deliveries", read: delivery) ?? [])
  }

  private static func delivery(_ fields: ProblemFields) -> AllocationProblem.Delivery {
    .init(day: fields.requiredDay("day"), quantity: fields.required("quantity"), expiry: fields.day("expiry"))
  }

  private static func centre(_ fields: ProblemFields) -> AllocationProblem.Centre {
    .init(
      fields.code("centre"),
      stock: fields.integer("stock") ?? 0,
      use: fields.use("dailyUse"),
      asked: fields.integer("asked"),
      baseline: fields.integer("baseline"),
      floor: fields.integer("floor") ?? 0,
      limit: fields.integer("limit"),
      priority: fields.integer("priority", in: 1...1000) ?? 1
    )
  }
}
