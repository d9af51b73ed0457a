import Testing

@testable import Planning

@Suite struct CalibrationTests {
  /// Outcomes spread evenly between two probabilities.
  private func even(_ low: Double, _ high: Double, count: Int = 2000) -> [Double] {
    (0..<count).map { low + (high - low) * (Double($0) + 0.5) / Double(count) }
  }

  @Test func `forecasts that were right are left as they are`() {
    let map = Calibration(outcomes: [even(0, 1), even(0, 1), even(0, 1)])
    for level in [0.05, 0.5, 0.95] { #expect(abs(map.called(level) - level) < 0.01) }
  }

  @Test func `forecasts that were too wide are read further in`() {
    let map = Calibration(outcomes: [even(0.2, 0.8), even(0.2, 0.8), even(0.2, 0.8)])
    #expect(abs(map.called(0.95) - 0.77) < 0.01)
    #expect(abs(map.called(0.05) - 0.23) < 0.01)
  }

  @Test func `late origins count more than early ones where memory is short`() {
    let outcomes = [even(0.2, 0.8), even(0, 1), even(0, 1)]
    let (equal, recent) = (Calibration(outcomes: outcomes), Calibration(outcomes: outcomes, memory: 0.3))
    #expect(recent.called(0.95) < equal.called(0.95))
    #expect(recent.called(0.05) > equal.called(0.05))
  }

  @Test func `a map after another reads corrected forecasts as the map alone reads raw ones`() {
    let first = Calibration(outcomes: [even(0.1, 0.9), even(0.1, 0.9)])
    let second = Calibration(outcomes: [even(0.05, 0.95), even(0.05, 0.95)])
    let after = second.after(first)
    for level in [0.105, 0.505, 0.905] {
      #expect(abs(first.called(after.called(level)) - second.called(level)) < 1e-6)
    }
    let levels = (0...100).map { after.called(Double($0) / 100) }
    #expect(levels == levels.sorted())
  }

  @Test func `without outcomes nothing is corrected`() {
    let none = Calibration(outcomes: [[], []], memory: 0.6)
    #expect(none == .identity)
    #expect(none.after(.identity).called(0.95) == 0.95)
  }
}
