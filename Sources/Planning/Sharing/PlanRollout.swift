extension RolloutProblem {
  /// The waves of a rollout.
  ///
  /// First, the last centre has its first tranche as early as any plan allows: on the day when all centres
  /// are ready and the arrivals reach the sum of the first tranches, whichever is later. For that, packs
  /// are held back where a later arrival does not bring them in time. Then, wave after wave, as many ready
  /// centres as possible begin (the smallest tranche first, then the earliest ready, then by code), and
  /// what is left equalises cover exactly (`EqualCover`) among those that have begun. Where the arrivals are
  /// too small for all first tranches, as many centres as possible begin, and nothing is kept for the others.
  ///
  /// - Throws: `SharingFaults` with everything that is wrong.
  /// - Complexity: O(w·n·log n·log q) for w days with an arrival or a readiness and n centres.
  package func plan() throws(SharingFaults) -> Rollout {
    try SharingFaults.check(faults)
    var rolling = Rolling(self)
    for day in rolling.days { rolling.wave(on: day) }
    return Rollout(
      waves: rolling.waves,
      outcomes: rolling.outcomes,
      lastFirstDay: rolling.lastFirstDay,
      bound: rolling.bound,
      measuresCover: rolling.measuresCover
    )
  }
}

/// The waves so far. Everything is counted in packs.
private struct Rolling {
  let packSize: Int
  let firstDay: Int?
  /// In order of code, which settles ties.
  let centres: [RolloutProblem.Centre]
  let arrivals: [RolloutProblem.Arrival]
  let tranches: [Int]
  let targets: [Int]
  /// Whether the arrivals reach the centre's first tranche.
  var isReached: [Bool] = []
  var got: [Int]
  var firstDays: [Int?]
  /// Units times days of use, on the day of the clock.
  var stocks: [Int128]
  var clock: Int?
  var given = 0
  var waves: [Rollout.Wave] = []

  init(_ problem: RolloutProblem) {
    let size = problem.packSize
    packSize = size
    firstDay = problem.day
    centres = problem.centres.sorted { $0.code < $1.code }
    arrivals = problem.arrivals
    tranches = centres.map { $0.begun == nil ? ($0.firstTranche + size - 1) / size : 0 }
    targets = centres.map { ($0.target + size - 1) / size }
    got = centres.map { (($0.begun?.delivered ?? 0) + size - 1) / size }
    firstDays = centres.map { $0.begun?.day }
    stocks = centres.map { _ in 0 }
    given = got.reduce(0, +)
    isReached = reached
    for (index, centre) in centres.enumerated() {
      let held = measuresCover ? centre.begun?.stock : centre.begun?.delivered
      stocks[index] = Int128(held ?? 0) * Int128(use(index).days)
    }
  }

  var days: [Int] {
    let days = Set(arrivals.map(\.day) + centres.map(\.ready))
    guard let firstDay else { return days.sorted() }
    return Set(days.map { max($0, firstDay) }).union([firstDay]).sorted()
  }

  private func arrived(by day: Int) -> Int {
    arrivals.reduce(0) { $1.day <= day ? $0 + $1.quantity : $0 } / packSize
  }

  /// As many centres as the arrivals can begin: the smallest tranches, then the earliest ready, then by code.
  private var reached: [Bool] {
    var left = everything - before
    let order = centres.indices.sorted {
      (tranches[$0], centres[$0].ready, $0) < (tranches[$1], centres[$1].ready, $1)
    }
    let begin = Set(
      order.prefix { index in
        left -= tranches[index]
        return left >= 0 || tranches[index] == 0
      }
    )
    return centres.indices.map { begin.contains($0) }
  }

  private var everything: Int { arrivals.reduce(0) { $0 + $1.quantity } / packSize }

  mutating func wave(on day: Int) {
    advance(to: day)
    let available = arrived(by: day) - given
    guard available > 0 else { return }
    let begun = beginning(on: day, with: available)
    let held = held(on: day, available: available, beginning: begun)
    let start = got
    let sharers = centres.indices.filter { firstDays[$0] != nil || begun.contains($0) }
    share(available - held, among: sharers, beginning: begun)
    for index in begun { firstDays[index] = day }
    given += zip(got, start).reduce(0) { $0 + $1.0 - $1.1 }
    record(day, since: start, beginning: begun, held: min(held, arrived(by: day) - given))
  }

  /// The centres that begin on a day: as many as the packs allow.
  private func beginning(on day: Int, with available: Int) -> Set<Int> {
    let waiting = centres.indices.filter { firstDays[$0] == nil && isReached[$0] && centres[$0].ready <= day }
    var left = available
    let order = waiting.sorted {
      (tranches[$0], centres[$0].ready, $0) < (tranches[$1], centres[$1].ready, $1)
    }
    return Set(
      order.prefix { index in
        left -= tranches[index]
        return left >= 0
      }
    )
  }

  /// Packs to keep for the first tranches that are still missing, as far as no later arrival up to the best
  /// last day brings them.
  private func held(on day: Int, available: Int, beginning: Set<Int>) -> Int {
    let missing = centres.indices.reduce(0) { sum, index in
      firstDays[index] == nil && isReached[index] && !beginning.contains(index) ? sum + tranches[index] : sum
    }
    let coming = (lastReachedDay.map(arrived) ?? everything) - arrived(by: day)
    let tranchesNow = beginning.reduce(0) { $0 + tranches[$1] }
    return min(max(0, missing - max(0, coming)), available - tranchesNow)
  }

  private mutating func share(_ packs: Int, among sharers: [Int], beginning: Set<Int>) {
    let filling = EqualCover(
      packSize: packSize,
      parts: sharers.map { index in
        .init(
          scaledStock: stocks[index],
          use: use(index),
          lower: beginning.contains(index) ? tranches[index] : 0,
          upper: max(0, targets[index] - got[index])
        )
      }
    )
    for (index, more) in zip(sharers, filling.packs(sharing: packs)) {
      got[index] += more
      stocks[index] += Int128(more * packSize) * Int128(use(index).days)
    }
  }

  var measuresCover: Bool { centres.allSatisfy { $0.use != nil } }

  private func use(_ index: Int) -> DailyUse {
    measuresCover ? centres[index].use ?? DailyUse(0) : DailyUse(centres[index].target)
  }

  /// Lets the days pass: what has begun is used, never below nothing.
  private mutating func advance(to day: Int) {
    guard measuresCover, let last = clock, last < day else { return clock = day }
    for index in centres.indices where firstDays[index] != nil {
      stocks[index] = max(0, stocks[index] - Int128(use(index).quantity) * Int128(day - last))
    }
    clock = day
  }

  private mutating func record(_ day: Int, since start: [Int], beginning: Set<Int>, held: Int) {
    let lines = centres.indices.filter { got[$0] > start[$0] }.map { index in
      line(index, packs: got[index] - start[index], begins: beginning.contains(index), on: day)
    }
    guard !lines.isEmpty else { return }
    waves.append(
      .init(
        number: waves.count + 1,
        day: day,
        lines: lines,
        kept: arrivals.reduce(0) { $1.day <= day ? $0 + $1.quantity : $0 } - given * packSize,
        heldForFirstTranches: held * packSize,
        packSize: packSize
      )
    )
  }

  private func line(_ index: Int, packs: Int, begins: Bool, on day: Int) -> Rollout.Line {
    let use = use(index).quantity
    let cover = use > 0 ? Fraction(stocks[index], Int128(use)) : nil
    let reason: RolloutReason =
      if begins {
        .firstTranche(readySince: centres[index].ready, waited: day - centres[index].ready)
      } else if got[index] == targets[index] {
        .targetMet
      } else if measuresCover {
        .raisedToLevel(cover: cover ?? .zero)
      } else {
        .raisedToShare(share: cover ?? .zero)
      }
    return .init(
      centre: centres[index].code,
      quantity: packs * packSize,
      total: got[index] * packSize,
      coverAfter: cover,
      reason: reason
    )
  }
}

extension Rolling {
  private var lastReady: Int? {
    centres.indices.filter { tranches[$0] > 0 && isReached[$0] }.max { centres[$0].ready < centres[$1].ready }
  }

  private var firstTranches: Int { tranches.reduce(0, +) }

  /// The first day on which the arrivals bring the first tranches that they reach, beside what was given before.
  private var supplied: Int? {
    let needed = centres.indices.reduce(before) { isReached[$1] ? $0 + tranches[$1] : $0 }
    return days.first { arrived(by: $0) >= needed }
  }

  /// Packs given before the first day that is planned.
  private var before: Int {
    centres.reduce(0) { $0 + (($1.begun?.delivered ?? 0) + packSize - 1) / packSize }
  }

  /// No plan can be earlier than the last readiness or than the supply; the waves are as early as both.
  var lastFirstDay: Int? { isReached.allSatisfy(\.self) ? lastReachedDay : nil }

  /// The same for the centres that the arrivals reach.
  private var lastReachedDay: Int? {
    guard let lastReady, let supplied else { return nil }
    return max(centres[lastReady].ready, supplied)
  }

  var bound: Rollout.Bound {
    guard isReached.allSatisfy(\.self) else {
      return .tooLittle(missing: (firstTranches + before - everything) * packSize)
    }
    guard let lastReady, let supplied else { return .nothingToDo }
    if let firstDay, max(centres[lastReady].ready, supplied) <= firstDay { return .atOnce(day: firstDay) }
    return centres[lastReady].ready >= supplied
      ? .readiness(centre: centres[lastReady].code, day: centres[lastReady].ready)
      : .supply(day: supplied, needed: firstTranches * packSize)
  }

  var outcomes: [Rollout.Outcome] {
    centres.enumerated().map { index, centre in
      let missing = max(0, targets[index] - got[index]) * packSize
      let reason: RolloutReason =
        if missing == 0 {
          .targetMet
        } else if firstDays[index] == nil {
          .neverReached(missing: tranches[index] * packSize)
        } else {
          .supplyEnded(missing: missing)
        }
      return .init(
        centre: centre.code,
        ready: centre.ready,
        firstDay: firstDays[index],
        quantity: got[index] * packSize,
        target: centre.target,
        reason: reason
      )
    }
  }
}
