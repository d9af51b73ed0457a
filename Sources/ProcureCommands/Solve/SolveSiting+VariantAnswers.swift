import Foundation
import Planning
import Tabular

/// Machines at each site, and who is served where.
struct CapacitatedAnswer: Encodable {
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
  let seconds: Double

  init(_ plan: CapacitatedPlan, _ input: SitingFiles.Input, seconds: Double) {
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
    self.seconds = seconds
  }

  var table: TextTable {
    var table = TextTable([.init("what"), .init("site"), .init("value", .right)])
    table.add("status", "", status)
    table.add("objective", "", objective.map { String(format: "%.3f", $0) } ?? "")
    table.add("proven bound", "", provenBound.map { String(format: "%.3f", $0) } ?? "")
    for site in sites { table.add("machines", site.destination, "\(site.machines)") }
    for service in served {
      table.add(service.origin, service.destination, String(format: "%.1f %%", 100 * service.part))
    }
    return table
  }
}

/// The sites for which the worst region's mean journey is shortest.
struct EquitableAnswer: Encodable {
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
  let seconds: Double

  init(_ plan: EquitablePlan, _ names: [String], _ input: SitingFiles.Input, seconds: Double) {
    let scale = Double(input.scale)
    status = plan.status.rawValue
    worstMeanMinutes = plan.worstMean.map { $0.approximate / scale }
    provenBound = plan.bound.map { min($0, plan.worstMean?.approximate ?? $0) / scale }
    gap = plan.gap
    chosenSites = plan.sites.map { input.destinations[$0] }
    regions = zip(names, plan.means).map { Region(region: $0, meanMinutes: $1.approximate / scale) }
    self.seconds = seconds
  }

  var table: TextTable {
    var table = TextTable([.init("what"), .init("name"), .init("value", .right)])
    table.add("status", "", status)
    table.add("worst region's mean", "", worstMeanMinutes.map { String(format: "%.2f min", $0) } ?? "")
    for site in chosenSites { table.add("open", site, "") }
    for region in regions {
      table.add("mean journey", region.region, String(format: "%.2f min", region.meanMinutes))
    }
    return table
  }
}
