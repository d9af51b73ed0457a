import Foundation
import Tabular
import Testing

@Suite struct FanChartTests {
  /// Weeks from day 0; what may come begins where the past ends, or earlier.
  private static func chart(_ past: [Int64?], _ future: [Int64] = [], overlap: Int = 0) -> FanChart {
    FanChart(
      title: "Swabs & tubes",
      description: "Used each week.",
      past: past.enumerated().map { .init(from: Int64($0) * 7, label: "w\($0)", value: $1) },
      future: future.enumerated().map { index, value in
        FanChart.Future(
          from: Int64(past.count - overlap + index) * 7,
          label: "f\(index)",
          low: value / 2,
          median: value,
          high: value * 2,
          highest: value * 3
        )
      },
      unit: "swabs & more a week",
      number: { "\($0)" }
    )
  }

  private static func count(_ mark: String, in svg: String) -> Int {
    svg.components(separatedBy: mark).count - 1
  }

  @Test func `weeks that nobody reported are a gap, not a zero`() {
    let svg = Self.chart([4, 8, nil, 6, 2]).svg
    #expect(Self.count("<polyline class=\"line\"", in: svg) == 2)
    #expect(Self.count("<circle class=\"dot\"", in: svg) == 4)
    #expect(svg.contains("<title>w3: 6</title>") && !svg.contains("w2: "))
  }

  @Test func `what comes is a median in two bands after a line for now`() {
    let svg = Self.chart([4, 8], [10, 12]).svg
    for mark in ["band-outer", "band-inner", "<polyline class=\"median\"", "class=\"now\""] {
      #expect(Self.count(mark, in: svg) == 1, "\(mark)")
    }
    #expect(!Self.chart([4, 8]).svg.contains("class=\"now\""))
  }

  /// The ordinates of a polygon's corners, as they are written.
  private static func heights(_ style: String, in svg: String) -> [Substring] {
    let points = svg.components(separatedBy: "class=\"\(style)\" points=\"").dropFirst().first ?? ""
    return points.prefix { $0 != "\"" }.split(separator: " ").compactMap { $0.split(separator: ",").last }
  }

  @Test func `the inner band reaches from the lowest quantile to the third, the outer one to the last`() {
    let svg = Self.chart([], [100]).svg
    let (inner, outer) = (Self.heights("band-inner", in: svg), Self.heights("band-outer", in: svg))
    #expect(inner.count == 2 && outer.count == 2)
    #expect(inner.last == outer.last && inner.first != outer.first)
  }

  @Test func `a week that is past and foretold stands in one place, with one name`() {
    let svg = Self.chart([4, 30], [10, 12], overlap: 1).svg
    #expect(Self.count(">w1</text>", in: svg) == 1 && !svg.contains(">f0</text>"))
    let dot = svg.components(separatedBy: "cx=\"").last?.prefix { $0 != "\"" } ?? ""
    let median = svg.components(separatedBy: "class=\"median\" points=\"").last?.prefix { $0 != "," } ?? ""
    #expect(!dot.isEmpty && dot == median)
  }

  @Test func `the axis says what it counts`() {
    #expect(Self.chart([1]).svg.contains(">swabs &amp; more a week</text>"))
  }

  @Test(arguments: [(3, 5), (7, 10), (36, 50), (101, 200), (1_000, 1_000)] as [(Int64, Int64)])
  func `the axis ends at one, two or five times a power of ten`(greatest: Int64, ceiling: Int64) {
    #expect(Self.chart([greatest, 1]).svg.contains(">\(ceiling)</text>"))
  }

  @Test func `it stands alone, names itself and escapes what it writes`() {
    let svg = Self.chart([]).svg
    #expect(svg.contains("<title>Swabs &amp; tubes</title><desc>Used each week.</desc>"))
    #expect(svg.hasSuffix("</svg>\n"))
  }
}
