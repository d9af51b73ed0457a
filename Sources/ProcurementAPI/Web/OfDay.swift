import Inventory
import Procurement
import Storage

/// Alerts, orders and ceilings as they stood at the end of the day that the visitor looks at.
extension Visit {
  func alerts(resolvedToo: Bool = false, item: Item.SKU? = nil, in connection: any Connection) throws
    -> AlertsOfDay
  {
    guard isLookingBack else {
      return AlertsOfDay(
        alerts: try ShortageAlert.list(resolvedToo: resolvedToo, item: item, in: connection)
      )
    }
    return try AlertsOfDay.read(day, resolvedToo: resolvedToo, item: item, in: connection)
  }

  func orders(in connection: any Connection) throws -> [PurchaseOrder] {
    isLookingBack
      ? try PurchaseOrder.all(asOf: day, in: connection) : try PurchaseOrder.all(in: connection)
  }

  func campaigns(in connection: any Connection) throws -> [Campaign] {
    isLookingBack ? try Campaign.all(asOf: day, in: connection) : try Campaign.all(in: connection)
  }

  func campaign(_ code: Campaign.Code, in connection: any Connection) throws -> Campaign {
    isLookingBack
      ? try Campaign.find(code, asOf: day, in: connection) : try Campaign.find(code, in: connection)
  }

  /// An order and its receipts.
  func order(_ number: PurchaseOrder.Number, in connection: any Connection) throws -> (
    PurchaseOrder, [Receipt]
  ) {
    let receipts = try Receipt.all(of: number, in: connection)
    guard isLookingBack else { return (try PurchaseOrder.find(number, in: connection), receipts) }
    let order = try PurchaseOrder.find(number, asOf: day, given: receipts, in: connection)
    return (order, receipts.filter { $0.recordedAt < Instant(day + 1) })
  }

  /// Whether the visitor may do something now: not while looking at a day that is over.
  func mayNow(_ roles: Role...) -> Bool { !isLookingBack && !principal.roles.isDisjoint(with: roles) }

  func agreements(in connection: any Connection) throws -> [Agreement] {
    isLookingBack ? try Agreement.all(asOf: day, in: connection) : try Agreement.all(in: connection)
  }

  /// What a page says beside figures that are kept of now alone; nothing where the visitor looks at today.
  func ofNow(_ english: String, _ french: String) -> HTML {
    guard isLookingBack else { return .nothing }
    return "<p class=\"notice warn\">\(language(english, french))</p>"
  }
}

extension Transfer {
  /// How it stood at the end of a day; nil where it had not been proposed. When both agreed, and when it was cancelled,
  /// is not kept with it: until it left it was proposed.
  func state(asOf day: Day) -> State? {
    guard proposedOn <= day else { return nil }
    if let receivedOn, receivedOn <= day { return .received }
    if let sentOn, sentOn <= day { return .sent }
    return state == .cancelled ? .cancelled : .proposed
  }
}

extension Visit {
  func state(of transfer: Transfer) -> Transfer.State? {
    isLookingBack ? transfer.state(asOf: day) : transfer.state
  }
}
