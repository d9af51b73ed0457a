import Inventory
import Planning

/// What the whole panel of series taught, kept with the run so that every worker forecasts alike.
struct PlanPanel: Equatable, Sendable, Codable {
  var prior: PanelPrior
  /// For each category and centre: units used of all its items by week of the window, nil where nobody told, and how many
  /// items these are. An item that is new everywhere begins as their mean.
  var beside: [String: [String: Beside]]

  struct Beside: Equatable, Sendable, Codable {
    var items: Int64
    var weeks: [Int64?]
  }

  func beside(item: PlanItem, centre: Centre.Code, window: UseWindow) -> DemandSeries? {
    guard let found = beside[item.category]?[centre.rawValue], found.items > 0 else { return nil }
    return DemandSeries(
      key: "\(item.category)|\(centre)",
      category: item.category,
      bucket: .week,
      start: DemandReading.week(of: window.firstDay),
      observations: found.weeks.map { used in
        used.map { .reported(Rounding.halfUp.divide($0, by: found.items)) } ?? .missing
      }
    )
  }
}

/// Reads every series once and keeps what a run needs of all of them: memory grows with categories and centres, not with
/// series.
struct PanelReader {
  private var learner: PriorLearner
  private var beside: [String: [String: PlanPanel.Beside]] = [:]

  init(seed: UInt64) { learner = PriorLearner(seed: seed) }

  mutating func add(_ readings: [DemandReading], category: String) {
    for reading in readings {
      let series = reading.series(category: category)
      learner.add(series)
      guard series.observedPeriods >= BorrowedDemand.enough else { continue }
      let used = reading.buckets.map { $0.used?.units }
      let known = beside[category]?[reading.centre.rawValue]
      let weeks = known.map { zip($0.weeks, used).map(Self.sum) } ?? used
      beside[category, default: [:]][reading.centre.rawValue] = PlanPanel.Beside(
        items: (known?.items ?? 0) + 1,
        weeks: weeks
      )
    }
  }

  private static func sum(_ left: Int64?, _ right: Int64?) -> Int64? {
    left == nil && right == nil ? nil : (left ?? 0) + (right ?? 0)
  }

  func panel(leadWeeks: Int) async -> PlanPanel {
    PlanPanel(prior: await learner.learn(leadTime: leadWeeks), beside: beside)
  }
}
