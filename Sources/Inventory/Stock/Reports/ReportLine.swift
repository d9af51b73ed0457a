/// What a report says of one lot of one item. Whatever it does not say is nil, and stays unknown.
package struct ReportLine: Equatable, Sendable {
  /// Where it stands in the file, from 1.
  package var line: Int
  package var item: Item.ID
  package var sku: Item.SKU
  /// Empty for stock without a lot.
  package var lot: String
  package var expiry: Day?
  package var amounts: Amounts

  /// Base units; all but `adjusted` are not negative.
  package struct Amounts: Equatable, Sendable {
    /// What lay there at the end of the day.
    package var counted: Quantity?
    package var received: Quantity?
    package var used: Quantity?
    package var lost: Quantity?
    package var adjusted: Quantity?

    package init(
      counted: Quantity? = nil,
      received: Quantity? = nil,
      used: Quantity? = nil,
      lost: Quantity? = nil,
      adjusted: Quantity? = nil
    ) {
      self.counted = counted
      self.received = received
      self.used = used
      self.lost = lost
      self.adjusted = adjusted
    }

    /// The columns that hold an amount.
    enum Column: String, CaseIterable { case counted, received, used, lost, adjusted }

    subscript(column: Column) -> Quantity? {
      get {
        switch column {
        case .counted: counted
        case .received: received
        case .used: used
        case .lost: lost
        case .adjusted: adjusted
        }
      }
      set {
        switch column {
        case .counted: counted = newValue
        case .received: received = newValue
        case .used: used = newValue
        case .lost: lost = newValue
        case .adjusted: adjusted = newValue
        }
      }
    }

    var isEmpty: Bool { self == Amounts() }
  }

  package init(
    line: Int,
    item: Item.ID,
    sku: Item.SKU,
    lot: String = "",
    expiry: Day? = nil,
    amounts: Amounts
  ) {
    self.line = line
    self.item = item
    self.sku = sku
    self.lot = lot
    self.expiry = expiry
    self.amounts = amounts
  }
}
