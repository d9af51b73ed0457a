import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Plans {
  struct Policy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What the network wants of its stock: service, review, thresholds, escalation.",
      subcommands: [Show.self, Set.self],
      defaultSubcommand: Show.self
    )

    struct Show: AsyncParsableCommand {
      static let configuration = CommandConfiguration(abstract: "Show the policy of each criticality.")
      @OptionGroup var database: DatabaseOptions
      @OptionGroup var output: OutputOptions

      func run() async throws {
        let policies = try await database.read { try PlanningPolicy.all(in: $0) }
        try output.write(Item.Criticality.allCases.compactMap { policies[$0] })
      }
    }

    struct Set: AsyncParsableCommand, LimitedArguments {
      static let limits = [
        "service": 500...999, "review-days": 0...365, "cycle-days": 0...365, "watch": 1...1_000,
        "alert": 1...999, "critical": 1...1_000, "clear": 0...998, "quiet-days": 0...365,
        "escalate-days": 1...365,
      ]
      static let configuration = CommandConfiguration(
        abstract:
          "Change the policy of a criticality; what is not given stays. Probabilities are in thousandths."
      )
      @Argument(help: "vital, essential or standard.") var criticality: Item.Criticality
      @Option(help: "Probability of not running out before an order arrives.") var service: Int64?
      @Option(help: "Days between two looks at the stock.") var reviewDays: Int64?
      @Option(help: "Days of use that one order brings.") var cycleDays: Int64?
      @Option(help: "Watched from, if ordered only at the next review.") var watch: Int64?
      @Option(help: "An alert from, if ordered today.") var alert: Int64?
      @Option(help: "Critical from, if ordered today.") var critical: Int64?
      @Option(help: "In order again at or below.") var clear: Int64?
      @Option(help: "Days in order, at every look, before an alert ends.") var quietDays: Int64?
      @Option(help: "Days after which an unanswered alert is passed on.") var escalateDays: Int64?
      @Option(help: "Who decided it.") var source: String
      @OptionGroup var database: DatabaseOptions
      @OptionGroup var output: OutputOptions

      func run() async throws {
        let policy = try await database.write { stamp, connection in
          guard var policy = try PlanningPolicy.all(in: connection)[criticality] else {
            throw PlanError.invalid([Finding(field: "criticality", found: "", expected: "a known one")])
          }
          change(&policy)
          try policy.set(by: stamp, in: connection)
          return policy
        }
        try output.write(one: policy)
      }

      private func change(_ policy: inout PlanningPolicy) {
        policy.servicePermille = service ?? policy.servicePermille
        policy.reviewDays = reviewDays ?? policy.reviewDays
        policy.cycleDays = cycleDays ?? policy.cycleDays
        policy.watchPermille = watch ?? policy.watchPermille
        policy.alertPermille = alert ?? policy.alertPermille
        policy.criticalPermille = critical ?? policy.criticalPermille
        policy.clearPermille = clear ?? policy.clearPermille
        policy.quietDays = quietDays ?? policy.quietDays
        policy.escalateDays = escalateDays ?? policy.escalateDays
        policy.source = source
      }
    }
  }
}

extension Item.Criticality: ExpressibleByArgument {}

extension PlanningPolicy: Listed {
  package static let columns: [TextTable.Column] = [
    .init("criticality"), .init("service", .right), .init("review", .right), .init("cycle", .right),
    .init("watch from", .right), .init("alert from", .right), .init("critical from", .right),
    .init("in order at", .right), .init("ends after", .right), .init("passed on after", .right),
    .init("source"),
  ]
  package var cells: [String] {
    [criticality.rawValue, probability(servicePermille), "\(reviewDays) d", "\(cycleDays) d"]
      + [watchPermille, alertPermille, criticalPermille, clearPermille].map { probability($0) }
      + ["\(quietDays) d", "\(escalateDays) d", source]
  }
}
