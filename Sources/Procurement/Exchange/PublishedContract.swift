package import Foundation

/// A lot of an agreement as the French open-data record of a public contract (DECP).
///
/// The names and the nesting are those of the JSON schema 2.0.3 of the order of 22 December 2022
/// (github.com/139bercy/format-commande-publique).
package struct PublishedContract: Equatable, Sendable, Codable {
  package var id: String
  package var acheteur: Buyer
  package var nature: String
  package var objet: String
  package var codeCPV: String
  package var techniques: Techniques
  package var modalitesExecution: Executions
  package var marcheInnovant: Bool
  package var ccag: String
  package var offresRecues: Int64
  package var attributionAvance: Bool
  package var tauxAvance: Decimal?
  package var typeGroupementOperateurs: String
  package var sousTraitanceDeclaree: Bool
  package var procedure: String
  package var lieuExecution: Place
  package var dureeMois: Int64
  package var dateNotification: String
  package var datePublicationDonnees: String
  package var montant: Decimal
  package var typesPrix: PriceTypes
  package var formePrix: String
  package var origineUE: Decimal?
  package var origineFrance: Decimal?
  package var titulaires: [Holder]
  package var considerationsSociales: Social
  package var considerationsEnvironnementales: Environmental

  package struct Buyer: Equatable, Sendable, Codable { package var id: String }
  package struct Techniques: Equatable, Sendable, Codable { package var technique: [String] }
  package struct Executions: Equatable, Sendable, Codable { package var modaliteExecution: [String] }
  package struct PriceTypes: Equatable, Sendable, Codable { package var typePrix: [String] }
  package struct Social: Equatable, Sendable, Codable { package var considerationSociale: [String] }
  package struct Environmental: Equatable, Sendable, Codable {
    package var considerationEnvironnementale: [String]
  }
  package struct Place: Equatable, Sendable, Codable {
    package var code: String
    package var typeCode: String
  }
  package struct Holder: Equatable, Sendable, Codable {
    package var titulaire: Identity

    package struct Identity: Equatable, Sendable, Codable {
      package var typeIdentifiant: String
      package var id: String
    }
  }

  /// What is published: a file of contracts.
  package struct File: Equatable, Sendable, Codable {
    package var marches: Contracts

    package struct Contracts: Equatable, Sendable, Codable { package var marche: [PublishedContract] }

    package init(_ contracts: [PublishedContract]) { marches = Contracts(marche: contracts) }
  }
}
