extension StockPolicy {
  /// The policy for a demand known by its daily mean d and standard deviation σ.
  ///
  /// With lead time L ± σL and review period R, all in days, and z the quantile of the service level:
  /// safety stock = z·√((L + R)·σ² + d²·σL²), at least the legal cover; reorder point = d·(L + R) + safety
  /// stock; order-up-to = reorder point + d·cycle. Each product is rounded up to whole units by itself, so
  /// that the lines of the explanation add up. Silver, Pyke and Thomas, "Inventory and Production
  /// Management in Supply Chains" (4th edition, 2017), chapters 6 and 7.
  package init(demand: NormalDemand, terms: PolicyTerms) {
    let span = terms.leadTime.mean + Double(terms.reviewDays)
    let quantile = StandardNormal.quantile(terms.serviceLevel)
    let spread =
      (span * demand.deviation * demand.deviation
      + demand.mean * demand.mean * terms.leadTime.deviation * terms.leadTime.deviation).squareRoot()
    self.init(
      statistical: ceilingUnits(quantile * spread),
      spanDemand: ceilingUnits(demand.mean * span),
      mean: demand.mean,
      terms: terms,
      how: "\(decimals(quantile, 3)) × √(\(decimals(span, 1)) d × \(decimals(demand.deviation, 2))² + "
        + "\(decimals(demand.mean, 2))² × \(decimals(terms.leadTime.deviation, 1))²)",
      span: "\(decimals(demand.mean, 2)) a day × \(decimals(span, 1)) days"
    )
  }

  /// The policy for a demand known by sample paths: quantiles of the simulated demand over lead time and
  /// review, whatever its shape.
  package init(paths: DemandPaths, leadTimes: LeadTimes, terms: PolicyTerms) {
    let span = paths.demand(over: leadTimes, plus: terms.reviewDays)
    let expected = span.meanRoundedUp
    self.init(
      statistical: max(0, span.quantile(terms.serviceLevel) - expected),
      spanDemand: expected,
      mean: paths.meanPerDay,
      terms: terms,
      how: "the \(decimals(terms.serviceLevel * 100, 1)) % quantile "
        + "\(span.quantile(terms.serviceLevel)) of the simulated demand, less its mean \(expected)",
      span: "mean simulated demand over lead time and review"
    )
  }

  private init(
    statistical: Int,
    spanDemand: Int,
    mean: Double,
    terms: PolicyTerms,
    how: String,
    span: String
  ) {
    let legal = ceilingUnits(mean * Double(terms.legalCoverDays))
    let cycle = ceilingUnits(mean * Double(terms.cycleDays))
    let law = "\(terms.legalCoverDays) days of legal cover × \(decimals(mean, 2)) a day"
    safetyStock = max(statistical, legal)
    reorderPoint = spanDemand + safetyStock
    orderUpTo = reorderPoint + cycle
    reviewDays = terms.reviewDays
    explanation = Explanation(
      safetyStock: legal > statistical
        ? "\(legal) = \(law), above \(statistical) = \(how)"
        : "\(statistical) = \(how)" + (legal > 0 ? ", above \(legal) = \(law)" : ""),
      reorderPoint: "\(reorderPoint) = \(spanDemand) (\(span)) + safety stock \(safetyStock)",
      orderUpTo: "\(orderUpTo) = reorder point \(reorderPoint) + \(cycle) "
        + "(\(decimals(mean, 2)) a day × \(terms.cycleDays) days of order cycle)"
    )
  }
}

/// Stock is whole units: a fraction of a unit is rounded up, after noise of the last bits is dropped.
func ceilingUnits(_ value: Double) -> Int { Int((value - 1e-9).rounded(.up)) }

/// For explanations: `value` with so many decimals.
func decimals(_ value: Double, _ places: Int) -> String {
  let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
  return Fraction(Int128((value * scale).rounded()), Int128(scale)).decimal(places: places)
}
