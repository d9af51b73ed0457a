import ArgumentParser
import Planning
import Tabular

/// Finds the transfers between centres that pay, given as a file.
struct SolveTransfers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfers",
    abstract: "Move stock between centres where it avoids stock-outs and expiries."
  )

  @OptionGroup var input: ProblemFile
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try Self.report(try input.contents(), named: input.file).write(as: output.format)
  }

  static func report(_ text: String, named name: String) throws -> ProblemReport<TransfersAnswer> {
    let problem = try TransfersFile.read(text, named: name)
    do throws(SharingFaults) {
      let plan = try problem.plan()
      return ProblemReport(
        tables: [TransfersTable.lines(plan), TransfersTable.centres(plan), TransfersTable.outlook(plan)],
        sentences: [TransfersTable.sentence(plan)],
        json: TransfersAnswer(plan)
      )
    } catch {
      throw ProblemReading.refusal(of: error, named: name)
    }
  }
}

/// The file of transfers: `docs/formats/transfers.md`.
enum TransfersFile {
  static func read(_ text: String, named name: String) throws -> TransferProblem {
    // The ways as they are written: one of the file is two of the problem unless it says otherwise.
    var written: [[TransferProblem.Route]] = []
    return try ProblemReading.read(text, named: name, faults: { faults($0, written) }) { fields in
      _ = fields.text("item")
      let (day, horizon) = (fields.requiredDay("day"), fields.required("horizon", in: 1...366))
      let centres = fields.requiredList("centres", read: centre)
      written = fields.requiredList("routes", read: routes)
      return TransferProblem(
        day: day,
        horizon: horizon,
        packSize: fields.integer("packSize", in: 1...SharingLimits.quantity) ?? 1,
        centres: centres,
        routes: written.flatMap(\.self),
        costs: fields.object("costs", read: costs) ?? .init()
      )
    }
  }

  /// What is wrong with the problem, each way by its place in the file.
  private static func faults(
    _ problem: TransferProblem,
    _ written: [[TransferProblem.Route]]
  ) -> [SharingFault] {
    var there = problem
    there.routes = written.compactMap(\.first)
    return there.faults
  }

  private static func centre(_ fields: ProblemFields) -> TransferProblem.Centre {
    .init(
      fields.code("centre"),
      use: fields.requiredUse("dailyUse"),
      threshold: fields.integer("threshold") ?? 0,
      lots: fields.list("lots", read: lot) ?? [],
      deliveries: fields.list("deliveries", read: delivery) ?? []
    )
  }

  private static func lot(_ fields: ProblemFields) -> TransferProblem.Lot {
    .init(fields.code("lot"), quantity: fields.required("quantity"), expiry: fields.day("expiry"))
  }

  private static func delivery(_ fields: ProblemFields) -> TransferProblem.Delivery {
    .init(day: fields.requiredDay("day"), quantity: fields.required("quantity"), expiry: fields.day("expiry"))
  }

  /// A way counts in both directions unless it says `"oneWay": true`.
  private static func routes(_ fields: ProblemFields) -> [TransferProblem.Route] {
    let (from, to) = (fields.code("from"), fields.code("to"))
    let kilometres = fields.integer("km", in: 0...100_000) ?? 0
    let days = fields.integer("days", in: 0...366) ?? 1
    let there = TransferProblem.Route(from: from, to: to, kilometres: kilometres, days: days)
    let back = TransferProblem.Route(from: to, to: from, kilometres: kilometres, days: days)
    return fields.flag("oneWay") == true ? [there] : [there, back]
  }

  private static func costs(_ fields: ProblemFields) -> TransferProblem.Costs {
    let usual = TransferProblem.Costs()
    let cents = 0...1_000_000_000
    return .init(
      trip: fields.integer("trip", in: cents) ?? usual.trip,
      kilometre: fields.integer("km", in: cents) ?? usual.kilometre,
      parcel: fields.integer("parcel", in: cents) ?? usual.parcel,
      packsPerParcel: fields.integer("packsPerParcel", in: 1...1000) ?? usual.packsPerParcel,
      shortage: fields.integer("shortage", in: cents) ?? usual.shortage,
      expiry: fields.integer("expiry", in: cents) ?? usual.expiry
    )
  }
}
