import Inventory
import Planning
import Storage

/// A supply with where each part of it comes from, in the order in which it comes.
struct GatheredSupply: Equatable {
  struct Part: Equatable {
    var delivery: AllocationProblem.Delivery
    /// Nil for what is there already.
    var order: ConfirmedDelivery?
  }

  var packUnits: Quantity
  var parts: [Part]

  /// The same supply as far as it is said to come, the first deliveries first.
  func cut(to most: Quantity?) -> GatheredSupply {
    guard var left = most.map({ Int($0.units) }) else { return self }
    var supply = self
    for index in parts.indices {
      supply.parts[index].delivery.quantity = min(left, parts[index].delivery.quantity)
      left -= supply.parts[index].delivery.quantity
    }
    return supply
  }

  var quantity: Quantity { parts.reduce(.zero) { $0 + Quantity(Int64($1.delivery.quantity)) } }
}

extension AllocationQuestion {
  /// What there is to share, read from the database.
  func gatherSupply(in connection: any Connection) throws -> GatheredSupply {
    switch supply {
    case .stated(let quantity, let packUnits, let expiry):
      GatheredSupply(packUnits: packUnits, parts: [part(quantity, expiry: expiry)])
    case .orders(let numbers, let expiry, let atMost):
      try ordered(numbers, expiry: expiry, in: connection).cut(to: atMost)
    case .stock(let centre, let packUnits):
      try held(at: centre, packUnits: packUnits, in: connection)
    }
  }

  private func part(_ quantity: Quantity, on later: Day? = nil, expiry: Day?) -> GatheredSupply.Part {
    let delivery = AllocationProblem.Delivery(
      day: Int(max(day, later ?? day).rawValue),
      quantity: Int(quantity.units),
      expiry: expiry.map { Int($0.rawValue) }
    )
    return GatheredSupply.Part(delivery: delivery, order: nil)
  }

  /// The open part of confirmed deliveries. One that is late is taken for today.
  private func ordered(
    _ numbers: [PurchaseOrder.Number],
    expiry: Day?,
    in connection: any Connection
  ) throws -> GatheredSupply {
    let confirmed = try ConfirmedDelivery.all(of: item, in: connection)
    let chosen =
      numbers.isEmpty
      ? confirmed.filter { $0.expectedOn != nil } : confirmed.filter { numbers.contains($0.order) }
    try refuse(numbers, chosen)
    let open = chosen.filter { $0.open > .zero }
    guard let packUnits = open.first?.packUnits else {
      let why = chosen.isEmpty ? "no confirmed delivery brings it" : "all that is coming was promised already"
      throw AllocationError.nothingToShare(item, why)
    }
    let parts = open.map { line in
      var part = part(line.open, on: line.expectedOn, expiry: expiry)
      part.order = line
      return part
    }
    return GatheredSupply(packUnits: packUnits, parts: parts.sorted { $0.delivery.day < $1.delivery.day })
  }

  private func refuse(_ numbers: [PurchaseOrder.Number], _ chosen: [ConfirmedDelivery]) throws {
    var findings = numbers.filter { number in !chosen.contains { $0.order == number } }.map {
      Finding(
        field: "order",
        found: "\($0)",
        expected: "an order with its supplier that still brings \(item)"
      )
    }
    findings += chosen.filter { $0.expectedOn == nil }.map {
      Finding(field: "order", found: "\($0.order) without a day", expected: "the day that the supplier gave")
    }
    if let size = chosen.first?.packUnits, !reserve.units.isMultiple(of: size.units) {
      findings.append(Finding(field: "reserve", found: "\(reserve)", expected: "whole packs of \(size)"))
    }
    let packs = Set(chosen.map(\.packUnits)).sorted()
    if packs.count > 1 {
      let found = "packs of " + packs.map { "\($0)" }.joined(separator: " and ")
      findings.append(Finding(field: "order", found: found, expected: "one size of pack in a decision"))
    }
    if !findings.isEmpty { throw AllocationError.invalid(findings) }
  }

  /// What a centre has usable and did not promise elsewhere; the lots that expire first are shared first.
  private func held(
    at centre: Centre.Code,
    packUnits: Quantity,
    in connection: any Connection
  ) throws -> GatheredSupply {
    let donor = try Centre.find(centre, in: connection).id
    let item = try Item.find(item, in: connection).id
    var promised = try Transfer.promised(by: donor, item: item, in: connection)
    let lots = try LotStock.usable(item: item, centre: donor, on: day, in: connection)
    let parts = lots.compactMap { stock -> GatheredSupply.Part? in
      let gone = min(promised, stock.quantity)
      promised = promised - gone
      let left = stock.quantity - gone
      return left > .zero ? part(left, expiry: stock.lot.expiry) : nil
    }
    guard !parts.isEmpty else {
      throw AllocationError.nothingToShare(self.item, "\(centre) has none that it did not promise")
    }
    return GatheredSupply(packUnits: packUnits, parts: parts)
  }
}
