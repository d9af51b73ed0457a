import Foundation
import Inventory
import Procurement
import Storage

/// The names that pages show beside codes, read once a page.
struct Register {
  let centres: [Centre]
  let items: [Item]
  let policies: [Item.Criticality: AlertPolicy]
  private let centreNames: [Centre.Code: Centre]
  private let itemNames: [Item.SKU: Item]
  private let suppliers: [Supplier.Code: String]
  /// Who made each offer; empty until they are read.
  private var offers: [String: Supplier.Code] = [:]

  init(in connection: any Connection) throws {
    centres = try Centre.all(in: connection).sorted(byName: \.name)
    items = try Item.all(in: connection)
    policies = try AlertPolicy.all(in: connection)
    centreNames = Dictionary(uniqueKeysWithValues: centres.map { ($0.code, $0) })
    itemNames = Dictionary(uniqueKeysWithValues: items.map { ($0.sku, $0) })
    suppliers = Dictionary(
      try Supplier.all(in: connection).map { ($0.code, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The same with the names of offers: whose they are.
  func withOffers(in connection: any Connection) throws -> Register {
    var register = self
    register.offers = Dictionary(
      try Offer.all(in: connection).map { ($0.code.rawValue, $0.supplier) },
      uniquingKeysWith: { first, _ in first }
    )
    return register
  }

  /// The items by the name that they have in a language.
  func items(by t: Language) -> [Item] { items.sorted(byName: { name($0.sku, t) }) }

  func centre(_ code: Centre.Code) -> Centre? { centreNames[code] }
  func item(_ sku: Item.SKU) -> Item? { itemNames[sku] }

  func name(_ code: Centre.Code) -> String { centreNames[code]?.name ?? code.rawValue }
  func name(_ sku: Item.SKU, _ t: Language) -> String {
    itemNames[sku].map { t($0.name, $0.nameFrench.isEmpty ? $0.name : $0.nameFrench) } ?? sku.rawValue
  }

  func name(_ code: Supplier.Code) -> String { suppliers[code] ?? code.rawValue }

  /// The name of a supplier, a centre or an item, or of each in a list of them, `a 60 %, b 40 %`; nil for a text that
  /// is the code of none.
  func name(of text: String, _ t: Language) -> String? {
    let parts = text.components(separatedBy: ", ")
    guard parts.count > 1 || text.hasSuffix(" %") else { return oneName(of: text, t) }
    let names = parts.map { part -> String? in
      let words = part.split(separator: " ", maxSplits: 1)
      if words.first == "then", words.count == 2 { return oneName(of: String(words[1]), t) }
      guard let name = words.first.flatMap({ oneName(of: String($0), t) }) else { return nil }
      return words.count == 1 ? name : "\(name) \(words[1])"
    }
    let known = names.compactMap(\.self)
    return known.count == parts.count ? known.joined(separator: ", ") : nil
  }

  private func oneName(of text: String, _ t: Language) -> String? {
    if let code = Supplier.Code(rawValue: text), let name = suppliers[code] { return name }
    if let code = Centre.Code(rawValue: text), let centre = centre(code) { return centre.name }
    guard let sku = Item.SKU(rawValue: text), item(sku) != nil else { return nil }
    return name(sku, t)
  }

  /// Whose an offer is; its code where nobody knows.
  func offer(_ code: String) -> String { offers[code].map(name) ?? code }

  /// What the domain said, in the reader's language and with names in place of codes.
  func sentence(_ text: String, _ t: Language) -> String { t.sentences(text) { name(of: $0, t) } }

  func link(_ code: Centre.Code) -> HTML {
    "<a href=\"\(WebPath("stock", "centres", code))\">\(name(code))</a>"
  }
  /// The name alone for who may not open the centre's page.
  func link(_ code: Centre.Code, for visit: Visit) -> HTML {
    visit.covers(code) ? link(code) : "\(name(code))"
  }
  func link(_ sku: Item.SKU, _ t: Language) -> HTML {
    "<a href=\"\(WebPath("stock", "items", sku))\">\(name(sku, t))</a>"
  }

  /// The unit of an item as a person says it, of many; UCUM's `1` counts pieces.
  func unit(_ sku: Item.SKU, _ t: Language) -> String {
    guard let unit = itemNames[sku]?.unit, unit != "1" else { return t("units", "unités") }
    let name = unit.filter { !"{}".contains($0) }
    guard let words = Self.units[name] else { return name }
    return t(words.english, words.french)
  }

  /// A quantity of an item with its unit.
  func amount(_ units: Int64, of sku: Item.SKU, _ t: Language) -> String {
    "\(t.number(units))\u{00A0}\(t.isSingular(units) ? Self.singular(unit(sku, t)) : unit(sku, t))"
  }

  /// Of one: our units end in an s in both languages, and those that are no words in none.
  private static func singular(_ unit: String) -> String {
    if unit == "boxes" { return "box" }
    return unit.hasSuffix("s") ? String(unit.dropLast()) : unit
  }

  /// What UCUM's annotations of our items say.
  private static let units: [String: (english: String, french: String)] = [
    "swab": ("swabs", "écouvillons"), "tube": ("tubes", "tubes"), "reaction": ("reactions", "réactions"),
    "plate": ("plates", "plaques"), "mask": ("masks", "masques"), "glove": ("gloves", "gants"),
    "gown": ("gowns", "surblouses"), "vial": ("vials", "flacons"), "bag": ("bags", "poches"),
    "test": ("tests", "tests"), "kit": ("kits", "kits"), "piece": ("pieces", "pièces"),
    "box": ("boxes", "boîtes"), "bottle": ("bottles", "flacons"), "syringe": ("syringes", "seringues"),
    "tablet": ("tablets", "comprimés"),
  ]
}

/// How a position's cover looks: a level told by a word, a shade and a figure.
enum CoverLevel: String, CaseIterable {
  case out, critical, alert, watch, fine, plenty, unknown

  /// By the limits of the item's criticality, the same that alerts are raised by; twice the watch is plenty.
  init(_ position: StockPosition, _ policy: AlertPolicy?) {
    guard position.reported != nil || position.stock.onHand > 0 else {
      self = .unknown
      return
    }
    switch position.cover {
    case .unknown: self = .unknown
    case .noUse: self = position.stock.usable > 0 ? .plenty : .unknown
    case .days(let days): self = Self.level(days, position.stock.usable, policy)
    }
  }

  private static func level(_ days: Int64, _ usable: Int64, _ policy: AlertPolicy?) -> CoverLevel {
    guard usable > 0 else { return .out }
    guard let policy else { return days > 0 ? .fine : .critical }
    if days < policy.criticalDays { return .critical }
    if days < policy.alertDays { return .alert }
    if days < policy.watchDays { return .watch }
    return days < 2 * policy.watchDays ? .fine : .plenty
  }

  var rank: Int { CoverLevel.allCases.firstIndex(of: self) ?? 0 }

  func name(_ t: Language) -> String {
    switch self {
    case .out: t("out of stock", "rupture")
    case .critical: t("critical", "critique")
    case .alert: t("alert", "alerte")
    case .watch: t("watch", "vigilance")
    case .fine: t("in order", "correct")
    case .plenty: t("ample", "large")
    case .unknown: t("unknown", "inconnu")
    }
  }

  /// A sign beside the shade: colour is never alone.
  var sign: String {
    switch self {
    case .out: "✕"
    case .critical: "!!"
    case .alert: "!"
    case .watch: "·"
    case .fine, .plenty: ""
    case .unknown: "?"
    }
  }

  static func legend(_ t: Language) -> HTML {
    """
    <ul class="legend" aria-label="\(t("Legend", "Légende"))">
    \(allCases.markup { "<li><i class=\"l-\($0.rawValue)\">\($0.sign)</i>\($0.name(t))</li>" })
    <li><em>\(t("italics: the report is old", "italique : déclaration ancienne"))</em></li>
    </ul>
    """
  }
}

extension Cover {
  func text(_ t: Language) -> String {
    switch self {
    case .days(let days): t.days(days)
    case .noUse: t("no use", "non consommé")
    case .unknown: t.unknown
    }
  }
}

extension Severity {
  func name(_ t: Language) -> String {
    switch self {
    case .watch: t("watch", "vigilance")
    case .alert: t("alert", "alerte")
    case .critical: t("critical", "critique")
    case .stockOut: t("out of stock", "rupture")
    }
  }

  func tag(_ t: Language) -> HTML {
    let style: String
    switch self {
    case .stockOut, .critical: style = "bad"
    case .alert: style = "warn"
    case .watch: style = ""
    }
    return "<span class=\"tag \(style)\">\(name(t))</span>"
  }
}
