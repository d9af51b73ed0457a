import Foundation
import Tabular
import Testing

@Suite struct FanChartTests {
  private static func chart(_ past: [Int64?], _ future: [Int64] = []) -> FanChart {
    FanChart(
      title: "Swabs & tubes",
      description: "Used each week.",
      past: past.enumerated().map { .init(label: "w\($0)", value: $1) },
      future: future.enumerated().map {
        .init(label: "f\($0)", low: $1 / 2, median: $1, high: $1 * 2, highest: $1 * 3)
      },
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
