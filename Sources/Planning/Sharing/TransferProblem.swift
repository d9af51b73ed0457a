/// Stocks of one item at several centres, and what it costs to move some of them today.
///
/// Quantities are base units, money is cents, days are day numbers and distances whole kilometres.
package struct TransferProblem: Hashable, Sendable {
  package struct Lot: Hashable, Sendable {
    package var code: String
    package var quantity: Int
    /// The last day of use; nil when it does not expire.
    package var expiry: Int?

    package init(_ code: String, quantity: Int, expiry: Int? = nil) {
      (self.code, self.quantity, self.expiry) = (code, quantity, expiry)
    }
  }

  package struct Delivery: Hashable, Sendable {
    package var day: Int
    package var quantity: Int
    package var expiry: Int?

    package init(day: Int, quantity: Int, expiry: Int? = nil) {
      (self.day, self.quantity, self.expiry) = (day, quantity, expiry)
    }
  }

  package struct Centre: Hashable, Sendable {
    package var code: String
    package var use: DailyUse
    /// Units under which the centre never falls because it gave.
    package var threshold: Int
    package var lots: [Lot]
    /// Confirmed deliveries of its own.
    package var deliveries: [Delivery]

    package init(
      _ code: String,
      use: DailyUse,
      threshold: Int = 0,
      lots: [Lot] = [],
      deliveries: [Delivery] = []
    ) {
      (self.code, self.use, self.threshold) = (code, use, threshold)
      (self.lots, self.deliveries) = (lots, deliveries)
    }
  }

  /// A way from one centre to another; where there is none, nothing is sent.
  package struct Route: Hashable, Sendable {
    package var from: String
    package var to: String
    package var kilometres: Int
    package var days: Int

    package init(from: String, to: String, kilometres: Int, days: Int) {
      (self.from, self.to, self.kilometres, self.days) = (from, to, kilometres, days)
    }
  }

  package struct Costs: Hashable, Sendable {
    /// For a trip, whatever it carries.
    package var trip: Int
    package var kilometre: Int
    package var parcel: Int
    package var packsPerParcel: Int
    /// For a unit of use that is not served on its day.
    package var shortage: Int
    /// For a unit that expires unused.
    package var expiry: Int

    package init(
      trip: Int = 3000,
      kilometre: Int = 0,
      parcel: Int = 0,
      packsPerParcel: Int = 1,
      shortage: Int = 10_000,
      expiry: Int = 1000
    ) {
      (self.trip, self.kilometre, self.parcel) = (trip, kilometre, parcel)
      (self.packsPerParcel, self.shortage, self.expiry) = (packsPerParcel, shortage, expiry)
    }
  }

  /// Today: the day of departure.
  package var day: Int
  /// Days looked at, today included.
  package var horizon: Int
  package var packSize: Int
  package var centres: [Centre]
  package var routes: [Route]
  package var costs: Costs

  package init(
    day: Int = 0,
    horizon: Int,
    packSize: Int = 1,
    centres: [Centre],
    routes: [Route],
    costs: Costs = Costs()
  ) {
    (self.day, self.horizon, self.packSize) = (day, horizon, packSize)
    (self.centres, self.routes, self.costs) = (centres, routes, costs)
  }
}

extension TransferProblem {
  package var faults: [SharingFault] {
    var faults: [SharingFault] = []
    func require(_ holds: Bool, _ path: String, _ found: Any, _ expected: String) {
      if !holds { faults.append(SharingFault(path, found: "\(found)", expected: expected)) }
    }
    func quantity(_ value: Int, _ path: String) {
      require(0...SharingLimits.quantity ~= value, path, value, "a quantity from 0")
    }
    require(1...3660 ~= horizon, "horizon", horizon, "1 to 3660 days")
    require(1...SharingLimits.quantity ~= packSize, "packSize", packSize, "at least 1")
    for (name, cost) in costs.named {
      require(0...1_000_000_000 ~= cost, "costs.\(name)", cost, "cents from 0 to 1000000000")
    }
    require(1...1000 ~= costs.packsPerParcel, "costs.packsPerParcel", costs.packsPerParcel, "1 to 1000")
    for (index, centre) in centres.enumerated() {
      let path = "centres[\(index)]"
      quantity(centre.threshold, path + ".threshold")
      quantity(centre.use.quantity, path + ".dailyUse")
      for (lot, held) in centre.lots.enumerated() { quantity(held.quantity, "\(path).lots[\(lot)].quantity") }
      for (number, delivery) in centre.deliveries.enumerated() {
        quantity(delivery.quantity, "\(path).deliveries[\(number)].quantity")
      }
      let first = centres.firstIndex { $0.code == centre.code }
      require(first == index, path + ".centre", centre.code, "a code that appears once")
    }
    return faults + routeFaults
  }

  private var routeFaults: [SharingFault] {
    let codes = Set(centres.map(\.code))
    return routes.enumerated().flatMap { index, route in
      let path = "routes[\(index)]"
      let ends = [("from", route.from), ("to", route.to)].filter { !codes.contains($0.1) }.map {
        SharingFault("\(path).\($0.0)", found: $0.1, expected: "the code of a centre")
      }
      let loop =
        route.from == route.to
        ? [SharingFault("\(path).to", found: route.to, expected: "another centre than from")] : []
      let lengths = [("kilometres", route.kilometres), ("days", route.days)]
        .filter { !(0...100_000 ~= $0.1) }
        .map { SharingFault("\(path).\($0.0)", found: "\($0.1)", expected: "0 to 100000") }
      return ends + loop + lengths
    }
  }
}

extension TransferProblem.Costs {
  fileprivate var named: [(String, Int)] {
    [
      ("trip", trip), ("kilometre", kilometre), ("parcel", parcel), ("shortage", shortage),
      ("expiry", expiry),
    ]
  }

  /// What a trip costs before anything is put on it.
  package func fixed(_ route: TransferProblem.Route) -> Int { trip + kilometre * route.kilometres }

  /// What a trip with so many packs costs; nothing without packs.
  package func carriage(of packs: Int, on route: TransferProblem.Route) -> Int {
    packs == 0 ? 0 : fixed(route) + (packs + packsPerParcel - 1) / packsPerParcel * parcel
  }
}
