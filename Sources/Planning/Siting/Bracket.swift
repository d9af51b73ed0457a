/// The least number to which a question is answered yes, when yes to one is yes to all greater ones, and some of the
/// answers are hard to come by.
///
/// A binary search would stand still at the first hard answer. This one asks with a small effort first and goes
/// round hard numbers on both sides; what is left between the greatest no and the least yes is asked again with
/// eight times the effort. The effort is counted in work and not in time, so the answer is always the same.
struct Bracket {
  enum Answer {
    /// Yes, and to this number, which may be less than the one asked about.
    case yes(Int)
    case no
    case undecided
  }

  /// Everything below is answered no.
  private(set) var low: Int
  /// The least number answered yes, or the first that is out of the question.
  private(set) var high: Int

  init(_ range: Range<Int>) {
    low = range.lowerBound
    high = range.upperBound
  }

  /// Asks until the two meet or `expired`; `ask` gets the number and the effort to spend on it.
  mutating func narrow(until expired: () -> Bool, ask: (Int, _ effort: Int) -> Answer) {
    var effort = 200
    while low < high, !expired() {
      for raises in [true, false] { sweep(raises: raises, effort, until: expired, ask) }
      effort *= effort < 1 << 40 ? 8 : 1
    }
  }

  /// One binary search that takes undecided for yes, or for no.
  private mutating func sweep(
    raises: Bool,
    _ effort: Int,
    until expired: () -> Bool,
    _ ask: (Int, Int) -> Answer
  ) {
    var (from, to) = (low, high)
    while from < to, !expired() {
      let middle = from + (to - from) / 2
      switch ask(middle, effort) {
      case .yes(let number):
        high = min(high, number, middle)
        to = high
      case .no:
        low = max(low, middle + 1)
        from = middle + 1
      case .undecided where raises: to = middle
      case .undecided: from = middle + 1
      }
      from = max(from, low)
    }
  }
}
