import Foundation
import Planning
import Tabular

/// Machines at each site, and who is served where.
struct CapacitatedAnswer: PlanOrReason {
  struct Site: Encodable {
    let destination: String
    let machines: Int
  }
  struct Served: Encodable {
    let origin: String
    let destination: String
    let part: Double
  }

  let status: String
  /// Weight × minutes, and the machines' cost where no budget bounds it.
  let objective: Double?
  let provenBound: Double?
  let gap: Double?
  let sites: [Site]
  let served: [Served]
  /// The same question with one thing changed: a site that takes no machine, and each parameter moved.
  let wouldChangeIf: [VariantNeighbour]
  let seconds: Double
  let reason: String?
  let reasonCode: String?

  init(
    _ plan: CapacitatedPlan,
    _ report: CapacitatedSensitivity?,
    _ input: SitingFiles.Input,
    seconds: Double
  ) {
    status = plan.status.rawValue
    objective = plan.objective.map { $0 / Double(input.scale) }
    // In floating point a bound that is proven to be the optimum may come out a last digit above it.
    provenBound = plan.bound.map { min($0, plan.objective ?? $0) / Double(input.scale) }
    gap = plan.gap
    sites = plan.machines.enumerated().filter { $0.element > 0 }.map {
      Site(destination: input.destinations[$0.offset], machines: $0.element)
    }
    served = plan.shares.enumerated().flatMap { point, shares in
      shares.map {
        Served(origin: input.origins[point], destination: input.destinations[$0.site], part: $0.part)
      }
    }
    wouldChangeIf = (report?.neighbours ?? []).map { neighbour in
      let sites = neighbour.plan.machines.enumerated().filter { $0.element > 0 }.map {
        "\(input.destinations[$0.offset]) \($0.element)"
      }
      return VariantNeighbour(
        question: Self.question(neighbour.change, input),
        objective: neighbour.plan.objective.map { $0 / Double(input.scale) },
        change: neighbour.plan.objective.flatMap { other in
          plan.objective.map { (other - $0) / Double(input.scale) }
        },
        sites: sites,
        isProven: neighbour.plan.status == .optimal,
        reason: neighbour.plan.obstacle?.sentence(input.words)
      )
    }
    self.seconds = seconds
    reason = plan.obstacle?.sentence(input.words)
    reasonCode = plan.obstacle?.code
  }

  private static func question(_ change: CapacitatedSensitivity.Change, _ input: SitingFiles.Input) -> String
  {
    switch change {
    case .without(let site): "with none added at \(input.destinations[site])"
    case .machines(let count): "with \(count) machines"
    case .capacity(let percent): "with capacities at \(percent) %"
    case .budget(let budget): "with a budget of \(budget / input.scale)"
    }
  }

  var table: TextTable {
    var table = TextTable([.init("what"), .init("site"), .init("value", .right)])
    table.add("status", "", status)
    if let reason { table.add("no plan", reasonCode ?? "", reason) }
    table.add("objective", "", objective.map { String(format: "%.3f", $0) } ?? "")
    table.add("proven bound", "", provenBound.map { String(format: "%.3f", $0) } ?? "")
    for site in sites { table.add("machines", site.destination, "\(site.machines)") }
    for neighbour in wouldChangeIf { table.rows.append(neighbour.cells) }
    for service in served {
      table.add(service.origin, service.destination, String(format: "%.1f %%", 100 * service.part))
    }
    return table
  }
}

/// The sites for which the worst region's mean journey is shortest.
struct EquitableAnswer: PlanOrReason {
  struct Region: Encodable {
    let region: String
    let meanMinutes: Double
  }

  let status: String
  let worstMeanMinutes: Double?
  let provenBound: Double?
  let gap: Double?
  let chosenSites: [String]
  let regions: [Region]
  /// A site left out and the best one in its place, then each parameter moved.
  let wouldChangeIf: [VariantNeighbour]
  let seconds: Double
  let reason: String?
  let reasonCode: String?

  init(
    _ plan: EquitablePlan,
    _ report: EquitySensitivity?,
    _ names: [String],
    _ input: SitingFiles.Input,
    seconds: Double
  ) {
    let scale = Double(input.scale)
    status = plan.status.rawValue
    worstMeanMinutes = plan.worstMean.map { $0.approximate / scale }
    provenBound = plan.bound.map { min($0, plan.worstMean?.approximate ?? $0) / scale }
    gap = plan.gap
    chosenSites = plan.sites.map { input.destinations[$0] }
    regions = zip(names, plan.means).map { Region(region: $0, meanMinutes: $1.approximate / scale) }
    func neighbour(_ text: String, _ mean: Fraction?, _ sites: [Int], _ isProven: Bool) -> VariantNeighbour {
      VariantNeighbour(
        question: text,
        objective: mean.map { $0.approximate / scale },
        change: mean.flatMap { mean in plan.worstMean.map { (mean - $0).approximate / scale } },
        sites: sites.map { input.destinations[$0] },
        isProven: isProven,
        reason: nil
      )
    }
    let exchanges = (report?.exchanges ?? []).map { exchange in
      let sites = exchange.into.map { [$0] } ?? []
      return neighbour("instead of \(input.destinations[exchange.out])", exchange.worstMean, sites, true)
    }
    let moved = (report?.neighbours ?? []).map { other in
      neighbour(
        SitingSensitivity.Neighbour.question(of: other.change, scale: input.scale),
        other.plan.worstMean,
        other.plan.sites,
        other.plan.status == .optimal
      )
    }
    wouldChangeIf = exchanges + moved
    self.seconds = seconds
    reason = plan.obstacle?.sentence(input.words)
    reasonCode = plan.obstacle?.code
  }

  var table: TextTable {
    var table = TextTable([.init("what"), .init("name"), .init("value", .right)])
    table.add("status", "", status)
    table.add("worst region's mean", "", worstMeanMinutes.map { String(format: "%.2f min", $0) } ?? "")
    for site in chosenSites { table.add("open", site, "") }
    if let reason { table.add("no plan", reasonCode ?? "", reason) }
    for neighbour in wouldChangeIf { table.rows.append(neighbour.cells) }
    for region in regions {
      table.add("mean journey", region.region, String(format: "%.2f min", region.meanMinutes))
    }
    return table
  }
}

/// The same question with one thing changed, and what that does to the answer.
struct VariantNeighbour: Encodable {
  let question: String
  let objective: Double?
  let change: Double?
  let sites: [String]
  let isProven: Bool
  /// Why there is no answer.
  let reason: String?

  var cells: [String] {
    let value = change.map { String(format: "%@%.3f", $0 > 0 ? "+" : "", $0) } ?? reason ?? "no answer"
    return [
      question, sites.joined(separator: " "), isProven || change == nil ? value : value + " (not proven)",
    ]
  }
}
