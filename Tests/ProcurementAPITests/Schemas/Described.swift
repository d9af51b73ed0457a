import Inventory
import Planning
import Procurement

@testable import ProcurementAPI

/// A type that says itself what its JSON looks like, since it writes itself.
protocol Described { static var schema: JSONValue { get } }

extension Bool: Described { static var schema: JSONValue { ["type": "boolean"] } }
extension String: Described { static var schema: JSONValue { ["type": "string"] } }
extension Double: Described { static var schema: JSONValue { ["type": "number"] } }
extension Int: Described { static var schema: JSONValue { integer } }
extension Int64: Described { static var schema: JSONValue { integer } }
extension UInt64: Described { static var schema: JSONValue { ["type": "integer", "minimum": 0] } }
extension ID: Described { static var schema: JSONValue { integer } }
extension Quantity: Described {
  static var schema: JSONValue { described(integer, "In base units.") }
}
extension Money: Described { static var schema: JSONValue { described(integer, "In cents.") } }
extension Code: Described {
  static var schema: JSONValue { ["type": "string", "minLength": 1, "maxLength": 64] }
}
extension Day: Described { static var schema: JSONValue { ["type": "string", "format": "date"] } }
extension Instant: Described { static var schema: JSONValue { ["type": "string", "format": "date-time"] } }
extension ExactDecimal: Described { static var schema: JSONValue { decimal } }
extension ExactFigure: Described { static var schema: JSONValue { decimal } }

extension StockPosition: Described {
  static var schema: JSONValue {
    [
      "type": "object",
      "required": ["centre", "item", "onHand", "usable", "held", "expired", "cover"],
      "properties": [
        "centre": Centre.Code.schema, "item": Item.SKU.schema, "onHand": Quantity.schema,
        "usable": Quantity.schema, "held": Quantity.schema, "expired": Quantity.schema,
        "unusedAtExpiry": Quantity.schema, "usedUnits": integer, "usedDays": integer, "coverDays": integer,
        "cover": described(String.schema, "“known”, or why the days of cover are not."),
        "reported": Day.schema, "ageDays": integer,
      ],
    ]
  }
}

extension PurchaseOrder: LeavingOut { static var leftOut: Set<String> { ["lines"] } }

extension RolloutPlan.Subject: Described {
  static var schema: JSONValue { one(of: ["item": ["_0": Item.SKU.schema], "kit": ["_0": Kit.Code.schema]]) }
}

extension DemandScenario.Subject: Described {
  static var schema: JSONValue { one(of: ["item": ["_0": Item.SKU.schema], "kit": ["_0": Kit.Code.schema]]) }
}

extension Need.Origin: Described {
  static var schema: JSONValue { one(of: ["entered": [:], "prefilled": ["inputs": String.schema]]) }
}

extension SupplySignal: Described {
  static var schema: JSONValue {
    let code = Supplier.Code.schema
    let states = SupplyDeclaration.State.allCases.map { JSONValue.string($0.rawValue) }
    return one(of: [
      "declared": [
        "supplier": code, "state": ["type": "string", "enum": .array(states)], "since": Day.schema,
        "source": String.schema,
      ],
      "owed": [
        "supplier": code, "state": ["type": "string", "enum": .array(states)], "quantity": Quantity.schema,
        "from?": Day.schema,
      ],
      "late": ["document": String.schema, "supplier": code, "quantity": Quantity.schema, "days": integer],
      "ceiling": [
        "agreement": String.schema, "lot": integer, "percent": integer, "weeksLeft?": integer,
      ],
      "soleSource": ["supplier": code],
      "noOffer": [:],
      "recall": ["lot": String.schema, "quantity": Quantity.schema, "since": Day.schema],
    ])
  }
}

/// An enumeration whose cases hold values, as the compiler writes it: an object whose only member is the case's name.
/// A label that ends in `?` may be left out.
private func one(of cases: [String: [String: JSONValue]]) -> JSONValue {
  let choices = cases.sorted { $0.key < $1.key }.map { name, labels -> JSONValue in
    let required = labels.keys.filter { !$0.hasSuffix("?") }.sorted().map { JSONValue.string($0) }
    let properties = Dictionary(
      uniqueKeysWithValues: labels.map { ($0.key.filter { $0 != "?" }, $0.value) }
    )
    let value: JSONValue = [
      "type": "object", "properties": .object(properties), "required": .array(required),
    ]
    return ["type": "object", "properties": .object([name: value]), "required": [.string(name)]]
  }
  return ["anyOf": .array(choices)]
}

private let integer: JSONValue = ["type": "integer", "format": "int64"]
private let decimal: JSONValue = ["type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"]

private func described(_ schema: JSONValue, _ text: String) -> JSONValue {
  schema.with(["description": .string(text)])
}
