import Inventory
import Planning
import Storage

/// The points of a backtest, place by place and week after week, with what each rule said and what came.
struct BacktestHistory {
  struct Week {
    let point: BacktestPoint
    let cover: Severity?
    let plan: Severity?
    /// Less than one test's worth is left; and whether that is new.
    let isOut: Bool
    var runsOut = false
    /// Nil where the history ends before the span does.
    var wouldRunOut: Bool?
    /// Of the lead times that the probability was stated of, the share that the stock would not have outlasted, in
    /// thousandths; nil where the history ends before that is known.
    var camePermille: Int64?
    /// What would have been stated had the use been known.
    var knowingPermille: Int64?
  }

  let series: [[Week]]
  let spanDays: Int64

  /// Both rules know what stands from the weeks before, as they do in use.
  init(_ points: [BacktestPoint], spanDays span: Int64, in connection: any Connection) throws {
    spanDays = span
    let policies = try PlanningPolicy.all(in: connection)
    let limits = try AlertPolicy.all(in: connection)
    let least = try Self.leastUseful(in: connection)
    let arrivals = try Arrival.all(in: connection)
    series = Dictionary(grouping: points, by: \.place).sorted { $0.key < $1.key }.map { place, points in
      var (cover, plan) = (StandingAlert(), StandingAlert())
      let weeks = points.sorted { $0.day < $1.day }.map { point in
        let (limit, policy) = (limits[point.criticality], policies[point.criticality])
        return Week(
          point: point,
          cover: cover.follow(on: point.day, quietDays: limit?.quietDays ?? 0) { standing in
            limit?.severity(of: point.byCover, standing: standing)
          },
          plan: plan.follow(on: point.day, quietDays: policy?.quietDays ?? 0) { standing in
            policy?.severity(of: point.byPlan, standing: standing)
          },
          isOut: point.onHand < least[place.item] ?? 1
        )
      }
      return Self.judged(weeks, arrivals: arrivals[place] ?? [], spanDays: span)
    }
  }

  /// Units below which an item makes no test; 1 where it is in no kit.
  private static func leastUseful(in connection: any Connection) throws -> [Item.SKU: Int64] {
    try Kit.all(in: connection).flatMap(\.components).reduce(into: [:]) { least, component in
      least[component.item] = max(least[component.item] ?? 1, component.stockNeeded(for: 1).units)
    }
  }

  private static func judged(_ weeks: [Week], arrivals: [Arrival], spanDays: Int64) -> [Week] {
    weeks.indices.map { index in
      var week = weeks[index]
      week.runsOut = week.isOut && index > 0 && !weeks[index - 1].isOut
      let later = weeks[(index + 1)...].prefix { $0.point.used != nil }
      let known = arrivals.filter { $0.ordered <= week.point.day && $0.came > week.point.day }
      week.wouldRunOut = outlasted(week.point, later, known, spanDays: spanDays).map { !$0 }
      let (served, isShort) = daysServed(week.point, later, known)
      if isShort || served >= week.point.longestSpan {
        week.camePermille =
          isShort ? Int64(week.point.leadTimes.permille(after: served, plus: week.point.reviewDays)) : 0
      }
      week.knowingPermille = week.point.permille(knowing: later.compactMap(\.point.used), futures: 41)
      return week
    }
  }

  /// Whether the stock would have lasted for the span, week after week; nil where the history ends before.
  private static func outlasted(
    _ point: BacktestPoint,
    _ later: ArraySlice<Week>,
    _ arrivals: [Arrival],
    spanDays: Int64
  ) -> Bool? {
    var left = point.onHand
    var last = point.day
    for week in later where week.point.day - point.day <= spanDays {
      let day = week.point.day
      left -= week.point.used ?? 0
      left += arrivals.reduce(0) { day - 7 < $1.came && $1.came <= day ? $0 + $1.units : $0 }
      if left < 0 { return false }
      last = day
    }
    return last - point.day == spanDays ? true : nil
  }

  /// The days that would have been served whole, each week's use spread over its days as the simulated futures spread it,
  /// and whether the day after them would not have been; otherwise the history ends there.
  private static func daysServed(
    _ point: BacktestPoint,
    _ later: ArraySlice<Week>,
    _ arrivals: [Arrival]
  ) -> (days: Int, isShort: Bool) {
    var left = point.onHand
    var served = 0
    for week in later {
      let used = week.point.used ?? 0
      for weekday in 0..<7 {
        let day = point.day + Int64(served + 1)
        left += arrivals.reduce(0) { $1.came == day ? $0 + $1.units : $0 }
        left -= Int64(DailyDemand.share(of: Int(used), on: weekday))
        if left < 0 { return (served, true) }
        served += 1
      }
    }
    return (served, false)
  }

  var stockOuts: Int64 { Int64(series.joined().count { $0.runsOut }) }
}

extension BacktestHistory {
  func score(
    _ name: String,
    from severity: Severity,
    _ said: KeyPath<Week, Severity?>
  ) -> Backtest.Score {
    func warns(_ week: Week) -> Bool {
      (week[keyPath: said] ?? .watch) >= severity && week[keyPath: said] != nil
    }
    let known = series.joined().filter { $0.wouldRunOut != nil }
    let warned = known.filter(warns)
    let right = warned.count { $0.wouldRunOut == true }
    let short = known.count { $0.wouldRunOut == true }
    var foreseen: [Int64] = []
    var episodes: Int64 = 0
    for weeks in series {
      var began: Day?
      for week in weeks {
        if week.runsOut, let began { foreseen.append(week.point.day - began) }
        if warns(week) {
          if began == nil { episodes += 1 }
          began = began ?? week.point.day
        } else {
          began = nil
        }
      }
    }
    return Backtest.Score(
      rule: name,
      severity: severity,
      warned: Int64(warned.count),
      right: Int64(right),
      precisionPermille: Self.permille(right, of: warned.count),
      recallPermille: Self.permille(right, of: short),
      foreseen: Int64(foreseen.count),
      warningDays: foreseen.isEmpty
        ? nil : Rounding.halfUp.divide(foreseen.reduce(0, +), by: Int64(foreseen.count)),
      episodes: episodes
    )
  }

  /// The stated probability, if ordered only at the next review, against how often it came true, tenth by tenth.
  var calibration: [Backtest.Bin] {
    let known = series.joined().compactMap { week -> (stated: Int64, knowing: Int64, came: Int64)? in
      guard let came = week.camePermille, let knowing = week.knowingPermille,
        let risk = week.point.byPlan.outlook?.risk
      else { return nil }
      return (risk.waitingPermille, knowing, came)
    }
    return Dictionary(grouping: known) { min(9, $0.stated / 100) }.sorted { $0.key < $1.key }.map {
      tenth,
      parts in
      Backtest.Bin(
        fromPermille: tenth * 100,
        points: Int64(parts.count),
        statedPermille: Rounding.halfUp.divide(parts.reduce(0) { $0 + $1.stated }, by: Int64(parts.count)),
        knowingPermille: Rounding.halfUp.divide(parts.reduce(0) { $0 + $1.knowing }, by: Int64(parts.count)),
        cameTruePermille: Rounding.halfUp.divide(parts.reduce(0) { $0 + $1.came }, by: Int64(parts.count))
      )
    }
  }

  /// Rounded half up; nil of nothing.
  private static func permille(_ part: Int, of whole: Int) -> Int64? {
    whole == 0 ? nil : Rounding.halfUp.divide(Int64(part) * 1000, by: Int64(whole))
  }
}

/// The alert of a place as it would stand.
private struct StandingAlert {
  private var severity: Severity?
  private var quietSince: Day?

  /// What the rule says of the day; nil where all is in order, also while an alert still stands.
  mutating func follow(on day: Day, quietDays: Int64, by judge: (Severity?) -> Severity?) -> Severity? {
    let found = judge(severity)
    if let found {
      (severity, quietSince) = (found, nil)
    } else if severity != nil {
      let since = quietSince ?? day
      (severity, quietSince) = day - since >= quietDays ? (nil, nil) : (.watch, since)
    }
    return found
  }
}

/// Something that came to a centre on an order.
private struct Arrival {
  let ordered: Day
  let came: Day
  let units: Int64

  static func all(in connection: any Connection) throws -> [BacktestPoint.Place: [Arrival]] {
    var arrivals: [BacktestPoint.Place: [Arrival]] = [:]
    try connection.forEach(
      """
      SELECT i.sku, c.code, o.ordered_on, t.received_on, r.accepted FROM receipt_line r
      JOIN receipt t ON t.id = r.receipt_id JOIN purchase_order o ON o.id = r.order_id
      JOIN order_line l ON l.order_id = r.order_id AND l.line = r.line JOIN item i ON i.id = l.item_id
      JOIN centre c ON c.id = r.centre_id WHERE r.accepted > 0 ORDER BY i.sku, c.code, t.received_on, r.entry
      """
    ) { row in
      let (sku, centre, ordered, came, units) = try row.decode(
        as: Item.SKU.self,
        Centre.Code.self,
        Day.self,
        Day.self,
        Int64.self
      )
      let place = BacktestPoint.Place(item: sku, centre: centre)
      arrivals[place, default: []].append(Arrival(ordered: ordered, came: came, units: units))
    }
    return arrivals
  }
}
