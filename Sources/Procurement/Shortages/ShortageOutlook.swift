import Inventory

/// What a plan run says of a position: how likely it is to run out, when, and what can be done.
package struct ShortageOutlook: Equatable, Sendable, Codable {
  /// The run.
  package var run: Int64
  /// Nil where the use is unknown.
  package var risk: PlanLine.Risk?
  /// What would help, the first to be considered first, each with what it makes of the probability.
  package var actions: [PlanLine.Action]
  package var signals: [SupplySignal]

  /// One line that tells why: what the supply side says where that calls for an alert by itself, how likely, by when, from
  /// what figures, and what helps most.
  func sentence(of evidence: ShortageEvidence) -> String {
    let age =
      evidence.reportedOn.map { "report of \($0)\(evidence.isStale ? ", stale" : "")" } ?? "never reported"
    let figures = "\(evidence.usable) usable, \(evidence.coming) coming; \(age)"
    let reasons = signals.filter { $0.severity != nil }.map(\.sentence)
    let remarks = signals.filter { $0.severity == nil }.map(\.sentence)
    return
      (reasons + [likelihood, figures] + remarks + (actions.first.map { ["best: \($0.sentence)"] } ?? []))
      .joined(separator: "; ")
  }

  private var likelihood: String {
    guard let risk else { return "use unknown" }
    let day = risk.median.map { median in
      ", about \(median)" + (risk.early.map { " (\($0) to \(risk.late?.description ?? "later"))" } ?? "")
    }
    return "\(probability(risk.permille)) to run out before a delivery ordered today, "
      + "\(probability(risk.waitingPermille)) if it waits\(day ?? "")"
  }
}

extension PlanLine.Action {
  /// What to do, and what it makes of the probability of running out; what that says too little of after it: what is lacking
  /// whatever is done, and how it looks over the simulated weeks.
  package var sentence: String {
    let lacking = meanShort.map { "\($0) lacking on average" }
    let later = horizonPermille.map { "\(probability($0)) by the forecast's end if nothing more is ordered" }
    return [step, lacking, later].compactMap(\.self).joined(separator: "; ")
  }

  private var step: String {
    let effect = "\(probability(waitingPermille)) left"
    let units = quantity.map { "\($0)" } ?? ""
    let from = with ?? ""
    let there = arrives.map { ", there on \($0)" } ?? ""
    switch kind {
    case .transfer:
      let donor = donorPermille.map { ", the donor then at \(probability($0))" } ?? ""
      return "transfer \(units) from \(from)\(there): \(effect)\(donor)"
    case .order: return "order \(units) by \(from)\(there): \(effect)"
    case .bringForward: return "bring campaign \(from) forward for \(units)\(there): \(effect)"
    case .raiseCeiling: return "renew \(from), or raise its ceiling by \(units)\(there): \(effect)"
    case .newSupplier: return "find another supplier for \(units)\(there): \(effect)"
    case .substitute: return "use \(from) instead, for \(units): \(effect)"
    case .ration: return "ration to \(percent.map { "\($0)" } ?? "") % of the demand: \(effect)"
    }
  }
}

/// A probability as a person reads it, from thousandths.
private func probability(_ permille: Int64) -> String { "\(permille / 10).\(permille % 10) %" }

extension PlanningPolicy {
  /// The severity of a position by a run; nil where nothing is short.
  ///
  /// What stands goes up at once and comes down late: a critical alert once the probability is below halfway between the two
  /// limits, an alert or a watch once it is at or below the clear level. While the use is unknown it stays. Signals of the
  /// supply side are facts and have no such delay.
  package func severity(of evidence: ShortageEvidence, standing: Severity? = nil) -> Severity? {
    guard let outlook = evidence.outlook else { return standing }
    let signalled = outlook.signals.compactMap(\.severity).max()
    guard let risk = outlook.risk else { return [standing, signalled].compactMap(\.self).max() }
    var found = level(risk, evidence)
    if let standing, standing > (found ?? .watch) || found == nil {
      found = [found, held(standing, risk, evidence)].compactMap(\.self).max()
    }
    return [found, signalled].compactMap(\.self).max()
  }

  private func level(_ risk: PlanLine.Risk, _ evidence: ShortageEvidence) -> Severity? {
    if evidence.usable == .zero, evidence.used.map({ $0 > .zero }) == true { return .stockOut }
    if risk.permille >= criticalPermille { return .critical }
    if risk.permille >= alertPermille { return .alert }
    return risk.waitingPermille >= watchPermille ? .watch : nil
  }

  /// What is left of a severity that stands: it is kept while its own figure has not come down far enough.
  private func held(_ standing: Severity, _ risk: PlanLine.Risk, _ evidence: ShortageEvidence) -> Severity? {
    switch standing {
    case .stockOut: return evidence.usable == .zero ? .stockOut : held(.critical, risk, evidence)
    case .critical:
      let halfway = (criticalPermille + alertPermille) / 2
      return risk.permille >= halfway ? .critical : held(.alert, risk, evidence)
    case .alert: return risk.permille > clearPermille ? .alert : held(.watch, risk, evidence)
    case .watch: return risk.waitingPermille > clearPermille ? .watch : nil
    }
  }
}
