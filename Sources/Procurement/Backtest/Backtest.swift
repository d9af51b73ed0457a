package import Inventory
import Planning
package import Storage

/// How two rules would have warned of a history's shortages: the days of cover, and the probability of running out.
///
/// Two truths are told apart. A *stock-out that the history shows* is a centre and item with less than one test's worth on
/// hand at the end of a week, and more the week before. But a warning that was acted on shows no stock-out; so each point is
/// also judged by what *would have come*: from what was there, what had been ordered by then and did arrive, and what was in
/// fact used, did the stock last for `spanDays` without a new order or transfer? The real use may itself have been cut short
/// by a lack, so that the second truth errs towards fewer shortages.
package struct Backtest: Equatable, Sendable, Codable {
  package var from: Day
  package var to: Day
  package var spanDays: Int64
  package var points: Int64
  /// Points that would have run out, of those whose span is known.
  package var shortages: Int64
  package var known: Int64
  package var stockOuts: Int64
  package var scores: [Score]
  package var calibration: [Bin]

  /// How one rule fared from one severity on.
  package struct Score: Equatable, Sendable, Codable {
    package var rule: String
    package var severity: Severity
    /// Points warned of, and those of them that would have run out.
    package var warned: Int64
    package var right: Int64
    package var precisionPermille: Int64?
    package var recallPermille: Int64?
    /// Of the stock-outs that the history shows: warned of the week before, and for how many days on average.
    package var foreseen: Int64
    package var warningDays: Int64?
    /// Warnings that began, a week after a week without one.
    package var episodes: Int64
  }

  /// Points whose stated probability lies in a tenth, and how many of them would have run out.
  package struct Bin: Equatable, Sendable, Codable {
    package var fromPermille: Int64
    package var points: Int64
    package var statedPermille: Int64
    /// What would have been stated had the use that came been known: where it meets what came true, stocks and deliveries
    /// were judged rightly, and the rest is the forecast's.
    package var knowingPermille: Int64
    package var cameTruePermille: Int64
  }

  /// Looks at every seventh day from one day to another, each as it was known then.
  package static func run(
    from: Day,
    to: Day,
    parameters: PlanParameters,
    rule: ReorderRule,
    spanDays: Int64,
    in database: any Database,
    report: @Sendable (Day) -> Void = { _ in }
  ) async throws -> Backtest {
    var points: [BacktestPoint] = []
    for day in stride(from: from, through: to, by: 7) {
      var parameters = parameters
      parameters.asOf = day
      points += try await BacktestReader(parameters: parameters, rule: rule).points(in: database)
      report(day)
    }
    let read = points
    return try await database.read { connection in
      let history = try BacktestHistory(read, spanDays: spanDays, in: connection)
      return Backtest(from: from, to: to, history: history)
    }
  }

  private init(from: Day, to: Day, history: BacktestHistory) {
    let known = history.series.joined().filter { $0.wouldRunOut != nil }
    let severities: [Severity] = [.watch, .alert, .critical]
    self.init(
      from: from,
      to: to,
      spanDays: history.spanDays,
      points: Int64(history.series.reduce(0) { $0 + $1.count }),
      shortages: Int64(known.count { $0.wouldRunOut == true }),
      known: Int64(known.count),
      stockOuts: history.stockOuts,
      scores: severities.map { history.score("days of cover", from: $0, \.cover) }
        + severities.map { history.score("probability", from: $0, \.plan) },
      calibration: history.calibration
    )
  }

  private init(
    from: Day,
    to: Day,
    spanDays: Int64,
    points: Int64,
    shortages: Int64,
    known: Int64,
    stockOuts: Int64,
    scores: [Score],
    calibration: [Bin]
  ) {
    (self.from, self.to, self.spanDays, self.points) = (from, to, spanDays, points)
    (self.shortages, self.known, self.stockOuts) = (shortages, known, stockOuts)
    (self.scores, self.calibration) = (scores, calibration)
  }
}
