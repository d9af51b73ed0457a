import Inventory
import Planning

extension ItemSupply {
  /// The line with what the supply side says: to the network's line what concerns all, to a centre's its own.
  func signalled(_ line: PlanLine, single: Bool) -> PlanLine {
    var line = line
    line.signals = owed(at: line.centre) + late(at: line.centre) + recalled(at: line.centre)
    if line.centre == nil || single {
      line.signals = shared(weekly: line.forecast) + line.signals
    } else if isInRupture {
      line.signals = troubles + line.signals
    }
    return line
  }

  /// What concerns every centre.
  private func shared(weekly forecast: PlanLine.Forecast?) -> [SupplySignal] {
    var signals = troubles + ceilings(forecast)
    let sellers = Set(item.sources.map(\.supplier))
    if let only = sellers.first, sellers.count == 1 { signals.append(.soleSource(supplier: only)) }
    if sellers.isEmpty { signals.append(.noOffer) }
    return signals
  }

  /// The suppliers that said, or of which the register knows, that they deliver less or nothing.
  private var troubles: [SupplySignal] {
    var signals = item.declarations.map { stated in
      SupplySignal.declared(
        supplier: stated.supplier,
        state: stated.state,
        since: stated.since,
        source: stated.source
      )
    }
    for source in item.sources where source.state.isTrouble {
      let isStated = item.declarations.contains { $0.supplier == source.supplier }
      if !isStated {
        signals.append(
          .declared(
            supplier: source.supplier,
            state: source.state,
            since: parameters.asOf,
            source: "register"
          )
        )
      }
    }
    return signals
  }

  /// What suppliers in trouble owe the place, each supplier once; without what comes as usual all the same.
  private func owed(at centre: Centre.Code?) -> [SupplySignal] {
    let doubtful = item.awaited.filter { delivery in
      (centre == nil || delivery.centre == centre)
        && delivery.declared.map { $0.prospect(of: delivery.promised, asOf: parameters.asOf) != .usual }
          ?? false
    }
    let bySupplier = Dictionary(grouping: doubtful) { $0.supplier?.rawValue ?? "" }
    return bySupplier.sorted { $0.key < $1.key }.compactMap { _, parts in
      parts.first?.declared.map { declared in
        .owed(
          supplier: declared.supplier,
          state: declared.state,
          quantity: parts.reduce(.zero) { $0 + $1.quantity },
          from: declared.firstDay(after: parameters.asOf)
        )
      }
    }
  }

  private func late(at centre: Centre.Code?) -> [SupplySignal] {
    let overdue = item.awaited.filter { delivery in
      delivery.promised < parameters.asOf && delivery.supplier != nil
        && (centre == nil || delivery.centre == centre)
    }
    let byDocument = Dictionary(grouping: overdue, by: \.document)
    return byDocument.sorted { $0.key < $1.key }.compactMap { document, parts in
      guard let first = parts.first, let supplier = first.supplier else { return nil }
      return .late(
        document: document,
        supplier: supplier,
        quantity: parts.reduce(.zero) { $0 + $1.quantity },
        days: parameters.asOf - first.promised
      )
    }
  }

  private func recalled(at centre: Centre.Code?) -> [SupplySignal] {
    let parts = item.recalls.filter { centre == nil || $0.centre == centre }
    return Dictionary(grouping: parts, by: \.lot).sorted { $0.key < $1.key }.compactMap { lot, parts in
      parts.first.map { first in
        .recall(lot: lot, quantity: parts.reduce(.zero) { $0 + $1.quantity }, since: first.since)
      }
    }
  }

  /// Lots of agreements that are nine tenths spent, or whose rest does not last eight weeks at the mean forecast.
  private func ceilings(_ forecast: PlanLine.Forecast?) -> [SupplySignal] {
    item.ceilings.compactMap { found in
      let weeks = weeksLeft(found, forecast)
      let percent = found.ceiling.percentUsed
      guard percent >= 90 || weeks.map({ $0 < 8 }) == true else { return nil }
      return .ceiling(agreement: found.agreement, lot: found.lot, percent: percent, weeksLeft: weeks)
    }
  }

  private func weeksLeft(_ found: PlanCeiling, _ forecast: PlanLine.Forecast?) -> Int64? {
    guard let weeks = forecast?.weeks, !weeks.isEmpty else { return nil }
    let perWeek = weeks.reduce(Int64(0)) { $0 + $1.mean } / Int64(weeks.count)
    guard perWeek > 0 else { return nil }
    return found.roomInUnits.map { Int64(clamping: Int128($0) * 1000 / Int128(perWeek)) }
  }
}

extension PlanCeiling {
  /// Units that may still be ordered, rounded down; nil where neither measure sets a limit that is known in units.
  var roomInUnits: Int64? {
    let byValue = ceiling.roomInValue.flatMap { room in
      unitCostMillicents.flatMap { cost -> Int64? in
        cost > 0 ? Int64(clamping: Int128(max(0, room.cents)) * 1000 / Int128(cost)) : nil
      }
    }
    let byQuantity = ceiling.roomInQuantity.map { max(0, $0.units) }
    return [byValue, byQuantity].compactMap(\.self).min()
  }
}
