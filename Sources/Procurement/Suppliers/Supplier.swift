package import Inventory

/// Who sells to the network.
package struct Supplier: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Supplier>
  package typealias Code = Inventory.Code<Supplier>

  package let id: ID
  package var code: Code
  package var name: String
  /// The numbers by which others know it; nil where nobody gave them.
  package var siret: String?
  package var gln: String?
  package var vat: String?
  /// ISO 3166-1, two letters.
  package var country: String
  package var supplyStatus: SupplyStatus
  /// No order is approved for a supplier that is not active.
  package var isActive: Bool
  package var certainty: String?

  /// What the supplier, or the authority, declares of its deliveries.
  package enum SupplyStatus: String, CaseIterable, Codable, Sendable { case normal, tension, rupture }
}

package enum SupplierError: DomainError, Equatable {
  case noSuchSupplier(String)
  case inactive(Supplier.Code)

  package var kind: ErrorKind {
    switch self {
    case .noSuchSupplier: .notFound
    case .inactive: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchSupplier: "supplier.not-found"
    case .inactive: "supplier.inactive"
    }
  }
  package var description: String {
    switch self {
    case .noSuchSupplier(let code): "no supplier “\(code)”"
    case .inactive(let code): "supplier \(code) is not active; nothing can be ordered from it"
    }
  }
}
