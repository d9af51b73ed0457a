import Inventory
import Testing

@testable import Procurement

@Suite struct SeverityTests {
  private let vital = AlertPolicy(
    criticality: .vital,
    watchDays: 30,
    alertDays: 14,
    criticalDays: 7,
    clearDays: 2,
    quietDays: 14,
    staleDays: 7,
    source: "test"
  )

  @Test(arguments: [
    (Int64(0), Severity?.some(.stockOut)), (1, .critical), (6, .critical), (7, .alert), (13, .alert),
    (14, .watch), (29, .watch), (30, nil),
  ])
  func `each limit opens at the first day below it`(cover: Int64, expected: Severity?) {
    #expect(vital.severity(of: .days(cover)) == expected)
  }

  @Test(arguments: [
    (Int64(31), Severity.watch, Severity?.some(.watch)), (32, .watch, nil), (13, .watch, .alert),
    (3, .watch, .critical), (0, .watch, .stockOut), (15, .alert, .alert), (16, .alert, .watch),
    (8, .critical, .critical), (9, .critical, .alert), (15, .critical, .alert), (40, .critical, nil),
    (1, .stockOut, .critical), (0, .stockOut, .stockOut),
  ])
  func `what stands goes up at once and down only past the days of clearance`(
    cover: Int64,
    standing: Severity,
    expected: Severity?
  ) {
    #expect(vital.severity(of: .days(cover), standing: standing) == expected)
  }

  @Test func `an unknown use opens nothing and closes nothing`() {
    var evidence = ShortageEvidence.days(0)
    evidence.used = nil
    #expect(vital.severity(of: evidence) == nil)
    for standing in Severity.allCases {
      #expect(vital.severity(of: evidence, standing: standing) == standing)
    }
  }

  @Test func `a use of nothing is known and short of nothing`() {
    var evidence = ShortageEvidence.days(0)
    evidence.used = .zero
    #expect(vital.severity(of: evidence) == nil)
  }

  @Test func `below the reorder point is watched whatever the cover, and cleared past it`() {
    var evidence = ShortageEvidence.days(50)
    evidence.reorderPoint = Quantity(51)
    #expect(vital.severity(of: evidence) == .watch)
    evidence.usable = Quantity(52)
    #expect(vital.severity(of: evidence) == nil)
    #expect(vital.severity(of: evidence, standing: .watch) == .watch)
    evidence.usable = Quantity(53)
    #expect(vital.severity(of: evidence, standing: .watch) == nil)
  }

  @Test func `the sentence says the age of the figures, and what is not known`() {
    var evidence = ShortageEvidence.days(5)
    #expect(evidence.sentence.hasPrefix("5 days of cover: 5 usable, 28 used in 28 days"))
    evidence.isStale = true
    #expect(evidence.sentence.hasSuffix("report of \(Network.day), stale"))
    evidence.reportedOn = nil
    evidence.used = nil
    #expect(evidence.sentence.hasPrefix("cover unknown: 5 usable, no use reported"))
    #expect(evidence.sentence.hasSuffix("never reported"))
  }

  @Test func `every step from every state does what the diagram says`() {
    typealias State = ShortageAlert.State
    let diagram: [State: [ShortageAlert.Step: State]] = [
      .open: [.acknowledge: .acknowledged, .mitigate: .mitigated, .resolve: .resolved, .worsen: .open],
      .acknowledged: [
        .acknowledge: .acknowledged, .mitigate: .mitigated, .resolve: .resolved, .worsen: .open,
      ],
      .mitigated: [.mitigate: .mitigated, .resolve: .resolved, .worsen: .open],
      .resolved: [.reopen: .open],
    ]
    for state in State.allCases {
      for step in [ShortageAlert.Step.acknowledge, .mitigate, .resolve, .reopen, .worsen] {
        let after = try? state.after(step)
        #expect(after == diagram[state]?[step], "\(state) \(step)")
      }
    }
  }
}

extension ShortageEvidence {
  /// One unit used a day, and so many left.
  static func days(_ cover: Int64) -> ShortageEvidence {
    ShortageEvidence(
      usable: Quantity(cover),
      coming: .zero,
      used: Quantity(28),
      observedDays: 28,
      reorderPoint: .zero,
      reportedOn: Network.day,
      isStale: false
    )
  }
}
