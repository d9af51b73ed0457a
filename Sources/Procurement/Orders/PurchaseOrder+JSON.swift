import Inventory
package import Tabular

/// What `encode(to:)` says, in the order of the names. Written by hand: through `JSONEncoder` it was a sixth of what an order
/// cost the server.
extension PurchaseOrder: JSONRow {
  package func write(to members: inout JSONMembers) {
    members.write("header", object: header)
    members.write("id", id.rawValue)
    if !lines.isEmpty { members.write("lines", rows: lines) }
    members.write("state", state.rawValue)
  }
}

extension PurchaseOrder.Header: JSONRow {
  package func write(to members: inout JSONMembers) {
    members.write("agreement", agreement.rawValue)
    members.write("campaign", campaign?.rawValue)
    members.write("currency", currency)
    members.write("drawn", object: drawn)
    members.write("expectedOn", expectedOn?.description)
    members.write("freight", freight.cents)
    members.write("goods", goods.cents)
    members.write("key", key)
    members.write("lot", lot)
    members.write("number", number.rawValue)
    members.write("orderedOn", orderedOn.description)
    members.write("reason", reason)
    members.write("sendOn", sendOn?.description)
    members.write("supplier", supplier.rawValue)
    members.write("supplierReference", supplierReference)
    members.write("units", units.units)
  }
}

extension Ceiling.Draw: JSONRow {
  package func write(to members: inout JSONMembers) {
    members.write("quantity", quantity.units)
    members.write("value", value.cents)
  }
}

extension OrderLine: JSONRow {
  package func write(to members: inout JSONMembers) {
    members.write("cost", cost.cents)
    members.write("item", item.rawValue)
    members.write("number", number)
    members.write("offer", offer.rawValue)
    members.write("packUnits", packUnits.units)
    members.write("packs", packs)
    members.write("shares", rows: shares)
  }
}

extension OrderShare: JSONRow {
  package func write(to members: inout JSONMembers) {
    members.write("centre", centre.rawValue)
    members.write("cost", cost.cents)
    members.write("packs", packs)
    members.write("received", received.units)
    members.write("refused", refused.units)
  }
}
