import Foundation
import Tabular
import Testing

@Suite struct TradeOffPictureTests {
  private static func picture(_ values: [Int64], chosen: Int? = nil) -> String {
    TradeOffPicture(
      title: "People & machines",
      description: "What one more buys.",
      points: values.enumerated().map { index, value in
        .init(label: "\(index)", value: value, title: "\(index): \(value)", isChosen: index == chosen)
      },
      upright: "people",
      across: "machines added",
      number: { "\($0)" }
    ).svg
  }

  private static func count(_ mark: String, in svg: String) -> Int {
    svg.components(separatedBy: mark).count - 1
  }

  @Test func `every point is on the line, the chosen one stands out by its shape`() {
    let svg = Self.picture([18, 22, 25], chosen: 2)
    #expect(Self.count("<circle class=\"dot\"", in: svg) == 2)
    #expect(Self.count("<rect class=\"dot\"", in: svg) == 1)
    #expect(svg.contains("<title>2: 25</title>") && svg.contains(">25</text>"))
    #expect(svg.contains("<title>People &amp; machines</title>"))
    #expect(svg.contains(">people</text>") && svg.contains(">machines added</text>"))
  }

  @Test(arguments: [(3, 4), (7, 10), (36, 40), (101, 200), (32_000_000, 40_000_000)] as [(Int64, Int64)])
  func `the axis begins at zero and ends at a round number above all points`(greatest: Int64, ceiling: Int64)
  {
    let svg = Self.picture([0, greatest])
    #expect(svg.contains(">0</text>") && svg.contains(">\(ceiling)</text>"))
  }

  @Test func `nothing, and nothing but zeros, are still a picture`() {
    #expect(Self.picture([]).contains("</svg>"))
    #expect(!Self.picture([0, 0]).contains("nan"))
  }
}
