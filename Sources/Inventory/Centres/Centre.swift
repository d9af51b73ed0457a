/// A place of care or a technical platform of the network, that reports stock and holds equipment.
package struct Centre: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Centre>
  package typealias Code = Inventory.Code<Centre>

  package let id: ID
  package var code: Code
  /// The legal entity: one may have several centres.
  package var organisation: Organisation.Code
  package var name: String
  package var kind: Kind
  package var city: String
  package var department: String
  package var region: String
  /// Nil where nobody said where it is.
  package var position: Position?
  package var positionCertainty: String?
  package var address: String?
  package var addressCertainty: String?
  /// As the centre published it; counted differently by each, so never a rank.
  package var patients: Patients?
  package var identifiers: Identifiers

  /// Patients in a year, with who said so.
  package struct Patients: Equatable, Sendable, Codable {
    package var count: Int64
    package var year: Int64?
    package var source: String?
  }

  package enum Kind: String, CaseIterable, Codable, Sendable {
    case hospitalSite = "hospital_site"
    case technicalPlatform = "technical_platform"
    case affiliate
  }

  /// The numbers by which others know the centre.
  package struct Identifiers: Equatable, Sendable, Codable {
    package var finess: String?
    package var siret: String?
    package var gln: String?

    package init(finess: String? = nil, siret: String? = nil, gln: String? = nil) {
      self.finess = finess
      self.siret = siret
      self.gln = gln
    }
  }
}

/// A legal entity of the network.
package struct Organisation: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Organisation>
  package typealias Code = Inventory.Code<Organisation>

  package let id: ID
  package var code: Code
  package var name: String
}

package enum CentreError: DomainError, Equatable {
  case noSuchCentre(String)
  case noSuchOrganisation(String)

  package var kind: ErrorKind { .notFound }
  package var code: String {
    switch self {
    case .noSuchCentre: "centre.not-found"
    case .noSuchOrganisation: "organisation.not-found"
    }
  }
  package var description: String {
    switch self {
    case .noSuchCentre(let code): "no centre “\(code)”"
    case .noSuchOrganisation(let code): "no organisation “\(code)”"
    }
  }
}
