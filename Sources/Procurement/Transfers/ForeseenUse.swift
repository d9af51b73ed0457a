import Inventory
import Storage

/// What a plan run says of a centre that may give or take.
struct ForeseenUse {
  /// Weeks of the forecast that are looked at.
  static let weeks = 4

  /// What those weeks stay at or below in nine futures of ten, summed week by week: cautious, since not every week is high.
  let use: DailyUse

  /// By centre; a centre that the run does not forecast is missing.
  /// - Throws: `PlanError.noSuchRun`, and `notFinished` for a run that is not.
  static func all(
    of item: Item.SKU,
    by plan: PlanRun.ID,
    in connection: any Connection
  ) throws -> [Centre.Code: ForeseenUse] {
    let run = try PlanRun.find(plan, in: connection)
    guard run.state == .finished else {
      throw PlanError.notFinished(plan.rawValue, state: run.state.rawValue)
    }
    let lines = try PlanLine.list(of: plan, .init(item: item), in: connection)
    return lines.reduce(into: [:]) { foreseen, line in
      guard let centre = line.centre, let weeks = line.forecast?.weeks.prefix(Self.weeks), !weeks.isEmpty
      else {
        return
      }
      let units = weeks.reduce(0) { $0 + $1.high }
      foreseen[centre] = ForeseenUse(use: .known(units: units, days: 7 * Int64(weeks.count)))
    }
  }
}

extension PlanLine.Week {
  /// Units that the week stays at or below with probability 0.9.
  fileprivate var high: Int64 { quantiles[2] }
}
