import Inventory
import Procurement

/// What a season came to, whichever way it was lived.
struct SeasonOutcome: Equatable, Sendable {
  /// The centres that could not do what they were asked for lack of a component, week by week.
  let short: [[Centre.Code]]
  /// Tests that were asked for and not done, for want of a component or of a machine.
  let missed: Int64
  /// Freight included, without VAT.
  let spent: Money

  init(_ season: Season) {
    short = season.weeks.map(\.short)
    missed = season.missed
    spent = season.spent
  }

  init(_ season: AloneSeason) {
    short = season.short
    missed = season.missed
    spent = season.spent
  }

  var centreWeeks: Int { short.reduce(0) { $0 + $1.count } }
  /// Those that ran out at all.
  var centres: [Centre.Code] { Set(short.joined()).sorted() }
}
