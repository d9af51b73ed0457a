import Inventory
import Procurement
import Storage

/// The names that pages about purchases show beside codes, in the reader's language.
struct PurchasingNames {
  let register: Register
  let language: Language
  private var t: Language { language }

  init(_ register: Register, _ language: Language) { (self.register, self.language) = (register, language) }

  func supplier(_ code: Supplier.Code) -> String { register.name(code) }

  /// The name of a supplier, a centre or an item; nil for a text that is the code of none.
  func name(of text: String) -> String? { register.name(of: text, t) }

  /// What the domain said, in the reader's language and with names in place of codes.
  func sentence(_ text: String) -> String { register.sentence(text, t) }

  /// A quantity with its item's unit: `4,000 swabs` is written `4,000 swab`.
  func quantity(_ quantity: Quantity, of item: Item.SKU) -> String {
    register.amount(quantity.units, of: item, t)
  }
}
