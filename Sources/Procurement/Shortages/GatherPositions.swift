package import Inventory
package import Storage

/// How far ahead stock is ordered: the reorder point and the level that an order fills up to, in days of use.
package struct ReorderRule: Equatable, Sendable {
  /// Days from an order to its delivery.
  package var leadDays: Int64
  /// Days from one order to the next.
  package var reviewDays: Int64
  /// Days of use kept against what nobody foresaw.
  package var safetyDays: Int64

  package init(leadDays: Int64, reviewDays: Int64, safetyDays: Int64) {
    self.leadDays = leadDays
    self.reviewDays = reviewDays
    self.safetyDays = safetyDays
  }

  /// Below it an order must go out: use over the lead time and the safety days, rounded up; zero where no use is known.
  package func reorderPoint(at use: DailyUse) -> Quantity {
    Quantity(use.units(in: leadDays + safetyDays, rounding: .up) ?? 0)
  }

  /// What stock and orders together are filled up to, rounded up; zero where no use is known.
  package func orderUpTo(at use: DailyUse) -> Quantity {
    Quantity(use.units(in: leadDays + reviewDays + safetyDays, rounding: .up) ?? 0)
  }
}

extension ShortagePosition {
  /// Every position of the centres and, where more than one centre has the item, of the network, as the ledger has them.
  package static func gather(
    _ window: UseWindow,
    rule: ReorderRule,
    in connection: any Connection
  ) throws -> [ShortagePosition] {
    let context = try Context(rule: rule, in: connection)
    let positions = try StockPosition.all(window, in: connection)
    let single = try positions.map { try context.position(of: [$0], at: context.centre($0.centre)) }
    let byItem = Dictionary(grouping: positions, by: \.item).filter { $0.value.count > 1 }
    let network = try byItem.sorted { $0.key < $1.key }.map { try context.position(of: $0.value, at: nil) }
    return single + network
  }

  /// What is read once for all positions.
  private struct Context {
    let rule: ReorderRule
    let centres: [Centre.Code: Centre.ID]
    let items: [Item.SKU: Item]
    let policies: [Item.Criticality: AlertPolicy]
    let coming: [Coming]

    init(rule: ReorderRule, in connection: any Connection) throws {
      self.rule = rule
      centres = Dictionary(
        uniqueKeysWithValues: try Centre.all(in: connection).map { ($0.code, $0.id) }
      )
      items = Dictionary(uniqueKeysWithValues: try Item.all(in: connection).map { ($0.sku, $0) })
      policies = try AlertPolicy.all(in: connection)
      coming = try Coming.all(in: connection)
    }

    func centre(_ code: Centre.Code) throws -> Centre.ID {
      guard let id = centres[code] else { throw CentreError.noSuchCentre(code.rawValue) }
      return id
    }

    /// One position, or several centres' taken as one: what they have and use is added up; the age is the oldest.
    func position(of parts: [StockPosition], at centre: Centre.ID?) throws -> ShortagePosition {
      guard let sku = parts.first?.item, let item = items[sku] else {
        throw ItemError.noSuchItem(parts.first?.item.rawValue ?? "")
      }
      let use = DailyUse.sum(of: parts.map(\.use))
      let stale = policies[item.criticality]?.staleDays ?? 0
      let evidence = ShortageEvidence(
        usable: Quantity(parts.reduce(0) { $0 + $1.stock.usable }),
        coming: coming.filter { row in row.item == sku && parts.contains { $0.centre == row.centre } }
          .reduce(.zero) { $0 + $1.quantity },
        used: use.used,
        observedDays: use.days,
        reorderPoint: rule.reorderPoint(at: use),
        reportedOn: parts.contains { $0.reported == nil } ? nil : parts.compactMap(\.reported).min(),
        isStale: parts.contains { ($0.age ?? .max) > stale }
      )
      return ShortagePosition(
        centre: centre,
        item: item.id,
        criticality: item.criticality,
        evidence: evidence
      )
    }
  }
}

extension Inventory.DailyUse {
  /// The use of several centres together: the known rates added over a common number of days; unknown where none is known.
  static func sum(of uses: [DailyUse]) -> DailyUse {
    let known = uses.compactMap { use -> (units: Int64, days: Int64)? in
      if case .known(let units, let days) = use { (units, days) } else { nil }
    }
    guard let first = known.first else { return .unknown }
    if known.allSatisfy({ $0.days == first.days }) {
      return .known(units: known.reduce(0) { $0 + $1.units }, days: first.days)
    }
    // Rates over different numbers of days are brought to 28, each rounded up, so that the sum is never understated.
    return .known(units: known.reduce(0) { $0 + Rounding.up.divide($1.units * 28, by: $1.days) }, days: 28)
  }

  var used: Quantity? {
    if case .known(let units, _) = self { Quantity(units) } else { nil }
  }

  var days: Int64 {
    if case .known(_, let days) = self { days } else { 0 }
  }
}
