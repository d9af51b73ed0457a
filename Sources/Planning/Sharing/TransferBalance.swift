/// A transfer problem with its centres and ways numbered, and the exact consequences of any set of
/// shipments: the only judge of a plan.
struct TransferBalance {
  /// One lot of one centre on one way.
  struct Option: Hashable {
    var from: Int
    var lot: Int
    var to: Int
    var route: Int
  }

  let problem: TransferProblem
  /// In order of code, which settles ties.
  let centres: [TransferProblem.Centre]
  let routes: [TransferProblem.Route]
  let options: [Option]
  /// The options that give or take at a centre, and those that share a way.
  private let touching: [[Int]]
  private let onWay: [[Int]]
  let demands: [[Int]]
  /// Every centre when nothing is sent.
  let undisturbed: [StockProjection]

  init(_ problem: TransferProblem) {
    let sorted = problem.centres.sorted { $0.code < $1.code }
    self.problem = problem
    centres = sorted.map { centre in
      var centre = centre
      centre.lots.sort { ($0.expiry ?? .max, $0.code) < ($1.expiry ?? .max, $1.code) }
      return centre
    }
    routes = problem.routes.sorted {
      ($0.from, $0.to, $0.days, $0.kilometres) < ($1.from, $1.to, $1.days, $1.kilometres)
    }
    let numbers = Dictionary(centres.enumerated().map { ($1.code, $0) }) { first, _ in first }
    let options = Self.options(centres, routes, numbers, problem)
    self.options = options
    touching = centres.indices.map { centre in
      options.indices.filter { options[$0].from == centre || options[$0].to == centre }
    }
    onWay = routes.indices.map { way in options.indices.filter { options[$0].route == way } }
    demands = centres.map { $0.use.schedule(days: problem.horizon) }
    undisturbed = zip(centres, demands).map { centre, demand in
      StockProjection(lots: Self.lots(of: centre), demand: demand, from: problem.day)
    }
  }

  /// What can be sent at all: whole packs of a lot that is still good on arrival inside the horizon.
  private static func options(
    _ centres: [TransferProblem.Centre],
    _ routes: [TransferProblem.Route],
    _ numbers: [String: Int],
    _ problem: TransferProblem
  ) -> [Option] {
    routes.enumerated().flatMap { number, route -> [Option] in
      guard let from = numbers[route.from], let to = numbers[route.to], route.days < problem.horizon,
        centres[to].use.quantity > 0
      else { return [] }
      return centres[from].lots.enumerated().compactMap { lot, held in
        let isGood = (held.expiry ?? .max) >= problem.day + route.days
        return isGood && held.quantity >= problem.packSize
          ? Option(from: from, lot: lot, to: to, route: number) : nil
      }
    }
  }

  private static func lots(of centre: TransferProblem.Centre) -> [UsableLot] {
    centre.lots.map { UsableLot($0.quantity, from: .min, until: $0.expiry) }
      + centre.deliveries.map { UsableLot($0.quantity, from: $0.day, until: $0.expiry) }
  }

  /// A centre with everything that it gives and receives.
  func projection(of centre: Int, with packs: [Int]) -> StockProjection {
    var lots = Self.lots(of: centres[centre])
    for (number, option) in touching[centre].map({ ($0, options[$0]) }) where packs[number] > 0 {
      let quantity = packs[number] * problem.packSize
      if option.from == centre { lots[option.lot].quantity -= quantity }
      if option.to == centre {
        let expiry = centres[option.from].lots[option.lot].expiry
        lots.append(UsableLot(quantity, from: problem.day + routes[option.route].days, until: expiry))
      }
    }
    return StockProjection(lots: lots, demand: demands[centre], from: problem.day)
  }

  /// Whether a centre has what it gives, receives nothing itself and is on no morning below its threshold
  /// because it gave.
  func isAllowed(_ centre: Int, _ packs: [Int], _ projection: StockProjection) -> Bool {
    var given = centres[centre].lots.map { _ in 0 }
    let receives = touching[centre].contains { packs[$0] > 0 && options[$0].to == centre }
    for (number, option) in touching[centre].map({ ($0, options[$0]) }) where option.from == centre {
      given[option.lot] += packs[number] * problem.packSize
    }
    guard given.contains(where: { $0 > 0 }) else { return true }
    guard !receives, zip(given, centres[centre].lots).allSatisfy({ $0 <= $1.quantity }) else {
      return false
    }
    return zip(projection.mornings, undisturbed[centre].mornings).allSatisfy {
      $0 >= min($1, centres[centre].threshold)
    }
  }

  func penalty(_ projection: StockProjection) -> Int {
    projection.shortfall * problem.costs.shortage + projection.waste * problem.costs.expiry
  }

  /// Cents for carrying the packs on some of the ways: each way is one trip.
  func transport(_ packs: [Int], on ways: some Sequence<Int>) -> Int {
    ways.reduce(0) { sum, way in
      let load = onWay[way].reduce(0) { $0 + packs[$1] }
      return sum + problem.costs.carriage(of: load, on: routes[way])
    }
  }
}
