import Foundation
import Planning
import Tabular

/// What a question about sites came to, whichever model answered it.
protocol PlanOrReason: Encodable {
  var table: TextTable { get }
  /// Why there is no plan, in a sentence and as a stable code.
  var reason: String? { get }
  var reasonCode: String? { get }
}

extension SolveSiting {
  /// Writes the answer; why there is none is told as well, whatever the form.
  func write(_ answer: some PlanOrReason) throws {
    try output.write(answer.table, json: answer)
    if let reason = answer.reason { Terminal.note("no plan: \(reason) (\(answer.reasonCode ?? ""))") }
  }
}

/// What `procure solve siting` answers, in the units of the files.
struct SitingAnswer: PlanOrReason {
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
    let chosenSites: [String]
    let isProven: Bool
  }

  /// Demand points that reach no candidate site by any journey: no choice serves them.
  struct Apart: Encodable {
    let origin: String
    let weight: Int64
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
  /// Why there is no plan, in a sentence and as a stable code.
  let reason: String?
  let reasonCode: String?
  let apart: [Apart]

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
        chosenSites: neighbour.plan.sites.map { input.destinations[$0] },
        isProven: neighbour.plan.status == .optimal
      )
    }
    nodes = plan.nodes
    self.seconds = seconds
    reason = plan.obstacle?.sentence(input.words)
    reasonCode = plan.obstacle?.code
    apart = input.problem.weights.enumerated().compactMap { point, weight in
      input.problem.times.legs(from: point).isEmpty
        ? Apart(origin: input.origins[point], weight: weight) : nil
    }
  }

  /// Who is left out whatever is chosen; nil where nobody is, or where that is the reason already.
  var apartNote: String? {
    guard reason == nil, !apart.isEmpty else { return nil }
    let names = apart.prefix(20).map(\.origin).joined(separator: ", ") + (apart.count > 20 ? " …" : "")
    return "No choice of sites reaches \(apart.count) demand points with a weight of "
      + "\(apart.reduce(0) { $0 + $1.weight }): \(names)."
  }

  static func decimal(_ value: Int128, over scale: Int64) -> Decimal {
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
    for neighbour in wouldChangeIf {
      table.add(neighbour.question, neighbour.chosenSites.joined(separator: " "), text(neighbour.objective))
    }
    if let reason { table.add("no plan", reasonCode ?? "", reason) }
    for journey in assignment { table.add(journey.origin, journey.destination ?? "-", text(journey.minutes)) }
    return table
  }

  private func text(_ value: Decimal?, signed: Bool = false) -> String {
    guard let value else { return "" }
    return signed && value > 0 ? "+\(value)" : "\(value)"
  }
}

extension SitingFiles.Input {
  /// How a reason for there being no plan names what is in the files.
  var words: SitingObstacle.Words {
    var words = SitingObstacle.Words()
    words.point = { [origins] in origins[$0] }
    words.time = { [scale] in "\(SitingAnswer.decimal(Int128($0), over: scale)) minutes" }
    return words
  }
}
