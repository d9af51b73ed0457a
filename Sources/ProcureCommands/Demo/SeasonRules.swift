import Inventory
import Procurement

/// How the network works in the replay. Everything here is a choice of the demonstration, stated where it is used.
enum SeasonRules {
  /// Use is the mean of the last four weekly reports.
  static func window(endingOn sunday: Day) -> UseWindow {
    UseWindow(endingOn: sunday, bucketDays: 7, buckets: 4)
  }

  /// Orders go out every second Monday; the slowest supplier takes three weeks; two weeks are kept in reserve. A centre
  /// that buys alone follows the same rule.
  static let reorder = ReorderRule(leadDays: 21, reviewDays: 14, safetyDays: 14)
  /// What pooling saves pays for two more weeks of reserve: together the centres still spend less.
  static let pooledReorder = ReorderRule(leadDays: 21, reviewDays: 14, safetyDays: 28)

  /// The last week by itself, to see a surge.
  static func lastWeek(endingOn sunday: Day) -> UseWindow {
    UseWindow(endingOn: sunday, bucketDays: 7, buckets: 1)
  }

  static func ordersGoOut(inWeek index: Int) -> Bool { index.isMultiple(of: 2) }

  /// A centre with less than ten days is helped up to two weeks; the donor keeps two weeks itself.
  static let helpedUnderDays: Int64 = 10
  static let helpedUpToDays: Int64 = 14
  static let donorKeepsDays: Int64 = 14

  /// By plans: transfers look to the next order, at what is foreseen in nine futures of ten, and leave a donor three days.
  static let plannedHorizonDays: Int64 = 14
  static let plannedKeepDays: Int64 = 3

  /// An order that was short this often is closed: what is missing is ordered anew.
  static let deliveriesBeforeClosing = 3

  /// Days of the first week's use with which a centre begins: 14, 35, 28 or 21, by its place in the list.
  static func openingDays(ofCentre index: Int) -> Int64 { 14 + 7 * Int64(index * 3 % 4) }

  /// One centre reports late in one week, and one corrects what it sent in another.
  static let late = (centre: "icans", week: 7)
  static let corrected = (centre: "bergonie", week: 11)
}
