import Foundation
import Tabular
import Testing

@testable import Inventory

/// A position is written by hand where it is asked for often, and by the encoder elsewhere: both give the same bytes.
@Suite struct StockPositionJSONTests {
  @Test(arguments: [0, 1, 3])
  func `the rows are what the encoder writes`(count: Int) throws {
    let positions = try (0..<count).map(Self.position)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let encoded = String(decoding: try encoder.encode(positions), as: UTF8.self) + "\n"
    #expect(positions.json == encoded)
  }

  /// Known and unknown use, a cover without end, a report that never came.
  private static func position(_ index: Int) throws -> StockPosition {
    let use: DailyUse = [.known(units: 12, days: 28), .unknown, .known(units: 0, days: 7)][index % 3]
    let stock = UsableStock(usable: 40 * Int64(index) - 3, held: 1, expired: 0, unusedAtExpiry: 1_000_000)
    return StockPosition(
      centre: try #require(Centre.Code(rawValue: "berard")),
      item: try #require(Item.SKU(rawValue: "SWAB/NP-\(index)")),
      stock: stock,
      use: use,
      cover: Cover(usable: stock.usable, use: use),
      reported: index == 1 ? nil : Day(rawValue: 18_300),
      today: Day(rawValue: 18_303)
    )
  }
}
