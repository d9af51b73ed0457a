import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct ExpectedReportTests {
  private let monday = StockFixture.monday

  private func schedule(grace: Int64 = 1, until: Day? = nil) -> ReportingSchedule {
    ReportingSchedule(
      centre: Centre.Code("berard"),
      weekday: .monday,
      graceDays: grace,
      from: monday - 3,
      until: until
    )
  }

  @Test func `a report is due on its weekday, from the start to the end`() {
    let (open, ended) = (schedule(), schedule(until: monday + 10))
    #expect(open.dueDays(from: monday - 30, to: monday + 14) == [monday, monday + 7, monday + 14])
    #expect(open.dueDays(from: monday + 1, to: monday + 6).isEmpty)
    #expect(ended.dueDays(from: monday + 1, to: monday + 30) == [monday + 7])
  }

  @Test func `a report is on time, late, missing or awaited`() {
    let schedule = schedule()
    func report(_ key: String, day: Day, receivedOn received: Day) -> ReceivedReport {
      ReceivedReport(centre: schedule.centre, key: key, day: day, received: Instant(received, hour: 23))
    }
    let reports = [
      report("a", day: monday, receivedOn: monday + 1),
      report("b", day: monday + 8, receivedOn: monday + 9),
      report("c", day: monday + 7, receivedOn: monday + 10),
    ]
    let answers = ExpectedReport.answers(
      to: schedule,
      with: reports,
      from: monday,
      to: monday + 40,
      today: monday + 22
    )
    #expect(answers.map(\.due) == [monday, monday + 7, monday + 14, monday + 21])
    #expect(answers.map(\.state) == [.onTime, .late, .missing, .awaited])
    #expect(answers.map(\.report) == ["a", "b", nil, nil])
    let rate = ReportingRate(centre: schedule.centre, due: 3, onTime: 1, late: 1, missing: 1)
    #expect(ReportingRate.rates(of: answers) == [rate])
    #expect(rate.onTimePercent == 33)
  }

  @Test(arguments: Backend.available)
  func `a single line does not answer what is expected, a report does`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let schedule = schedule()
    try await stock.database.write { try schedule.store(by: StockFixture.stamp, in: $0) }
    func states() async throws -> [ExpectedReport.State] {
      let monday = monday
      return try await stock.database.read {
        try ExpectedReport.all(from: monday, to: monday, today: monday + 3, in: $0)
      }.map(\.state)
    }
    func take(_ origin: StockReport.Origin) async throws {
      _ = try await StockReports.take(
        .line(["item": "SWAB", "counted": "5"]),
        defaults: ReportDefaults(centre: schedule.centre, day: monday, key: origin.rawValue, origin: origin),
        by: StockFixture.stamp,
        in: stock.database
      )
    }
    #expect(try await states() == [.missing])
    try await take(.line)
    #expect(try await states() == [.missing])
    try await take(.form)
    #expect(try await states() == [.onTime])
  }
}
