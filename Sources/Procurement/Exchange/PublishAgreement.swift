import Foundation
package import Inventory
package import Storage

extension Agreement {
  /// The agreement's open-data file, a contract for each lot.
  /// - Parameters:
  ///   - reference: the agreement's.
  ///   - day: the day of the publication.
  ///   - connection: a snapshot.
  /// - Returns: the file, its contracts in the order of the lots.
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
    let id = checked("id", "\(terms.reference)-\(lot.terms.number)", "1 to 16 characters") {
      (1...16).contains($0.count)
    }
    let title = "\(terms.title) – lot \(lot.terms.number) : \(lot.terms.title)"
    let objet = checked("objet", title, "at most 1000 characters") { $0.count <= 1000 }
    let buyer = checked("acheteur.id", terms.buyerSIRET, IdentifierScheme.siret.expectation) {
      IdentifierScheme.siret.accepts($0)
    }
    let cpv = checked("codeCPV", lot.terms.cpv ?? terms.cpv, "a CPV code of 8 digits", isCPV)
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
    let place = place(fields)
    let offers = known("offresRecues", fields.offersReceived, "the number of offers received")
    let innovative = known("marcheInnovant", fields.isInnovative, "yes or no")
    let advance = known("attributionAvance", fields.hasAdvance, "yes or no")
    let subcontracting = known("sousTraitanceDeclaree", fields.hasSubcontracting, "yes or no")
    let notified = known("dateNotification", terms.notifiedOn, "the day of the notification")
    let amount = known(
      "montant",
      lot.ceiling.maximumValue,
      "a maximum in value, without VAT, of at least 1.00"
    )
    let holders = holders(lot, suppliers)
    checkOrigins(fields)
    guard let id, let objet, let buyer, let cpv, let nature, let technique, let execution, let procedure,
      let ccag, let priceForm, let priceType, let social, let environment, let grouping, let place,
      let offers, let innovative, let advance, let subcontracting, let notified, let amount
    else { return }
    contract = PublishedContract(
      id: id,
      acheteur: .init(id: buyer),
      nature: nature,
      objet: objet,
      codeCPV: cpv,
      techniques: .init(technique: [technique]),
      modalitesExecution: .init(modaliteExecution: [execution]),
      marcheInnovant: innovative,
      ccag: ccag,
      offresRecues: offers,
      attributionAvance: advance,
      tauxAvance: advance ? fields.advancePermille.map(Self.fraction) : nil,
      typeGroupementOperateurs: grouping,
      sousTraitanceDeclaree: subcontracting,
      procedure: procedure,
      lieuExecution: place,
      dureeMois: terms.months,
      dateNotification: "\(notified)",
      datePublicationDonnees: "\(day)",
      montant: Decimal(amount.cents) / 100,
      typesPrix: .init(typePrix: [priceType]),
      formePrix: priceForm,
      origineUE: fields.originEUPermille.map(Self.fraction),
      origineFrance: fields.originFrancePermille.map(Self.fraction),
      titulaires: holders,
      considerationsSociales: .init(considerationSociale: [social]),
      considerationsEnvironnementales: .init(considerationEnvironnementale: [environment])
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
