import Foundation
import Inventory
package import Storage

extension Agreement {
  static let columns: SQL = """
    id, reference, title, cpv, starts, ends, currency, payment_days, revision_formula, revision_fixed_permille,
    revision_cap_permille, legal_basis, buyer_name, buyer_siret, notified_on, publication, certainty
    """

  private init(row: Row, lots: [ID: [AgreementLot]]) throws {
    let (
      id, reference, title, cpv, starts, ends, currency, paymentDays, formula, fixed, cap, basis, buyer,
      siret,
      notified, publication, certainty
    ) = try row.decode(
      as: ID.self,
      Reference.self,
      String.self,
      String?.self,
      Day.self,
      Day.self,
      String.self,
      Int64.self,
      String?.self,
      Int64?.self,
      Int64?.self,
      String?.self,
      String?.self,
      String?.self,
      Day?.self,
      String.self,
      String?.self
    )
    self.id = id
    terms = Terms(
      reference: reference,
      title: title,
      cpv: cpv,
      starts: starts,
      ends: ends,
      currency: currency,
      paymentDays: paymentDays,
      revision: formula.map { Revision(formula: $0, fixedPermille: fixed, capPermille: cap) },
      legalBasis: basis,
      buyerName: buyer,
      buyerSIRET: siret,
      notifiedOn: notified,
      publication: try JSONDecoder().decode(Publication.self, from: Data(publication.utf8)),
      certainty: certainty
    )
    self.lots = lots[id] ?? []
  }

  /// The agreement with its lots and their holders.
  package static func find(_ reference: Reference, in connection: any Connection) throws -> Agreement {
    let rows = try connection.query(
      "SELECT \(columns) FROM framework_agreement WHERE reference = \(reference)"
    )
    guard let row = rows.first else { throw AgreementError.noSuchAgreement(reference.rawValue) }
    let id = try row.decode(as: ID.self)
    return try Agreement(row: row, lots: try AgreementLot.all(of: id, in: connection))
  }

  /// All agreements with their lots, by reference.
  package static func all(in connection: any Connection) throws -> [Agreement] {
    let lots = try AgreementLot.all(in: connection)
    return try connection.query("SELECT \(columns) FROM framework_agreement ORDER BY reference")
      .map { try Agreement(row: $0, lots: lots) }
  }

  /// Stores a new agreement, or what changed of a known one.
  static func store(_ terms: Terms, in connection: any Connection) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let publication = String(decoding: try encoder.encode(terms.publication), as: UTF8.self)
    try connection.execute(
      """
      INSERT INTO framework_agreement (reference, title, cpv, starts, ends, currency, payment_days,
        revision_formula, revision_fixed_permille, revision_cap_permille, legal_basis, buyer_name,
        buyer_siret, notified_on, publication, certainty)
      VALUES (\(terms.reference), \(terms.title), \(terms.cpv), \(terms.starts), \(terms.ends), \(terms.currency),
        \(terms.paymentDays), \(terms.revision?.formula), \(terms.revision?.fixedPermille),
        \(terms.revision?.capPermille), \(terms.legalBasis), \(terms.buyerName), \(terms.buyerSIRET),
        \(terms.notifiedOn), \(publication), \(terms.certainty))
      ON CONFLICT (reference) DO UPDATE SET title = excluded.title, cpv = excluded.cpv, starts = excluded.starts,
        ends = excluded.ends, currency = excluded.currency, payment_days = excluded.payment_days,
        revision_formula = excluded.revision_formula,
        revision_fixed_permille = excluded.revision_fixed_permille,
        revision_cap_permille = excluded.revision_cap_permille, legal_basis = excluded.legal_basis,
        buyer_name = excluded.buyer_name, buyer_siret = excluded.buyer_siret,
        notified_on = excluded.notified_on, publication = excluded.publication, certainty = excluded.certainty
      """
    )
  }
}
