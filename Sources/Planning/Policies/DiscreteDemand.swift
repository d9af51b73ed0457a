import Glibc

/// A demand in whole units with a known probability for each.
package struct DiscreteDemand: Hashable, Sendable {
  /// Probability of 0, 1, 2, … units.
  package let probabilities: [Double]
  private let cumulatives: [Double]
  package let mean: Double

  package init(_ probabilities: [Double]) {
    self.probabilities = probabilities
    cumulatives = probabilities.reduce(into: []) { $0.append(($0.last ?? 0) + $1) }
    mean = probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
  }

  /// The Poisson demand, cut where what is left is below 1e-16 of the whole.
  package static func poisson(mean: Double) -> Self {
    let last = Int(mean + 12 * mean.squareRoot() + 30)
    var logarithm = -mean
    return Self(
      (0...last).map { units in
        if units > 0 { logarithm += log(mean / Double(units)) }
        return exp(logarithm)
      }
    )
  }

  package func cumulative(_ units: Int) -> Double {
    units < 0 ? 0 : units < cumulatives.count ? cumulatives[units] : 1
  }

  /// The least whole stock that is enough with probability `level` or more.
  package func quantile(_ level: Double) -> Int {
    cumulatives.firstIndex { $0 >= level - 1e-12 } ?? probabilities.count - 1
  }

  /// E[max(D − x, 0)] for a whole x of either sign.
  package func loss(_ x: Int) -> Double {
    guard x > 0 else { return mean - Double(x) }
    return x < probabilities.count
      ? probabilities[x...].enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } : 0
  }
}

/// The cost of a stock against a random demand: `holding` for a unit too many, `shortage` for one too few.
package struct Newsvendor: Hashable, Sendable {
  package var holding: Double
  package var shortage: Double

  package init(holding: Double, shortage: Double) { (self.holding, self.shortage) = (holding, shortage) }

  /// A unit bought at `cost` and sold at `revenue`, or given back at `salvage`: overage and underage.
  package init(
    revenue: Double,
    cost: Double,
    salvage: Double,
    holding: Double = 0,
    shortage: Double = 0
  ) {
    self.init(holding: holding + cost - salvage, shortage: shortage + revenue - cost)
  }

  /// The probability of being enough that is worth its cost: p/(h + p).
  package var level: Double { shortage / (holding + shortage) }

  /// The best stock, the least whole one whose probability of being enough reaches `level`.
  package func stock(for demand: DiscreteDemand) -> Int { demand.quantile(level) }

  /// The best stock for a normal demand; as stock it is rounded up.
  package func stock(for demand: NormalDemand) -> Double { demand.quantile(level) }

  package func cost(of stock: Int, for demand: DiscreteDemand) -> Double {
    let loss = demand.loss(stock)
    return holding * (Double(stock) - demand.mean + loss) + shortage * loss
  }

  package func cost(of stock: Double, for demand: NormalDemand) -> Double {
    holding * demand.excess(stock) + shortage * demand.loss(stock)
  }
}

/// A demand whose logarithm is normal.
package struct LogNormalDemand: Hashable, Sendable {
  package var median: Double
  package var logDeviation: Double

  package init(median: Double, logDeviation: Double) {
    (self.median, self.logDeviation) = (median, logDeviation)
  }

  package var mean: Double { median * exp(logDeviation * logDeviation / 2) }
  package func quantile(_ level: Double) -> Double {
    median * exp(logDeviation * StandardNormal.quantile(level))
  }
  /// E[max(D − x, 0)], the formula of Black and Scholes.
  package func loss(_ x: Double) -> Double {
    let reach = log(median / x) / logDeviation
    return mean * StandardNormal.cumulative(reach + logDeviation) - x * StandardNormal.cumulative(reach)
  }
}

/// One period of a longer story: what is left over is worth next period's price.
package struct MyopicPeriod: Hashable, Sendable {
  package var costs: Newsvendor
  package var price: Double
  package var nextPrice: Double
  package var discount: Double

  package init(costs: Newsvendor, price: Double, nextPrice: Double, discount: Double) {
    (self.costs, self.price, self.nextPrice, self.discount) = (costs, price, nextPrice, discount)
  }

  package func stock(for demand: NormalDemand) -> Double {
    demand.quantile((costs.shortage - price + discount * nextPrice) / (costs.holding + costs.shortage))
  }

  package func cost(of stock: Double, for demand: NormalDemand) -> Double {
    price * stock + costs.cost(of: stock, for: demand) - discount * nextPrice * (stock - demand.mean)
  }
}
