import Inventory
import Storage

/// The names that pages about machines show beside codes: of categories, and of places, which are a centre's or, where
/// nobody knows the site, an organisation's.
struct EquipmentNames {
  private let categories: [String: EquipmentCategory]
  private let places: [String: String]
  private let t: Language

  init(_ t: Language, in connection: any Connection) throws {
    self.t = t
    let categories = try EquipmentCategory.all(in: connection).map { ($0.code.rawValue, $0) }
    self.categories = Dictionary(uniqueKeysWithValues: categories)
    let organisations = try Organisation.all(in: connection).map { ($0.code.rawValue, $0.name) }
    let centres = try Centre.all(in: connection).map { ($0.code.rawValue, $0.name) }
    places = Dictionary(organisations + centres) { _, centre in centre }
  }

  func category(_ code: EquipmentCategory.Code) -> String { category(code.rawValue) }
  func category(_ code: String) -> String { categories[code].map { EquipmentPages.name($0, t) } ?? code }

  /// A place by its code; what is none, such as a place of a what-if, as it is.
  func place(_ code: String) -> String { places[code] ?? code }

  /// What a what-if changes, with names in place of codes.
  func change(_ change: WhatIf.Change) -> String {
    let percent = t.percent(permille: change.amount)
    return switch change.kind {
    case .withdraw: t("without \(change.subject)", "sans \(change.subject)")
    case .makerGone: t("\(change.subject) gone", "\(change.subject) disparu")
    case .budget: t("budget at \(percent)", "budget à \(percent)")
    case .newCentre: t("new centre \(change.subject)", "nouveau centre \(change.subject)")
    case .need:
      t(
        "\(place(change.subject)) lacks \(change.amount) × \(category(change.category))",
        "\(place(change.subject)) : il manque \(change.amount) × \(category(change.category))"
      )
    case .price:
      t(
        "\(category(change.category)) at \(percent) of the price",
        "\(category(change.category)) à \(percent) du prix"
      )
    }
  }

  func place(_ machine: Equipment) -> String {
    place(machine.centre?.rawValue ?? machine.organisation.rawValue)
  }
}
