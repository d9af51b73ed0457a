/// Something bought, stored and used up.
package struct Item: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Item>
  package typealias SKU = Inventory.Code<Item>

  package let id: ID
  package var sku: SKU
  package var name: String
  package var nameFrench: String
  /// The base unit in which every quantity is counted, in UCUM: `{test}`, `mL`, `{vial}`.
  package var unit: String
  package var criticality: Criticality
  package var storage: StorageCondition
  package var shelfLifeDays: Int64?
  /// The cover in days that the law or the network demands; nil where neither does.
  package var minimumCoverDays: Int64?
  /// Common procurement vocabulary of the EU, and the medicine's ATC class.
  package var cpv: String?
  package var atc: String?
  package var state: State
  package var certainty: String
  /// The base unit alone, its inner pack, its carton: smallest first.
  package var packs: [Pack]

  /// What may stand in for the item: `quantity` units of it for `perQuantity` of the item.
  package struct Substitute: Equatable, Sendable, Codable {
    package var sku: SKU
    package var quantity: Quantity
    package var perQuantity: Quantity
    package var note: String
  }

  package enum Criticality: String, CaseIterable, Codable, Sendable { case vital, essential, standard }
  package enum StorageCondition: String, CaseIterable, Codable, Sendable { case ambient, cold, frozen }
  package enum State: String, CaseIterable, Codable, Sendable { case active, retired }

  /// A level of the pack hierarchy.
  package struct Pack: Equatable, Sendable, Codable {
    package var level: Level
    /// Base units in one pack.
    package var units: Quantity
    package var gtin: String?

    package enum Level: String, CaseIterable, Codable, Sendable { case each, inner, carton }

    package init(level: Level, units: Quantity, gtin: String? = nil) {
      self.level = level
      self.units = units
      self.gtin = gtin
    }
  }

  /// The base units in a pack of a level; nil where the item has no such pack.
  package func units(in level: Pack.Level) -> Quantity? {
    packs.first { $0.level == level }?.units ?? (level == .each ? Quantity(1) : nil)
  }
}

package enum ItemError: DomainError, Equatable {
  case noSuchItem(String)
  case noSuchKit(String)
  case packsDoNotNest(sku: String, inner: Int64, outer: Int64)

  package var kind: ErrorKind {
    switch self {
    case .noSuchItem, .noSuchKit: .notFound
    case .packsDoNotNest: .invalid
    }
  }
  package var code: String {
    switch self {
    case .noSuchItem: "item.not-found"
    case .noSuchKit: "kit.not-found"
    case .packsDoNotNest: "item.packs-do-not-nest"
    }
  }
  package var description: String {
    switch self {
    case .noSuchItem(let sku): "no item “\(sku)”"
    case .noSuchKit(let code): "no kit “\(code)”"
    case .packsDoNotNest(let sku, let inner, let outer):
      "\(sku): a pack of \(outer) does not hold whole packs of \(inner); each level must be a multiple of the one below"
    }
  }
}
