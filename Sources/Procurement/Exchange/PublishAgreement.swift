import Foundation
package import Inventory
package import Storage

extension Agreement {
  /// The agreement's open-data file, a contract for each lot.
  /// - Parameters:
  ///   - reference: the agreement's.
  ///   - day: the day of the publication.
  ///   - connection: a snapshot.
  /// - Returns: the file as it is published.
  /// - Throws: `AgreementError.notPublishable` with every field that is missing or out of bounds, in all lots.
  package static func published(
    _ reference: Reference,
    on day: Day,
    in connection: any Connection
  ) throws -> PublishedContract.File {
    let agreement = try find(reference, in: connection)
    let suppliers = try Supplier.all(in: connection)
    let drafts = agreement.lots.map { ContractDraft(agreement.terms, $0, suppliers, on: day) }
    let findings = drafts.flatMap(\.findings)
    guard findings.isEmpty else { throw AgreementError.notPublishable(reference, findings) }
    return PublishedContract.File(drafts.compactMap(\.contract))
  }
}

/// A contract being drawn up: what is missing is collected, not guessed.
struct ContractDraft {
  private(set) var findings: [Finding] = []
  private(set) var contract: PublishedContract?
  private let lot: Int64

  init(_ terms: Agreement.Terms, _ lot: AgreementLot, _ suppliers: [Supplier], on day: Day) {
    self.lot = lot.terms.number
    let fields = terms.publication
    let identity = identity(terms, lot.terms)
    let words = words(fields)
    let facts = facts(terms, lot.ceiling)
    let place = place(fields)
    let holders = holders(lot, suppliers)
    checkOrigins(fields)
    guard findings.isEmpty, let identity, let words, let facts, let place else { return }
    contract = PublishedContract(
      id: identity.id,
      acheteur: .init(id: identity.buyer),
      nature: words.nature,
      objet: identity.subject,
      codeCPV: identity.cpv,
      techniques: .init(technique: [words.technique]),
      modalitesExecution: .init(modaliteExecution: [words.execution]),
      marcheInnovant: facts.isInnovative,
      ccag: words.ccag,
      offresRecues: facts.offers,
      attributionAvance: facts.hasAdvance,
      tauxAvance: facts.hasAdvance ? fields.advancePermille.map(Self.fraction) : nil,
      typeGroupementOperateurs: words.grouping,
      sousTraitanceDeclaree: facts.hasSubcontracting,
      procedure: words.procedure,
      lieuExecution: place,
      dureeMois: terms.months,
      dateNotification: "\(facts.notified)",
      datePublicationDonnees: "\(day)",
      montant: Decimal(facts.amount.cents) / 100,
      typesPrix: .init(typePrix: [words.priceType]),
      formePrix: words.priceForm,
      origineUE: fields.originEUPermille.map(Self.fraction),
      origineFrance: fields.originFrancePermille.map(Self.fraction),
      titulaires: holders,
      considerationsSociales: .init(considerationSociale: [words.social]),
      considerationsEnvironnementales: .init(considerationEnvironnementale: [words.environment])
    )
  }

  private mutating func identity(
    _ terms: Agreement.Terms,
    _ lot: AgreementLot.Terms
  ) -> (id: String, subject: String, buyer: String, cpv: String)? {
    let id = checked("id", "\(terms.reference)-\(lot.number)", "1 to 16 characters") {
      (1...16).contains($0.count)
    }
    let title = "\(terms.title) – lot \(lot.number) : \(lot.title)"
    let subject = checked("objet", title, "at most 1000 characters") { $0.count <= 1000 }
    let buyer = checked("acheteur.id", terms.buyerSIRET, IdentifierScheme.siret.expectation) {
      IdentifierScheme.siret.accepts($0)
    }
    let cpv = checked("codeCPV", lot.cpv ?? terms.cpv, "a CPV code of 8 digits", isCPV)
    guard let id, let subject, let buyer, let cpv else { return nil }
    return (id, subject, buyer, cpv)
  }

  /// The fields that the schema enumerates.
  private struct Words {
    var nature: String
    var technique: String
    var execution: String
    var procedure: String
    var ccag: String
    var priceForm: String
    var priceType: String
    var social: String
    var environment: String
    var grouping: String
  }

  private mutating func words(_ fields: Publication) -> Words? {
    let nature = word("nature", fields.nature)
    let technique = word("technique", fields.technique)
    let execution = word("modaliteExecution", fields.execution)
    let procedure = word("procedure", fields.procedure)
    let ccag = word("ccag", fields.ccag)
    let priceForm = word("formePrix", fields.priceForm)
    let priceType = word("typePrix", fields.priceType)
    let social = word("considerationSociale", fields.social)
    let environment = word("considerationEnvironnementale", fields.environment)
    let grouping = word("typeGroupementOperateurs", fields.grouping)
    guard let nature, let technique, let execution, let procedure, let ccag, let priceForm, let priceType,
      let social, let environment, let grouping
    else { return nil }
    return Words(
      nature: nature,
      technique: technique,
      execution: execution,
      procedure: procedure,
      ccag: ccag,
      priceForm: priceForm,
      priceType: priceType,
      social: social,
      environment: environment,
      grouping: grouping
    )
  }

  /// The fields that are plain facts.
  private struct Facts {
    var offers: Int64
    var isInnovative: Bool
    var hasAdvance: Bool
    var hasSubcontracting: Bool
    var notified: Day
    var amount: Money
  }

  private mutating func facts(_ terms: Agreement.Terms, _ ceiling: Ceiling) -> Facts? {
    let fields = terms.publication
    let offers = known("offresRecues", fields.offersReceived, "the number of offers received")
    let innovative = known("marcheInnovant", fields.isInnovative, "yes or no")
    let advance = known("attributionAvance", fields.hasAdvance, "yes or no")
    let subcontracting = known("sousTraitanceDeclaree", fields.hasSubcontracting, "yes or no")
    let notified = known("dateNotification", terms.notifiedOn, "the day of the notification")
    // The schema takes amounts from one euro.
    let maximum = ceiling.maximumValue.flatMap { $0.cents >= 100 ? $0 : nil }
    let amount = known("montant", maximum, "a maximum in value, without VAT, of at least 1.00")
    guard let offers, let innovative, let advance, let subcontracting, let notified, let amount else {
      return nil
    }
    return Facts(
      offers: offers,
      isInnovative: innovative,
      hasAdvance: advance,
      hasSubcontracting: subcontracting,
      notified: notified,
      amount: amount
    )
  }

  private static func fraction(_ permille: Int64) -> Decimal { Decimal(permille) / 1000 }

  private mutating func report(_ field: String, _ found: String, _ expected: String) {
    findings.append(Finding(field: "lot \(lot): \(field)", found: found, expected: expected))
  }

  private mutating func known<Value>(_ field: String, _ value: Value?, _ expected: String) -> Value? {
    if value == nil { report(field, "", expected) }
    return value
  }

  private mutating func checked(
    _ field: String,
    _ text: String?,
    _ expected: String,
    _ accepts: (String) -> Bool
  ) -> String? {
    if let text, accepts(text) { return text }
    report(field, text ?? "", expected)
    return nil
  }

  private mutating func word<Word>(_ field: String, _ word: Word?) -> String?
  where Word: CaseIterable & RawRepresentable<String> {
    known(field, word?.rawValue, "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
  }

  private mutating func place(_ fields: Publication) -> PublishedContract.Place? {
    let code = known("lieuExecution.code", fields.placeCode, "a postcode or an INSEE code")
    let type = word("lieuExecution.typeCode", fields.placeType)
    guard let code, let type else { return nil }
    return PublishedContract.Place(code: code, typeCode: type)
  }

  private mutating func holders(_ lot: AgreementLot, _ suppliers: [Supplier]) -> [PublishedContract.Holder] {
    lot.holders.compactMap { holder in
      let supplier = suppliers.first { $0.code == holder.supplier }
      let identity = supplier?.siret.map { ("SIRET", $0) } ?? supplier?.vat.map { ("TVA", $0) }
      guard let (scheme, number) = identity else {
        report("titulaires", holder.supplier.rawValue, "a supplier with a SIRET or a VAT number")
        return nil
      }
      return PublishedContract.Holder(titulaire: .init(typeIdentifiant: scheme, id: number))
    }
  }

  /// What comes from France comes from the Union.
  private mutating func checkOrigins(_ fields: Publication) {
    guard let france = fields.originFrancePermille else { return }
    if let union = fields.originEUPermille, union >= france { return }
    report(
      "origineUE",
      fields.originEUPermille.map { "\($0) ‰" } ?? "",
      "at least origineFrance, \(france) ‰"
    )
  }
}
