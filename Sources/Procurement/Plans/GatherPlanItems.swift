import Inventory
import Planning
import Storage

/// What runs read of everything but the ledger, as it stood on a day and was known at a moment.
struct PlanSurroundings {
  let asOf: Day
  let knownAt: Instant
  let items: [Item.SKU: Item]
  let policies: [Item.Criticality: PlanningPolicy]
  let suppliers: [Supplier]
  let declarations: [SupplyDeclaration]
  let records: [String: [DeliveryRecord]]
  let scenarios: [DemandScenario]
  let kits: [Kit]

  init(asOf: Day, knownAt: Instant, in connection: any Connection) throws {
    self.asOf = asOf
    self.knownAt = knownAt
    items = Dictionary(uniqueKeysWithValues: try Item.all(in: connection).map { ($0.sku, $0) })
    policies = try PlanningPolicy.all(in: connection)
    suppliers = try Supplier.all(in: connection)
    declarations = try SupplyDeclaration.standing(on: asOf, knownAt: knownAt, in: connection)
    records = try DeliveryHistory.records(asOf: asOf, knownAt: knownAt, in: connection)
    scenarios = try DemandScenario.all(knownAt: knownAt, in: connection).filter {
      $0.step(after: asOf) != nil
    }
    kits = try Kit.all(in: connection)
  }

  /// Freezes some items, in their order.
  func freeze(_ skus: [Item.SKU], in connection: any Connection) throws -> [PlanItem] {
    let offers = Dictionary(grouping: try Offer.valid(for: skus, on: asOf, in: connection), by: \.item)
    let awaited = Dictionary(grouping: try awaited(skus, in: connection), by: \.item)
    let promised = try promised(skus, in: connection)
    let campaigns = Dictionary(grouping: try campaigns(skus, in: connection), by: \.item)
    let recalls = Dictionary(grouping: try recalls(skus, in: connection), by: \.item)
    return try skus.map { sku in
      guard let item = items[sku], let policy = policies[item.criticality] else {
        throw ItemError.noSuchItem(sku.rawValue)
      }
      var frozen = PlanItem(
        item: sku,
        category: item.category,
        legalCoverDays: item.minimumCoverDays ?? 0,
        policy: policy
      )
      frozen.sources = (offers[sku] ?? []).map { source($0) }
      frozen.awaited = (awaited[sku] ?? []).map { judged($0.value, item: sku) }
      let named = Set(frozen.sources.map(\.supplier) + frozen.awaited.compactMap(\.supplier))
      frozen.records = records.filter { record in named.contains { $0.rawValue == record.key } }
      frozen.promised = promised[sku] ?? [:]
      frozen.campaigns = (campaigns[sku] ?? []).map(\.value)
      frozen.scenarios = scenarios(of: sku)
      frozen.substitutes = try Item.substitutes(of: item.id, in: connection)
      frozen.ceilings = try ceilings(of: offers[sku] ?? [], in: connection)
      frozen.declarations = declarations(for: frozen)
      frozen.recalls = (recalls[sku] ?? []).map(\.value)
      return frozen
    }
  }

  private func source(_ offer: Offer) -> PlanSource {
    PlanSource(
      offer: offer.code,
      supplier: offer.supplier,
      leadDays: offer.terms.leadDays,
      packUnits: offer.terms.packUnits,
      state: declared(by: offer.supplier, of: offer.item).state
    )
  }

  /// What a supplier declares of the item goes before what it declares of all, and that before its register entry.
  private func declared(by supplier: Supplier.Code, of item: Item.SKU) -> SupplyDeclaration {
    let own = declarations.filter { $0.supplier == supplier }
    if let stated = own.first(where: { $0.item == item }) ?? own.first(where: { $0.item == nil }) {
      return stated
    }
    let state: SupplyDeclaration.State =
      switch suppliers.first(where: { $0.code == supplier })?.supplyStatus ?? .normal {
      case .normal: .available
      case .tension: .tension
      case .rupture: .rupture
      }
    return SupplyDeclaration(supplier: supplier, state: state, since: asOf, source: "register")
  }

  /// A delivery with what its supplier declares, whether or not it still offers the item.
  private func judged(_ delivery: PlanDelivery, item: Item.SKU) -> PlanDelivery {
    var delivery = delivery
    delivery.declared = delivery.supplier.map { declared(by: $0, of: item) }.flatMap {
      $0.state.isTrouble ? $0 : nil
    }
    return delivery
  }

  private func declarations(for item: PlanItem) -> [SupplyDeclaration] {
    let sellers = Set(item.sources.map(\.supplier))
    return declarations.filter { stated in
      stated.state.isTrouble && (stated.item == item.item || stated.item == nil)
        && sellers.contains(stated.supplier)
        && item.sources.contains { $0.supplier == stated.supplier && $0.state == stated.state }
    }
  }

  private func scenarios(of sku: Item.SKU) -> [PlanScenario] {
    scenarios.compactMap { scenario in
      switch scenario.subject {
      case .item(let item): return item == sku ? PlanScenario(scenario: scenario, component: nil) : nil
      case .kit(let code):
        let component = kits.first { $0.code == code }?.components.first { $0.item == sku }
        return component.map { PlanScenario(scenario: scenario, component: $0) }
      }
    }
  }
}

extension Item {
  /// Which items teach each other: those of one procurement vocabulary code, else of one criticality.
  package var category: String { cpv ?? criticality.rawValue }
}

/// A value that belongs to an item.
struct OfItem<Value> {
  let item: Item.SKU
  let value: Value
}

extension Offer {
  /// The offers for some items that hold on a day, of active suppliers under agreements in force.
  static func valid(for skus: [Item.SKU], on day: Day, in connection: any Connection) throws -> [Offer] {
    try select(
      where: """
        i.sku IN (\(SQL.list(skus))) AND o.valid_from <= \(day) AND o.valid_until >= \(day)
        AND a.starts <= \(day) AND a.ends >= \(day) AND s.active = 1
        """,
      in: connection
    )
  }
}
