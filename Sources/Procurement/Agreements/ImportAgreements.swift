package import Inventory
package import Storage
package import Tabular

extension Agreement {
  package static let sheetColumns: [Sheet.Column] =
    [
      .init("reference", aliases: ["agreement", "accord"]), .init("title", aliases: ["objet", "titre"]),
      .init("starts_on", aliases: ["debut"]), .init("ends_on", aliases: ["fin"]),
      .init("payment_days", aliases: ["delai_paiement"]),
    ]
    + [
      "cpv", "currency", "buyer_name", "buyer_siret", "notified_on", "legal_basis", "revision_formula",
      "revision_fixed_permille",
      "revision_cap_permille", "nature", "technique", "execution", "procedure", "ccag", "price_basis",
      "price_form", "social", "environment", "grouping", "place_code", "place_type", "offers_received",
      "innovative", "advance", "advance_permille", "subcontracting", "origin_eu_permille",
      "origin_france_permille", "certainty",
    ].map { Sheet.Column($0, required: false) }

  /// Reads a table of agreements; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Terms] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Terms(row: &row) }
  }

  /// Stores agreements, new or changed, all or none, and logs each.
  package static func take(_ drafts: [Terms], by stamp: Stamp, in connection: any Connection) throws {
    for terms in drafts {
      try store(terms, in: connection)
      try Audit.record(
        "agreement.describe",
        subject: "agreement \(terms.reference)",
        after: terms,
        by: stamp,
        in: connection
      )
    }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }
}

extension Agreement.Terms {
  init?(row: inout SheetRow) {
    let reference = row.code("reference", of: Agreement.self)
    let title = row.nonEmpty("title")
    let starts = row.day("starts_on")
    let ends = row.day("ends_on")
    let cpv = row.optional("cpv", expected: "a CPV code of 8 digits") { isCPV($0) ? $0 : nil }
    let currency = row.optional("currency", expected: "a currency as three capital letters (ISO 4217)") {
      $0.utf8.count == 3 && $0.utf8.allSatisfy { (65...90).contains($0) } ? $0 : nil
    }
    let paymentDays = row.integer("payment_days", in: 0...365)
    let buyerSIRET = row.identifier("buyer_siret", scheme: .siret)
    let notifiedOn = row.optionalDay("notified_on")
    let revision = Agreement.Revision(row: &row)
    let publication = Publication(row: &row)
    if let starts, let ends, ends < starts { row.report("ends_on", expected: "a day not before \(starts)") }
    guard let reference, let title, let starts, let ends, let paymentDays else {
      return nil
    }
    self.init(
      reference: reference,
      title: title,
      cpv: cpv,
      starts: starts,
      ends: ends,
      currency: currency ?? "EUR",
      paymentDays: paymentDays,
      revision: revision,
      legalBasis: row.filled("legal_basis"),
      buyerName: row.filled("buyer_name"),
      buyerSIRET: buyerSIRET,
      notifiedOn: notifiedOn,
      publication: publication,
      certainty: row.filled("certainty")
    )
  }
}

extension Agreement.Revision {
  fileprivate init?(row: inout SheetRow) {
    let fixed = row.optionalInteger("revision_fixed_permille", in: 0...1000)
    let cap = row.optionalInteger("revision_cap_permille", in: 0...10_000)
    guard let formula = row.filled("revision_formula") else {
      if fixed != nil || cap != nil {
        row.report("revision_formula", expected: "the formula of the revision")
      }
      return nil
    }
    self.init(formula: formula, fixedPermille: fixed, capPermille: cap)
  }
}

extension Publication {
  init(row: inout SheetRow) {
    nature = row.optionalChoice("nature")
    technique = row.optionalChoice("technique")
    execution = row.optionalChoice("execution")
    procedure = row.optionalChoice("procedure")
    ccag = row.optionalChoice("ccag")
    priceForm = row.optionalChoice("price_basis")
    priceType = row.optionalChoice("price_form")
    social = row.optionalChoice("social")
    environment = row.optionalChoice("environment")
    grouping = row.optionalChoice("grouping")
    placeCode = row.filled("place_code")
    placeType = row.optionalChoice("place_type")
    offersReceived = row.optionalInteger("offers_received", in: 1...100_000)
    isInnovative = row.optionalFlag("innovative")
    hasAdvance = row.optionalFlag("advance")
    advancePermille = row.optionalInteger("advance_permille", in: 0...1000)
    hasSubcontracting = row.optionalFlag("subcontracting")
    originEUPermille = row.optionalInteger("origin_eu_permille", in: 0...1000)
    originFrancePermille = row.optionalInteger("origin_france_permille", in: 0...1000)
  }
}
