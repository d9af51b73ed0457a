/// The transfers of a day as a flow of units over lots and days.
///
/// A node is a centre, an expiry and a day. Units wait from day to day until they expire, serve the use of
/// a day, or are sent on the first day and arrive with their expiry some days later. Serving a unit earns
/// the cost of a shortage; expiring costs. Costs are counted in cents times `scale`, so that the price of a
/// parcel per unit is whole.
struct TransferNetwork {
  private let balance: TransferBalance
  private let horizon: Int
  private let scale: Int
  private var flow: MinimumCostFlow
  private var stages: [Stage: Int] = [:]
  /// By centre and lot.
  private var gates: [[Int]: Int] = [:]
  private var sent: [Int]
  private var supply = 0

  private static let source = 0
  private static let sink = 1
  private static let waste = 2
  private static let firstDemand = 3

  private struct Stage: Hashable { var centre: Int, expiry: Int, day: Int }

  /// - Parameters:
  ///   - balance: the centres, the ways and what can be sent on them.
  ///   - limits: units of each option that may be sent.
  ///   - fixed: cents by which a unit on a way is charged for its trip, times `scale`.
  ///   - lots: units that may leave the lot of each option, whichever way they go; nil for the limits.
  init(_ balance: TransferBalance, limits: [Int], fixed: [Int], gates lots: [Int]? = nil) {
    self.balance = balance
    horizon = balance.problem.horizon
    scale = Self.scale(of: balance.problem)
    flow = MinimumCostFlow(nodes: Self.firstDemand + balance.centres.count * balance.problem.horizon)
    sent = []
    addWasteAndDemands()
    for (index, centre) in balance.centres.enumerated() { addStock(of: centre, index) }
    sent = balance.options.enumerated().map { number, option in
      addOption(option, limit: limits[number], lot: (lots ?? limits)[number], fixed: fixed[number])
    }
  }

  /// For how long it takes.
  var arcs: Int { flow.arcs }

  static func scale(of problem: TransferProblem) -> Int { problem.packSize * problem.costs.packsPerParcel }

  /// Units sent on each option, and the least cost in cents, rounded up, of any flow of this network.
  mutating func solve() -> (units: [Int], cost: Int) {
    let demand = balance.demands.reduce(0) { $0 + $1.reduce(0, +) }
    let cost = flow.send(supply, from: Self.source, to: Self.sink).cost
    let total = Fraction(Int128(cost), Int128(scale)).roundedUp + demand * balance.problem.costs.shortage
    return (sent.map { flow.flow(on: $0) }, total)
  }

  private mutating func addWasteAndDemands() {
    flow.addArc(
      from: Self.waste,
      to: Self.sink,
      capacity: .max / 8,
      cost: balance.problem.costs.expiry * scale
    )
    for (centre, demand) in balance.demands.enumerated() {
      for (day, units) in demand.enumerated() where units > 0 {
        flow.addArc(
          from: demandNode(centre, day),
          to: Self.sink,
          capacity: units,
          cost: -balance.problem.costs.shortage * scale
        )
      }
    }
  }

  private func demandNode(_ centre: Int, _ day: Int) -> Int { Self.firstDemand + centre * horizon + day }

  private mutating func addStock(of centre: TransferProblem.Centre, _ index: Int) {
    for lot in centre.lots { enter(lot.quantity, index, expiry: lot.expiry, day: 0) }
    for delivery in centre.deliveries {
      enter(
        delivery.quantity,
        index,
        expiry: delivery.expiry,
        day: max(0, delivery.day - balance.problem.day)
      )
    }
  }

  private mutating func enter(_ quantity: Int, _ centre: Int, expiry: Int?, day: Int) {
    guard quantity > 0, day < horizon else { return }
    supply += quantity
    let node = stage(centre, lastDay(expiry), day)
    flow.addArc(from: Self.source, to: node, capacity: quantity, cost: 0)
  }

  /// The last day of use counted from today; all that lasts beyond the horizon is alike.
  private func lastDay(_ expiry: Int?) -> Int {
    min(horizon, max(-1, (expiry ?? .max / 2) - balance.problem.day))
  }

  /// The node of a centre, an expiry and a day; made with all that follows it when first asked for.
  private mutating func stage(_ centre: Int, _ expiry: Int, _ day: Int) -> Int {
    guard day <= expiry else { return Self.waste }
    guard day < horizon else { return Self.sink }
    let stage = Stage(centre: centre, expiry: expiry, day: day)
    if let node = stages[stage] { return node }
    let node = flow.addNode()
    stages[stage] = node
    flow.addArc(from: node, to: demandNode(centre, day), capacity: .max / 8, cost: 0)
    let next = self.stage(centre, expiry, day + 1)
    flow.addArc(from: node, to: next, capacity: .max / 8, cost: 0)
    return node
  }

  /// What leaves a lot passes one gate, whichever way it goes.
  private mutating func gate(_ option: TransferBalance.Option, _ expiry: Int, _ limit: Int) -> Int {
    let lot = [option.from, option.lot]
    if let node = gates[lot] { return node }
    let node = flow.addNode()
    gates[lot] = node
    flow.addArc(from: stage(option.from, expiry, 0), to: node, capacity: limit, cost: 0)
    return node
  }

  private mutating func addOption(
    _ option: TransferBalance.Option,
    limit: Int,
    lot: Int,
    fixed: Int
  ) -> Int {
    let expiry = lastDay(balance.centres[option.from].lots[option.lot].expiry)
    let start = gate(option, expiry, lot)
    let arrival = stage(option.to, expiry, balance.routes[option.route].days)
    return flow.addArc(
      from: start,
      to: arrival,
      capacity: limit,
      cost: balance.problem.costs.parcel + fixed
    )
  }
}
