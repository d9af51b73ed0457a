/// A supply too small for everybody: what arrives and when, and what each centre has, uses and asks.
///
/// Quantities are base units, days are day numbers; what is nil was not declared, which is not zero.
package struct AllocationProblem: Hashable, Sendable {
  package struct Centre: Hashable, Sendable {
    package var code: String
    /// Usable units in hand on `AllocationProblem.day`.
    package var stock: Int
    package var use: DailyUse?
    package var asked: Int?
    /// What the centre uses over the same period in normal times, declared before the shortage.
    package var baseline: Int?
    /// Units that the centre must get whatever the rule says.
    package var floor: Int
    /// The most that the centre can take, for example before the product expires.
    package var limit: Int?
    /// 1 is served first.
    package var priority: Int

    package init(
      _ code: String,
      stock: Int = 0,
      use: DailyUse? = nil,
      asked: Int? = nil,
      baseline: Int? = nil,
      floor: Int = 0,
      limit: Int? = nil,
      priority: Int = 1
    ) {
      (self.code, self.stock, self.use, self.asked) = (code, stock, use, asked)
      (self.baseline, self.floor, self.limit, self.priority) = (baseline, floor, limit, priority)
    }
  }

  package struct Delivery: Hashable, Sendable {
    package var day: Int
    package var quantity: Int
    /// The last day on which the product may be used.
    package var expiry: Int?

    package init(day: Int, quantity: Int, expiry: Int? = nil) {
      (self.day, self.quantity, self.expiry) = (day, quantity, expiry)
    }
  }

  /// The day on which the stocks were counted.
  package var day: Int
  package var packSize: Int
  /// The fewest packs worth sending, unless a centre needs fewer.
  package var minimumPacks: Int
  /// Units kept at the network before anything is shared.
  package var reserve: Int
  package var deliveries: [Delivery]
  package var centres: [Centre]
  /// No request counts above the declared baseline.
  package var capAtBaseline: Bool
  /// Days of cover that a centre needs when it neither asked nor declared a baseline.
  package var coverTarget: Int?

  package init(
    day: Int = 0,
    packSize: Int = 1,
    minimumPacks: Int = 1,
    reserve: Int = 0,
    deliveries: [Delivery],
    centres: [Centre],
    capAtBaseline: Bool = true,
    coverTarget: Int? = nil
  ) {
    (self.day, self.packSize, self.minimumPacks, self.reserve) = (day, packSize, minimumPacks, reserve)
    (self.deliveries, self.centres) = (deliveries, centres)
    (self.capAtBaseline, self.coverTarget) = (capAtBaseline, coverTarget)
  }

  /// Units that the centre needs in all, as far as its request counts; nil when nothing says how many.
  package func need(of centre: Centre) -> Int? {
    if let asked = centre.asked, let baseline = centre.baseline, capAtBaseline { return min(asked, baseline) }
    if let declared = centre.asked ?? centre.baseline { return declared }
    guard let coverTarget, let use = centre.use else { return nil }
    return max(0, use.units(in: coverTarget) - centre.stock)
  }

  package var supply: Int { deliveries.reduce(0) { $0 + $1.quantity } }
}

extension AllocationProblem {
  /// Everything that is wrong with the numbers themselves, whatever the rule.
  package var faults: [SharingFault] {
    var faults: [SharingFault] = []
    func require(_ holds: Bool, _ path: String, _ found: Any?, _ expected: String) {
      if holds { return }
      faults.append(SharingFault(path, found: found.map { "\($0)" } ?? "nothing", expected: expected))
    }
    let quantity = 0...SharingLimits.quantity
    require(packSize >= 1 && quantity ~= packSize, "packSize", packSize, "at least 1")
    require(minimumPacks >= 1 && quantity ~= minimumPacks, "minimumPacks", minimumPacks, "at least 1")
    require(quantity ~= reserve, "reserve", reserve, "a quantity from 0")
    let isTarget = coverTarget.map { 1...SharingLimits.days ~= $0 } ?? true
    require(isTarget, "coverTarget", coverTarget, "days from 1")
    require(!deliveries.isEmpty, "deliveries", "none", "at least one delivery")
    require(!centres.isEmpty, "centres", "none", "at least one centre")
    for (index, delivery) in deliveries.enumerated() {
      let path = "deliveries[\(index)]"
      require(quantity ~= delivery.quantity, path + ".quantity", delivery.quantity, "a quantity from 0")
      require(delivery.day >= day, path + ".day", delivery.day, "a day not before that of the stocks")
      let isFresh = delivery.expiry.map { $0 >= delivery.day } ?? true
      require(isFresh, path + ".expiry", delivery.expiry, "a day not before that of the delivery")
    }
    for (index, centre) in centres.enumerated() {
      let path = "centres[\(index)]"
      for (name, value) in centre.quantities {
        require(quantity ~= value, "\(path).\(name)", value, "a quantity from 0")
      }
      require(centre.priority >= 1, path + ".priority", centre.priority, "a class from 1")
      let first = centres.firstIndex { $0.code == centre.code }
      require(first == index, path + ".centre", centre.code, "a code that appears once")
    }
    return faults
  }
}

extension AllocationProblem.Centre {
  fileprivate var quantities: [(String, Int)] {
    [("stock", stock), ("floor", floor)]
      + [("asked", asked), ("baseline", baseline), ("limit", limit), ("dailyUse", use?.quantity)]
      .compactMap { name, value in value.map { (name, $0) } }
  }
}
