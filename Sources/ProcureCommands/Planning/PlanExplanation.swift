import Inventory
import Planning
import Procurement

/// A plan's line in sentences that can be checked by hand.
struct PlanExplanation {
  let run: PlanRun
  let line: PlanLine

  var text: String {
    let parts = [heading, stock, demand, risk, policy, proposal, actions, signals]
    return parts.flatMap { $0 }.joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    ["\(line.item) at \(line.place), as of \(run.asOf) (run \(run.id.rawValue), seed \(run.parameters.seed))"]
  }

  private var stock: [String] {
    let age = line.reportedOn.map { "last report \($0), \(run.asOf - $0) days old" } ?? "never reported"
    return ["stock: \(line.usable) usable, \(line.coming) coming; \(age)"]
  }

  private var demand: [String] {
    guard let forecast = line.forecast else { return ["demand: nobody knows; nothing was ever reported"] }
    let weeks = forecast.weeks.prefix(4).map { week in
      "\(thousandths(week.mean)) (\(week.quantiles.first ?? 0) to \(week.quantiles.last ?? 0))"
    }
    let notes = [
      forecast.isSurging ? "demand has doubled of late" : nil,
      forecast.borrowed.map {
        $0 == .otherCentres ? "borrowed from other centres" : "borrowed from its category"
      },
      forecast.scenarios.isEmpty ? nil : "follows \(forecast.scenarios.joined(separator: ", "))",
    ].compactMap { $0 }
    let why = notes.isEmpty ? "" : "; " + notes.joined(separator: "; ")
    return [
      "demand: \(forecast.pattern.rawValue), next weeks \(weeks.joined(separator: ", ")), from 0.1 to 0.95\(why)"
    ]
  }

  private var risk: [String] {
    guard let risk = line.risk else { return ["risk: unknown, because the demand is"] }
    let lead = risk.leadDays.map { "\($0)" }.joined(separator: " to ")
    func day(_ day: Day?) -> String { day?.description ?? "beyond the forecast" }
    return [
      "risk: \(probability(risk.permille)) to run out before a delivery ordered today (\(lead) days), "
        + "\(probability(risk.waitingPermille)) if it is ordered only at the next review",
      "runs out: \(day(risk.median)), one in ten by \(day(risk.early)), nine in ten by \(day(risk.late))",
      "short by then: \(risk.meanShort) on average, over \(risk.highShort) in one future of ten",
    ]
  }

  private var policy: [String] {
    guard let policy = line.policy else { return [] }
    let names = ["safety stock", "reorder point", "order up to"]
    return zip(names, policy.why).map { "\($0): \($1)" } + ["review: every \(policy.reviewDays) days"]
  }

  private var proposal: [String] {
    line.proposal.map { ["order: \($0.quantity) (\($0.packs) packs): \($0.why)"] } ?? []
  }

  private var actions: [String] { line.actions.map { "action: \($0.sentence)" } }
  private var signals: [String] { line.signals.map { "signal: \($0.sentence)" } }

  private func thousandths(_ mean: Int64) -> String {
    let tenths = Rounding.halfUp.divide(mean, by: 100)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
