/// What the sources of each kind of pack offer in a branch: lines over ranges, cheapest first, which makes the
/// cost of so many packs of a kind convex.
struct KindSupply {
  struct Source {
    var source: Int
    var least: Int
    var most: Int
    var slope: Double
  }

  /// By kind, by slope.
  let sources: [[Source]]
  let sizes: [Int]

  init(_ kinds: [PointTables.Kind], _ lines: [CostLine], _ ranges: [BlockRange]) {
    sizes = kinds.map(\.size)
    sources = kinds.map { kind in
      kind.sources.compactMap { source in
        guard let packs = ranges[source].packs, lines[source].slope.isFinite else { return nil }
        let least = ranges[source].allowsNone ? 0 : packs.lowerBound
        return Source(source: source, least: least, most: packs.upperBound, slope: lines[source].slope)
      }
      .sorted { ($0.slope, $0.source) < ($1.slope, $1.source) }
    }
  }

  func least(_ kind: Int) -> Int { sources[kind].reduce(0) { $0 + $1.least } }
  func most(_ kind: Int) -> Int { sources[kind].reduce(0) { $0 + $1.most } }

  /// `min Σ (slope − price) × packs` over the kind's ranges, and the packs that reach it: a range where a
  /// source costs just the price.
  func answer(_ kind: Int, _ price: Double) -> (value: Double, least: Int, most: Int) {
    var answer = (value: 0.0, least: 0, most: 0)
    for source in sources[kind] {
      let margin = source.slope - price
      answer.least += margin < 0 ? source.most : source.least
      answer.most += margin > 0 ? source.least : source.most
      answer.value += margin == 0 ? 0 : margin * Double(margin < 0 ? source.most : source.least)
    }
    return answer
  }

  /// Packs of each source that make up the kind's total for least; nil where the ranges do not allow it.
  func split(_ kind: Int, _ total: Int, into packs: inout [Int]) -> Bool {
    var left = total - least(kind)
    guard left >= 0 else { return false }
    for source in sources[kind] {
      let more = min(left, source.most - source.least)
      packs[source.source] = source.least + more
      left -= more
    }
    return left == 0
  }

  /// Prices to begin with: what the last unit costs where the points are one and packs can be opened. A kind
  /// all of whose sources cost more than that is priced at its cheapest.
  func startingPrices(need: Int) -> [Double]? {
    var left = need
    var offers: [(unit: Double, units: Int)] = []
    for kind in sources.indices {
      for source in sources[kind] {
        left -= source.least * sizes[kind]
        let units = (source.most - source.least) * sizes[kind]
        if units > 0 { offers.append((source.slope / Double(sizes[kind]), units)) }
      }
    }
    var unit = left > 0 ? Double.infinity : 0
    for offer in offers.sorted(by: { $0.unit < $1.unit }) where left > 0 {
      left -= offer.units
      unit = offer.unit
    }
    guard left <= 0 else { return nil }
    return sources.indices.map { kind in
      guard most(kind) > 0 else { return .infinity }
      let price = unit * Double(sizes[kind])
      let cheapest = sources[kind].first { $0.most > $0.least }?.slope ?? price
      return max(price, cheapest)
    }
  }
}
