package import Inventory
package import Storage

extension AgreementLot {
  /// Stores lots with their holders, new or changed, all or none, and logs each lot.
  ///
  /// Every lot that the tables touch must end with holders that suit its rule.
  package static func take(
    _ drafts: [Draft],
    holders: [HolderDraft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let agreements = try agreementsByReference(in: connection)
    try refuse(unknownAgreements(drafts, holders, agreements) + unknownSuppliers(holders, in: connection))
    var findings: [Finding] = []
    for draft in drafts {
      guard let agreement = agreements[draft.agreement] else { continue }
      if let finding = try belowCommitted(draft, of: agreement, in: connection) {
        findings.append(finding)
      } else {
        try describe(draft, of: agreement, by: stamp, in: connection)
      }
    }
    findings += try storeHolders(holders, agreements, in: connection)
    try refuse(findings)
    try refuse(faults(drafts, holders, agreements, in: connection))
    try CatalogueMark.move(at: stamp.at, in: connection)
  }

  private static func refuse(_ findings: [Finding]) throws {
    if !findings.isEmpty { throw SheetError(findings: findings) }
  }

  private typealias Agreements = [Agreement.Reference: Agreement.ID]

  private static func agreementsByReference(in connection: any Connection) throws -> Agreements {
    try connection.query("SELECT reference, id FROM framework_agreement").reduce(into: [:]) { known, row in
      let (reference, id) = try row.decode(as: Agreement.Reference.self, Agreement.ID.self)
      known[reference] = id
    }
  }

  private static func missing(_ field: String, _ found: String, line: Int) -> Finding {
    Finding(line: line, field: field, found: found, expected: "a known \(field)")
  }

  private static func unknownAgreements(
    _ drafts: [Draft],
    _ holders: [HolderDraft],
    _ known: Agreements
  ) -> [Finding] {
    let named = drafts.map { ($0.line, $0.agreement) } + holders.map { ($0.line, $0.agreement) }
    return named.compactMap { line, reference in
      known[reference] == nil ? missing("agreement", reference.rawValue, line: line) : nil
    }
  }

  private static func unknownSuppliers(
    _ holders: [HolderDraft],
    in connection: any Connection
  ) throws -> [Finding] {
    let known = Set(try Supplier.all(in: connection).map(\.code))
    return holders.compactMap { draft in
      known.contains(draft.holder.supplier)
        ? nil : missing("supplier", draft.holder.supplier.rawValue, line: draft.line)
    }
  }

  private static func describe(
    _ draft: Draft,
    of agreement: Agreement.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try store(draft, of: agreement, in: connection)
    try Audit.record(
      "agreement.describe-lot",
      subject: "agreement \(draft.agreement)",
      after: draft,
      by: stamp,
      in: connection
    )
  }

  /// A new maximum that orders have already passed; nil where it holds.
  private static func belowCommitted(
    _ draft: Draft,
    of agreement: Agreement.ID,
    in connection: any Connection
  ) throws -> Finding? {
    let lots = try all(of: agreement, in: connection)[agreement] ?? []
    guard var ceiling = lots.first(where: { $0.terms.number == draft.terms.number })?.ceiling else {
      return nil
    }
    ceiling.maximumValue = draft.maximumValue
    ceiling.maximumQuantity = draft.maximumQuantity
    if ceiling.allows(.nothing) { return nil }
    let maximum = draft.maximumValue.map { "\($0)" } ?? draft.maximumQuantity.map { "\($0)" }
    return Finding(
      line: draft.line,
      field: draft.maximumValue == nil ? "maximum_quantity" : "maximum_value",
      found: maximum ?? "",
      expected: "at least what orders hold: \(ceiling.committedValue), \(ceiling.committedQuantity) units"
    )
  }

  private static func storeHolders(
    _ holders: [HolderDraft],
    _ agreements: Agreements,
    in connection: any Connection
  ) throws -> [Finding] {
    try holders.compactMap { draft in
      guard let agreement = agreements[draft.agreement] else { return nil }
      let stored = try store(draft.holder, of: draft.lot, agreement: agreement, in: connection)
      return stored ? nil : missing("lot", "\(draft.lot)", line: draft.line)
    }
  }

  /// The lots that the tables touch and whose holders do not suit their rule.
  private static func faults(
    _ drafts: [Draft],
    _ holders: [HolderDraft],
    _ agreements: Agreements,
    in connection: any Connection
  ) throws -> [Finding] {
    let places =
      drafts.map { ($0.agreement, $0.terms.number, $0.line) }
      + holders.map { ($0.agreement, $0.lot, $0.line) }
    let lines = Dictionary(places.map { ("\($0.0) \($0.1)", $0.2) }, uniquingKeysWith: { first, _ in first })
    let lots = try all(in: connection)
    return agreements.sorted { $0.key < $1.key }.flatMap { reference, id in
      (lots[id] ?? []).compactMap { lot in
        guard let line = lines["\(reference) \(lot.terms.number)"],
          let fault = fault(of: lot.terms.rule, with: lot.holders)
        else { return nil }
        let found = lot.holders.map(\.supplier.rawValue).joined(separator: ", ")
        return Finding(
          line: line,
          field: "rule",
          found: "\(lot.terms.rule.rawValue): \(found)",
          expected: fault
        )
      }
    }
  }
}
