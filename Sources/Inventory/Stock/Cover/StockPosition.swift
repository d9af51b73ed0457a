package import Tabular

/// Where a centre stands with an item: what it has, what of that it can use, for how long, and how old the figures are.
package struct StockPosition: Equatable, Sendable {
  package var centre: Centre.Code
  package var item: Item.SKU
  package var stock: UsableStock
  package var use: DailyUse
  package var cover: Cover
  /// The latest day for which the centre reported the item; nil where it never did.
  package var reported: Day?
  /// The day to which the figures refer.
  package var today: Day

  /// What will expire before its turn to be used comes; nil where the use is unknown, and so is this.
  package var unusedAtExpiry: Int64? {
    if case .known = use { stock.unusedAtExpiry } else { nil }
  }

  /// Days since the centre last reported the item; nil where it never did.
  package var age: Int64? { reported.map { today.rawValue - $0.rawValue } }
}

extension StockPosition: Encodable {
  private enum Key: String, CodingKey {
    case centre, item, onHand, usable, held, expired, unusedAtExpiry, usedUnits, usedDays, coverDays, cover
    case reported, ageDays
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(centre, forKey: .centre)
    try container.encode(item, forKey: .item)
    try container.encode(stock.onHand, forKey: .onHand)
    try container.encode(stock.usable, forKey: .usable)
    try container.encode(stock.held, forKey: .held)
    try container.encode(stock.expired, forKey: .expired)
    try container.encodeIfPresent(unusedAtExpiry, forKey: .unusedAtExpiry)
    if case .known(let units, let days) = use {
      try container.encode(units, forKey: .usedUnits)
      try container.encode(days, forKey: .usedDays)
    }
    try container.encodeIfPresent(cover.days, forKey: .coverDays)
    try container.encode(cover.days == nil ? cover.description : "known", forKey: .cover)
    try container.encodeIfPresent(reported, forKey: .reported)
    try container.encodeIfPresent(age, forKey: .ageDays)
  }
}

extension StockPosition: JSONRow {
  /// The members of `encode(to:)`, in the order of their names.
  package func write(to members: inout JSONMembers) {
    members.write("ageDays", age)
    members.write("centre", centre.rawValue)
    members.write("cover", cover.days == nil ? cover.description : "known")
    members.write("coverDays", cover.days)
    members.write("expired", stock.expired)
    members.write("held", stock.held)
    members.write("item", item.rawValue)
    members.write("onHand", stock.onHand)
    members.write("reported", reported?.description)
    members.write("unusedAtExpiry", unusedAtExpiry)
    members.write("usable", stock.usable)
    if case .known(let units, let days) = use {
      members.write("usedDays", days)
      members.write("usedUnits", units)
    }
  }
}
