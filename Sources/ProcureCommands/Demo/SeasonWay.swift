import Planning

/// How the network decides in a replay. What the centres are asked for, what they report, how short the suppliers fall and how
/// that is shared is the same in both.
enum SeasonWay: Sendable {
  /// Days of cover raise alerts, orders fill up to a number of days at the rate of the last weeks, the greedy rule awards, and
  /// who has most helps who has least.
  case rules
  /// A plan run each Monday raises alerts by probability, orders fill up to its levels, awards are proven optima, and transfers
  /// are those of least cost by what the plan foresees.
  case plans(any Solver)

  var isPlanned: Bool { if case .plans = self { true } else { false } }
}
