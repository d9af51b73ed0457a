/// A first supply of an item or a kit to every centre: what arrives when, who is ready when, and how much
/// each needs to begin and in all. Quantities are base units (of the kit, for a kit), days are day numbers.
package struct RolloutProblem: Hashable, Sendable {
  package struct Centre: Hashable, Sendable {
    package var code: String
    /// The first day on which the centre can receive and use the item.
    package var ready: Int
    /// Units below which a delivery does not let the centre begin.
    package var firstTranche: Int
    /// Units that the centre is to receive in all.
    package var target: Int
    /// Without it, progress towards the target stands for cover.
    package var use: DailyUse?
    /// What earlier waves brought; nil where the centre has not begun.
    package var begun: Begun?

    package init(
      _ code: String,
      ready: Int,
      firstTranche: Int,
      target: Int,
      use: DailyUse? = nil,
      begun: Begun? = nil
    ) {
      (self.code, self.ready, self.firstTranche) = (code, ready, firstTranche)
      (self.target, self.use, self.begun) = (target, use, begun)
    }
  }

  /// Where a centre stands that has had its first tranche.
  package struct Begun: Hashable, Sendable {
    package var day: Int
    /// Units delivered so far, and what is left of them on the first day that is planned.
    package var delivered: Int
    package var stock: Int

    package init(day: Int, delivered: Int, stock: Int) {
      (self.day, self.delivered, self.stock) = (day, delivered, stock)
    }
  }

  package struct Arrival: Hashable, Sendable {
    package var day: Int
    package var quantity: Int

    package init(day: Int, quantity: Int) { (self.day, self.quantity) = (day, quantity) }
  }

  package var packSize: Int
  package var arrivals: [Arrival]
  package var centres: [Centre]
  /// The first day that is planned: what is to come of earlier arrivals comes then. Nil for the first of all days.
  package var day: Int?

  package init(packSize: Int = 1, arrivals: [Arrival], centres: [Centre], day: Int? = nil) {
    (self.packSize, self.arrivals, self.centres, self.day) = (packSize, arrivals, centres, day)
  }
}

/// A component of a kit: how many units one kit takes, and when they arrive.
package struct KitComponent: Hashable, Sendable {
  package var code: String
  package var perKit: Int
  package var arrivals: [RolloutProblem.Arrival]

  package init(_ code: String, perKit: Int, arrivals: [RolloutProblem.Arrival]) {
    (self.code, self.perKit, self.arrivals) = (code, perKit, arrivals)
  }
}

extension RolloutProblem.Arrival {
  /// The days on which more kits can be made up, and how many: on every day the least that any component
  /// allows of what has arrived so far.
  package static func kits(from components: [KitComponent]) -> [Self] {
    let days = Set(components.flatMap { $0.arrivals.map(\.day) }).sorted()
    var made = 0
    return days.compactMap { day in
      let possible =
        components.map { component in
          component.arrivals.reduce(0) { $1.day <= day ? $0 + $1.quantity : $0 } / component.perKit
        }.min() ?? 0
      defer { made = max(made, possible) }
      return possible > made ? Self(day: day, quantity: possible - made) : nil
    }
  }
}

extension RolloutProblem {
  package var faults: [SharingFault] {
    var faults: [SharingFault] = []
    func require(_ holds: Bool, _ path: String, _ found: Any, _ expected: String) {
      if !holds { faults.append(SharingFault(path, found: "\(found)", expected: expected)) }
    }
    let quantity = 0...SharingLimits.quantity
    require(1...SharingLimits.quantity ~= packSize, "packSize", packSize, "at least 1")
    require(!centres.isEmpty, "centres", "none", "at least one centre")
    for (index, arrival) in arrivals.enumerated() {
      let path = "arrivals[\(index)].quantity"
      require(quantity ~= arrival.quantity, path, arrival.quantity, "a quantity from 0")
    }
    for (index, centre) in centres.enumerated() {
      let path = "centres[\(index)]"
      require(quantity ~= centre.target, path + ".target", centre.target, "a quantity from 0")
      let begins = 0...max(0, centre.target) ~= centre.firstTranche
      require(begins, path + ".firstTranche", centre.firstTranche, "a quantity from 0 to the target")
      let delivered = centre.begun?.delivered ?? 0
      require(quantity ~= delivered, path + ".delivered", delivered, "a quantity from 0")
      let use = centre.use?.quantity ?? 0
      require(quantity ~= use, path + ".dailyUse", use, "a quantity from 0")
      let first = centres.firstIndex { $0.code == centre.code }
      require(first == index, path + ".centre", centre.code, "a code that appears once")
    }
    return faults
  }
}
