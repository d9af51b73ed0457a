import Foundation
import Planning
import Testing

@testable import ProcureCommands

@Suite struct SeriesFileTests {
  /// Reads `text` as a file and gives its series.
  private func read(_ text: String, bucket: Bucket? = nil) throws -> [DemandSeries] {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try SeriesFile.checked(path: url.path, bucket: bucket, into: []) { $0.append($1) }.1
  }

  /// What is wrong with `text`, without the file's name.
  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let problems as InputProblems {
      return problems.description.split(separator: "\n  ").dropFirst().map(String.init)
    } catch {
      return ["\(error)"]
    }
  }

  private let expected = [
    DemandSeries(
      key: "a",
      bucket: .month,
      start: 604,
      observations: [.reported(3), .missing, .missing, .reported(0)]
    ),
    DemandSeries(key: "b", bucket: .month, start: 605, observations: [.reported(7)]),
  ]

  @Test func `an empty quantity and a period without a row are missing reports`() throws {
    let text = "series,period,quantity\na,2020-05,3\na,2020-06,\na,2020-08,0\nb,2020-06,7.0\n"
    #expect(try read(text) == expected)
  }

  @Test func `rows may come in any order`() throws {
    let text = "quantity;period;series\n0;2020-08;a\n7;2020-06;b\n3;2020-05;a\n"
    #expect(try read(text) == expected)
  }

  @Test func `days out of stock make a censored demand`() throws {
    let text = "series,period,quantity,out_of_stock_days\na,2020-W53,4,3\na,2021-W01,5,\n"
    let series = try #require(try read(text).first)
    #expect(series.bucket == .week)
    #expect(series.observations == [.censored(atLeast: 4, outOfStockDays: 3), .reported(5)])
  }

  @Test func `every problem is told at once with line, field, what was found and what was expected`() {
    let text = """
      series,period,quantity
      a,2020-01,1
      a,2020-01,2
      b,2020-13,3
      b,2020-02,-4
      b,2020-03,2.5
      b,2020-W03,1
      b,1
      """
    #expect(
      problems(text) == [
        "line 3, period: found a second quantity of series “a” for the period of line 2, "
          + "expected each period of a series once",
        "line 4, period: found “2020-13”, expected a month such as 2020-05",
        "line 5, quantity: found “-4”, expected a whole number from 0 to 1000000000000, "
          + "or nothing for a missing report",
        "line 6, quantity: found “2.5”, expected a whole number from 0 to 1000000000000, "
          + "or nothing for a missing report",
        "line 7, period: found “2020-W03”, expected a month such as 2020-05, as in the first row",
        "line 8, line: found 2, expected 3 fields, as the heading has",
      ]
    )
  }

  @Test func `unknown and missing columns are refused`() {
    #expect(
      problems("series,period,qty\na,1,2\n") == [
        "line 1, heading: found column “qty”, expected \(SeriesColumns.expectation)",
        "line 1, heading: found no column “quantity”, expected \(SeriesColumns.expectation)",
      ]
    )
    #expect(
      problems("series,period,quantity\n") == [
        "line 2, line: found no rows, expected one row a series and period"
      ]
    )
  }

  @Test(arguments: [
    ("1970-01-01", PeriodStyle.day, Bucket.day), ("2020-02-29", .day, .day), ("1969-12-31", .day, .day),
    ("2020-W53", .week, .week), ("2021-W01", .week, .week), ("2020-05", .month, .month),
    ("1969-12", .month, .month),
    ("17", .integer, .week),
  ])
  func `a period is written as it was read`(text: String, style: PeriodStyle, bucket: Bucket) throws {
    let period = try #require(Period(text))
    #expect(period.style == style)
    let number = try #require(period.bucketed(bucket))
    #expect(style.text(number, bucket: bucket) == text)
  }

  @Test(arguments: [
    "2021-02-29", "2021-W53", "2020-00", "-3", "2020-1", "x", "", "2020-05-18T00", "9999999999",
  ])
  func `what is not a period is refused`(text: String) {
    #expect(Period(text) == nil)
  }

  @Test func `the weeks of a year end where the next begins`() throws {
    let last = try #require(Period("2020-W53"))
    let next = try #require(Period("2021-W01"))
    #expect(next.number == last.number + 1)
    #expect(Period("2021-01-04")?.bucketed(.week) == next.number)
    #expect(Period("2021-01-03")?.bucketed(.week) == last.number)
  }
}
