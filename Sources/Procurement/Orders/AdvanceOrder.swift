package import Inventory
package import Storage

extension PurchaseOrder {
  /// Approves an order: it draws on its lot's ceiling, between the agreement's two days, or is refused.
  package static func approve(_ number: Number, by stamp: Stamp, in connection: any Connection) throws {
    try advance(number, by: .approve, reaching: .approved, stamp: stamp, in: connection) { order in
      let account = try order.account(openOn: stamp.at.day, in: connection)
      order.header.drawn = Ceiling.Draw(value: order.header.total, quantity: order.header.units)
      try account.draw(order.header.drawn, for: "order \(number)", by: stamp, in: connection)
    }
  }

  /// Says that the order went to the supplier.
  package static func send(_ number: Number, by stamp: Stamp, in connection: any Connection) throws {
    try advance(number, by: .send, reaching: .sent, stamp: stamp, in: connection) { _ in }
  }

  /// Says that the supplier took the order, under its own number and for a day, where it gave them.
  package static func acknowledge(
    _ number: Number,
    supplierReference: String? = nil,
    expectedOn: Day? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try advance(number, by: .acknowledge, reaching: .acknowledged, stamp: stamp, in: connection) { order in
      order.header.supplierReference = supplierReference ?? order.header.supplierReference
      order.header.expectedOn = expectedOn ?? order.header.expectedOn
    }
  }

  /// Gives the order up before anything came in; what it held of the ceiling goes back.
  package static func cancel(
    _ number: Number,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard !reason.isEmpty else { throw OrderError.reasonMissing("cancel") }
    try advance(number, by: .cancel, reaching: .cancelled, stamp: stamp, in: connection) { order in
      order.header.reason = reason
      try order.account(in: connection).giveBack(
        order.header.drawn,
        for: "order \(number)",
        by: stamp,
        in: connection
      )
      order.header.drawn = .nothing
    }
  }

  /// Ends the order. One that is still short takes a reason, and what did not come goes back to the ceiling.
  package static func close(
    _ number: Number,
    reason: String? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try advance(number, by: .close, reaching: .closed, stamp: stamp, in: connection) { order in
      order.lines = try OrderLine.all(of: order.header.number, in: connection)
      guard !order.isComplete else { return }
      guard let reason, !reason.isEmpty else { throw OrderError.reasonMissing("close short") }
      let missing = order.missing
      try order.account(in: connection).giveBack(missing, for: "order \(number)", by: stamp, in: connection)
      order.header.reason = reason
      order.header.drawn = order.header.drawn - missing
    }
  }

  /// Takes a step and logs it. A step that was taken already is left as it is: sent twice it happens once.
  private static func advance(
    _ number: Number,
    by step: Step,
    reaching target: State,
    stamp: Stamp,
    in connection: any Connection,
    _ change: (inout PurchaseOrder) throws -> Void
  ) throws {
    let before = try header(number, in: connection)
    if before.state == target { return }
    var after = before
    after.state = try before.state.after(step, of: number)
    try change(&after)
    try after.storeState(in: connection)
    try Audit.record(
      "order.\(step.name)",
      subject: "order \(number)",
      before: OrderStanding(before),
      after: OrderStanding(after),
      by: stamp,
      in: connection
    )
  }
}

/// Where an order stands: what the log keeps of each step.
package struct OrderStanding: Equatable, Sendable, Codable {
  package var state: PurchaseOrder.State
  package var drawn: Ceiling.Draw
  package var expectedOn: Day?
  package var supplierReference: String?
  package var reason: String?

  init(_ order: PurchaseOrder) {
    state = order.state
    drawn = order.header.drawn
    expectedOn = order.header.expectedOn
    supplierReference = order.header.supplierReference
    reason = order.header.reason
  }
}

extension PurchaseOrder {
  /// The account of the ceiling that the order draws on.
  /// - Parameters:
  ///   - day: a day on which the agreement must be in force and the supplier active; nil where it does not matter.
  ///   - connection: the transaction.
  /// - Returns: the account of the order's lot.
  /// - Throws: `AgreementError.notInForce` and `SupplierError.inactive`, where a day is given.
  func account(openOn day: Day? = nil, in connection: any Connection) throws -> CeilingAccount {
    let rows = try connection.query(
      """
      SELECT o.lot_id, a.starts, a.ends, s.active FROM purchase_order o JOIN supplier s ON s.id = o.supplier_id
      JOIN agreement_lot l ON l.id = o.lot_id JOIN framework_agreement a ON a.id = l.agreement_id
      WHERE o.id = \(id)
      """
    )
    guard let row = rows.first else { throw OrderError.noSuchOrder(header.number.rawValue) }
    let (lot, starts, ends, active) = try row.decode(as: AgreementLot.ID.self, Day.self, Day.self, Int64.self)
    if let day {
      guard day >= starts, day <= ends else {
        throw AgreementError.notInForce(header.agreement, on: day, starts: starts, ends: ends)
      }
      guard active == 1 else { throw SupplierError.inactive(header.supplier) }
    }
    return CeilingAccount(lot: lot, agreement: header.agreement, number: header.lot)
  }

  /// What never came, in value and base units: each line's cost in proportion to its missing units, rounded down so that
  /// the ceiling is never given back more than was drawn.
  var missing: Ceiling.Draw {
    lines.reduce(.nothing) { sum, line in
      sum + line.draw(of: max(.zero, line.outstanding), rounding: .down)
    }
  }
}

extension OrderLine {
  /// What some units of the line weigh on a ceiling.
  func draw(of units: Quantity, rounding: Rounding) -> Ceiling.Draw {
    let exact = Int128(cost.cents) * Int128(units.units)
    let (whole, rest) = exact.quotientAndRemainder(dividingBy: Int128(self.units.units))
    let cents =
      switch rounding {
      case .down: whole
      case .up: rest > 0 ? whole + 1 : whole
      case .halfUp: rest * 2 >= Int128(self.units.units) ? whole + 1 : whole
      }
    return Ceiling.Draw(value: Money(cents: Int64(clamping: cents)), quantity: units)
  }
}
