import Inventory
import Testing

@Suite struct DayTests {
  @Test func `days count on from the first of January 1970`() throws {
    #expect(Day("1970-01-01")?.rawValue == 0)
    #expect(Day("2000-03-01")?.rawValue == 11_017)
    #expect(Day("1969-12-31")?.rawValue == -1)
  }

  @Test func `every day of five centuries reads back as it was written`() throws {
    let first = try #require(Day("1800-01-01"))
    let last = try #require(Day("2300-01-01"))
    #expect((first...last).allSatisfy { Day($0.description) == $0 })
  }

  @Test(arguments: [
    "2021-02-29", "2020-13-01", "2020-00-10", "2020-4-01", "20-04-01", "2020-04-31", "2020-04-01T",
  ])
  func `a text that is no day is refused`(text: String) { #expect(Day(text) == nil) }

  @Test func `a week starts on Monday`() throws {
    let monday = try #require(Day("2020-05-18"))
    #expect(monday.weekday == .monday)
    #expect((monday...(monday + 6)).map(\.weekStart) == Array(repeating: monday, count: 7))
    #expect((monday - 1).weekday == .sunday)
  }

  @Test func `an instant is read and written in UTC`() throws {
    let instant = try #require(Instant("2020-05-18T08:30:00.250Z"))
    #expect(instant.description == "2020-05-18T08:30:00.250Z")
    #expect(instant.day == Day("2020-05-18"))
    #expect(Instant("1969-12-31T23:59:59Z")?.rawValue == -1000)
    #expect(Instant(rawValue: -1000).description == "1969-12-31T23:59:59Z")
    #expect(Instant("2020-05-18T24:00:00Z") == nil)
    #expect(Instant("2020-05-18T08:30:00+02:00") == nil)
  }
}
