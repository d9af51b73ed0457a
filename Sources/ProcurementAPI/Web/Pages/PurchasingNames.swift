import Inventory
import Procurement
import Storage

/// The names that pages about purchases show beside codes: of suppliers, and of what else a sentence may name.
struct PurchasingNames {
  let register: Register
  private let suppliers: [Supplier.Code: String]
  let language: Language
  private var t: Language { language }

  init(_ register: Register, _ language: Language, in connection: any Connection) throws {
    (self.register, self.language) = (register, language)
    suppliers = Dictionary(
      try Supplier.all(in: connection).map { ($0.code, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func supplier(_ code: Supplier.Code) -> String { suppliers[code] ?? code.rawValue }

  /// The name of a supplier, a centre or an item; nil for a text that is the code of none.
  func name(of text: String) -> String? {
    if let code = Supplier.Code(rawValue: text), let name = suppliers[code] { return name }
    if let code = Centre.Code(rawValue: text), let centre = register.centre(code) { return centre.name }
    guard let sku = Item.SKU(rawValue: text), register.item(sku) != nil else { return nil }
    return register.name(sku, t)
  }

  /// What the domain said, in the reader's language and with names in place of codes.
  func sentence(_ text: String) -> String { t.sentence(text, name: name(of:)) }

  /// A quantity with its item's unit: `4,000 swabs` is written `4,000 swab`.
  func quantity(_ quantity: Quantity, of item: Item.SKU) -> String {
    "\(t.number(quantity))\u{00A0}\(register.unit(item, t))"
  }
}
