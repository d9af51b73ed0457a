import Inventory
import Planning
package import Storage

extension TransferQuestion {
  /// The transfers that pay today: a minimum-cost flow over lots and days from the stocks, deliveries, thresholds and
  /// distances that the database knows. `effort` is spent on proving that no plan costs less.
  package func plan(
    effort: Int = TransferProof.effort,
    in connection: any Connection
  ) throws -> PlannedTransfers {
    guard findings.isEmpty else { throw TransferError.planInvalid(findings) }
    let gathered = try gather(in: connection)
    do {
      return PlannedTransfers(
        item: item,
        plan: try gathered.problem.plan(effort: effort),
        thresholds: gathered.thresholds,
        notes: gathered.notes
      )
    } catch {
      throw TransferError.planInvalid(
        error.faults.map { Finding(field: $0.path, found: $0.found, expected: $0.expected) }
      )
    }
  }

  struct Gathered {
    var problem: TransferProblem
    var thresholds: [Centre.Code: Quantity] = [:]
    var notes: [PlannedTransfers.Note] = []
  }

  func gather(in connection: any Connection) throws -> Gathered {
    let item = try Item.find(item, in: connection)
    let window = UseWindow(endingOn: day, buckets: weeks)
    let positions = try StockPosition.all(window, filter: .init(item: item.sku), in: connection)
    let places = Dictionary(uniqueKeysWithValues: try Centre.all(in: connection).map { ($0.code, $0) })
    let coming = try DatedComing.all(of: item.id, in: connection)
    let keepDays = try keepDays ?? item.keepDays(in: connection)
    let foreseen = try plan.map { try ForeseenUse.all(of: item.sku, by: $0, in: connection) }
    var gathered = Gathered(problem: TransferProblem(horizon: Int(horizon), centres: [], routes: []))
    var donors: Set<Centre.Code> = []
    for code in places.keys.sorted() where !positions.contains(where: { $0.centre == code }) {
      gathered.note(code, "takes no part: it never reported the item")
    }
    for position in positions {
      guard let centre = places[position.centre] else { continue }
      let use = foreseen.map { $0[centre.code]?.use ?? .unknown } ?? position.use
      guard case .known(let units, let days) = use else {
        let source = plan.map { "plan \($0) does not know" } ?? "no report says"
        gathered.note(centre.code, "takes no part: \(source) what it uses")
        continue
      }
      let threshold = Quantity(use.units(in: keepDays, rounding: .up) ?? 0)
      gathered.thresholds[centre.code] = threshold
      if position.age.map({ $0 <= staleDays }) ?? false {
        donors.insert(centre.code)
      } else {
        let age = position.age.map { "\($0) days old" } ?? "missing"
        gathered.note(centre.code, "gives nothing: its last report is \(age)")
      }
      if centre.position == nil { gathered.note(centre.code, "takes no part: nobody said where it is") }
      gathered.problem.centres.append(
        TransferProblem.Centre(
          centre.code.rawValue,
          use: Planning.DailyUse(Int(units), perDays: Int(days)),
          threshold: Int(threshold.units),
          lots: try lots(of: item.id, at: centre.id, in: connection),
          deliveries: deliveries(coming.filter { $0.centre == centre.code })
        )
      )
    }
    gathered.notes.sort { ($0.centre, $0.why) < ($1.centre, $1.why) }
    gathered.problem.day = Int(day.rawValue)
    gathered.problem.packSize = Int(packUnits.units)
    gathered.problem.costs = costs.planned
    gathered.problem.routes = routes(
      from: donors,
      among: gathered.problem.centres.compactMap { Centre.Code(rawValue: $0.code).flatMap { places[$0] } }
    )
    return gathered
  }

  /// What can be taken of each lot, less what was promised in other transfers, the first to expire first.
  private func lots(
    of item: Item.ID,
    at centre: Centre.ID,
    in connection: any Connection
  ) throws -> [TransferProblem.Lot] {
    var promised = try Transfer.promised(by: centre, item: item, in: connection)
    return try LotStock.usable(item: item, centre: centre, on: day, in: connection).compactMap { stock in
      let gone = min(promised, stock.quantity)
      promised = promised - gone
      let left = Int((stock.quantity - gone).units)
      return left > 0
        ? TransferProblem.Lot(
          stock.lot.number,
          quantity: left,
          expiry: stock.lot.expiry.map { Int($0.rawValue) }
        ) : nil
    }
  }

  /// What came today is on the shelf already: what is due or overdue comes tomorrow at the earliest.
  private func deliveries(_ coming: [DatedComing]) -> [TransferProblem.Delivery] {
    coming.map { delivery in
      TransferProblem.Delivery(
        day: Int(max(day + 1, delivery.day ?? day + 1).rawValue),
        quantity: Int(delivery.quantity.units)
      )
    }
  }

  /// Every way from a donor to another centre, as long as both have a place.
  private func routes(from donors: Set<Centre.Code>, among centres: [Centre]) -> [TransferProblem.Route] {
    centres.filter { donors.contains($0.code) }.flatMap { donor in
      centres.compactMap { taker -> TransferProblem.Route? in
        guard donor.code != taker.code, let start = donor.position, let end = taker.position else {
          return nil
        }
        let kilometres = costs.kilometres(from: start, to: end)
        return TransferProblem.Route(
          from: donor.code.rawValue,
          to: taker.code.rawValue,
          kilometres: Int(kilometres),
          days: Int(Rounding.up.divide(max(1, kilometres), by: costs.kilometresPerDay))
        )
      }
    }
  }
}

extension TransferQuestion.Gathered {
  fileprivate mutating func note(_ centre: Centre.Code, _ why: String) {
    notes.append(PlannedTransfers.Note(centre: centre, why: why))
  }
}

extension TransferQuestion.Costs {
  /// Whole road kilometres, rounded up.
  func kilometres(from start: Position, to end: Position) -> Int64 {
    let kilometres = start.geoPoint.distance(to: end.geoPoint) * Double(roadPerMille) / 1000
    return Int64(kilometres.rounded(.up))
  }

  fileprivate var planned: TransferProblem.Costs {
    TransferProblem.Costs(
      trip: Int(trip.cents),
      kilometre: Int(kilometre.cents),
      parcel: Int(parcel.cents),
      packsPerParcel: Int(packsPerParcel),
      shortage: Int(shortage.cents),
      expiry: Int(expiry.cents)
    )
  }
}

extension Item {
  /// Days of use that a centre keeps: the legal minimum, and at least the limit under which an alert is raised.
  fileprivate func keepDays(in connection: any Connection) throws -> Int64 {
    let alert = try AlertPolicy.all(in: connection)[criticality]?.alertDays ?? 14
    return max(alert, minimumCoverDays ?? 0)
  }
}

extension Position {
  fileprivate var geoPoint: GeoPoint {
    GeoPoint(latitude: Double(latitude) / 1_000_000, longitude: Double(longitude) / 1_000_000)
  }
}
