/// How the expected demand moves: one way to learn a level from what was used.
struct Dynamics: Equatable, Sendable {
  /// The share of a surprise that stays in the level once the history is long: α of exponential smoothing.
  let gain: Double
  /// How much of the growth between two periods carries on in the next (φ of the damped trend); 0 has none.
  let damping: Double
  let isSeasonal: Bool

  /// From a level that hardly moves to an epidemic that doubles. The history and the other series of the class
  /// decide between them; none is tuned by hand.
  static let all: [Dynamics] = [false, true].flatMap { seasonal in
    [
      Dynamics(gain: 0.02, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.05, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.1, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.2, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.4, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.75, damping: 0, isSeasonal: seasonal),
      Dynamics(gain: 0.4, damping: 0.6, isSeasonal: seasonal),
      Dynamics(gain: 0.75, damping: 0.4, isSeasonal: seasonal),
      Dynamics(gain: 1, damping: 0.4, isSeasonal: seasonal),
      Dynamics(gain: 1, damping: 0, isSeasonal: seasonal),
    ]
  }
}
