import Foundation
import Planning
import Tabular

/// What `procure solve siting` answers, in the units of the files.
struct SitingAnswer: Encodable {
  struct Journey: Encodable {
    let origin: String
    let destination: String?
    let minutes: Decimal?
  }

  struct Exchange: Encodable {
    let out: String
    let into: String?
    let objective: Decimal
    let change: Decimal
  }

  struct Neighbour: Encodable {
    let question: String
    let objective: Decimal?
    let isProven: Bool
  }

  let model: String
  let status: String
  let objective: Decimal?
  let provenBound: Decimal?
  let gap: Double?
  let chosenSites: [String]
  let assignment: [Journey]
  let nextBest: [Exchange]
  let wouldChangeIf: [Neighbour]
  let nodes: Int
  let seconds: Double
  let reason: String?

  init(
    _ plan: SitingPlan,
    _ report: SitingSensitivity?,
    _ input: SitingFiles.Input,
    model: SolveSiting.Model,
    seconds: Double
  ) {
    let scale: Int64 = model == .median || model == .centre ? input.scale : 1
    func exact(_ value: Int128) -> Decimal { Self.decimal(value, over: scale) }
    self.model = model.rawValue
    status = plan.status.rawValue
    objective = plan.objective.map(exact)
    provenBound = plan.bound.map(exact)
    gap = plan.gap
    chosenSites = plan.sites.map { input.destinations[$0] }
    assignment = plan.assignment.enumerated().map { point, site in
      Journey(
        origin: input.origins[point],
        destination: site.map { input.destinations[$0] },
        minutes: site.flatMap { input.problem.time(from: point, to: $0) }
          .map { Self.decimal(Int128($0), over: input.scale) }
      )
    }
    nextBest = (report?.exchanges ?? []).map { exchange in
      Exchange(
        out: input.destinations[exchange.out],
        into: exchange.into.map { input.destinations[$0] },
        objective: exact(exchange.objective),
        change: exact(exchange.objective - (plan.objective ?? 0))
      )
    }
    wouldChangeIf = (report?.neighbours ?? []).map { neighbour in
      Neighbour(
        question: neighbour.question(scale: input.scale),
        objective: neighbour.plan.objective.map(exact),
        isProven: neighbour.plan.status == .optimal
      )
    }
    nodes = plan.nodes
    self.seconds = seconds
    reason = plan.reason
  }

  private static func decimal(_ value: Int128, over scale: Int64) -> Decimal {
    (Decimal(string: value.description) ?? .nan) / Decimal(scale)
  }

  /// The assignment, below the plan's figures as rows of their own.
  var table: TextTable {
    var table = TextTable([.init("what"), .init("site"), .init("value", .right)])
    table.add("status", "", status)
    table.add("objective", "", text(objective))
    table.add("proven bound", "", text(provenBound))
    table.add("gap", "", gap.map { "\($0)" } ?? "")
    table.add("seconds", "", String(format: "%.2f", seconds))
    for site in chosenSites { table.add("open", site, "") }
    for exchange in nextBest {
      table.add("instead of \(exchange.out)", exchange.into ?? "nothing", text(exchange.change, signed: true))
    }
    for neighbour in wouldChangeIf { table.add(neighbour.question, "", text(neighbour.objective)) }
    for journey in assignment { table.add(journey.origin, journey.destination ?? "-", text(journey.minutes)) }
    return table
  }

  private func text(_ value: Decimal?, signed: Bool = false) -> String {
    guard let value else { return "" }
    return signed && value > 0 ? "+\(value)" : "\(value)"
  }
}
