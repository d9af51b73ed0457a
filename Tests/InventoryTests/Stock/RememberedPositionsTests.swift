import Storage
import TestSupport
import Testing

@testable import Inventory

/// What is shown from memory is what the database would say now, whatever happened in between.
@Suite struct RememberedPositionsTests {
  private static let window = UseWindow(endingOn: StockFixture.monday + 40)

  @Test(arguments: Backend.available)
  func memoryAndDatabaseAgreeAfterEveryChange(_ backend: Backend) async throws {
    let centres = (1...12).map { "c\($0)" }
    let stock = try await StockFixture(backend, centres: centres, items: ["MIX", "PLATE", "SWAB"])
    for (limit, few) in [(150_000, 500), (7, 500), (150_000, 0)] {
      let kept = KeptPositions(limit: limit, fewMovements: few)
      var dice = SeededGenerator(seed: 11)
      for step in 0..<60 {
        try await Self.change(stock, step, &dice)
        try await Self.expectAgreement(stock, kept)
      }
    }
  }

  /// A receipt, a use, a late entry, a lot that is held or let go, a lot whose expiry is learned, a lost transaction.
  private static func change(_ stock: StockFixture, _ step: Int, _ dice: inout SeededGenerator) async throws {
    let centre = "c\(Int.random(in: 1...12, using: &dice))"
    let item = ["MIX", "PLATE", "SWAB"][Int.random(in: 0...2, using: &dice)]
    let day = StockFixture.monday + Int64.random(in: 0...40, using: &dice)
    let lot = "L\(Int.random(in: 1...3, using: &dice))"
    switch step % 8 {
    case 0, 1: try await stock.post(centre, item, day, .receipt, 1_000, lot: lot)
    case 2: try? await stock.post(centre, item, day, .use, -Int64.random(in: 1...50, using: &dice), lot: lot)
    case 3: try? await stock.post(centre, item, day, .receipt, 5, lot: lot, expiry: StockFixture.monday + 60)
    case 4:
      struct Lost: Error {}
      _ = try? await stock.database.write { connection in
        let item = try Item.find(#require(Item.SKU(rawValue: item)), in: connection).id
        let posting = Posting(
          centre: try stock.centre(centre),
          item: item,
          lot: try Lot.resolve(item: item, number: lot, expiry: nil, in: connection).id,
          day: day,
          quantity: Quantity(77),
          reason: .receipt
        )
        try StockLedger.post([posting], by: StockFixture.stamp, in: connection)
        throw Lost()
      }
    case 6: try await take("\(centre),\(day),\(item),\(lot),,,0,", step, stock)
    case 7: try await take("\(centre),\(day),\(item),\(lot),,\(step),,", step, stock)
    default:
      try? await stock.database.write { connection in
        let lot = try Lot.find(item: #require(Item.SKU(rawValue: item)), number: lot, in: connection)
        if step % 16 == 5 {
          try lot.hold(
            .recall,
            at: nil,
            since: StockFixture.monday,
            reason: "x",
            by: StockFixture.stamp,
            in: connection
          )
        } else {
          try lot.release(.recall, at: nil, from: day, reason: "y", by: StockFixture.stamp, in: connection)
        }
      }
    }
  }

  /// A report of one line: it may say that nothing came, which moves nothing but what is known.
  private static func take(_ line: String, _ step: Int, _ stock: StockFixture) async throws {
    let text = "report,centre,day,item,lot,expiry,counted,received,used\nr\(step),\(line)\n"
    _ = try await StockReports.take(.text(text), by: StockFixture.stamp, in: stock.database)
  }

  private static func expectAgreement(_ stock: StockFixture, _ kept: KeptPositions) async throws {
    let filters: [StockPosition.Filter] = [
      .init(), .init(centre: "c3"), .init(item: "PLATE"), .init(centre: "c5", item: "SWAB"),
      .init(centre: "c99"), .init(item: "NONE"),
    ]
    let window = window
    let pairs = try await stock.database.read { connection in
      try filters.map { filter in
        var (shown, true_): ([StockPosition], [StockPosition]) = ([], [])
        let remembered = RememberedPositions(kept, window, in: connection)
        try remembered.forEach(filter) { shown.append($0) }
        try StockPosition.compute(window, filter: filter, in: connection) { true_.append($0) }
        let ahead = KeptPositions()
        ahead.readAhead(window)
        let early = try pages(filter, of: RememberedPositions(ahead, window, in: connection))
        #expect(ahead.shelves(window).isEmpty, "a page that is asked for early computes no centre")
        return [shown, try pages(filter, of: remembered), early, true_]
      }
    }
    for answers in pairs {
      #expect(answers[0] == answers[3])
      #expect(answers[1] == answers[3])
      #expect(answers[2] == answers[3])
    }
  }

  /// A list, page by page.
  private static func pages(
    _ filter: StockPosition.Filter,
    of remembered: RememberedPositions
  ) throws -> [StockPosition] {
    var (paged, place): ([StockPosition], StockPosition.Place?) = ([], nil)
    repeat {
      let page = try remembered.page(filter, after: place, limit: 2)
      paged += page
      place = page.count < 2 ? nil : page.last.map { .init(centre: $0.centre, item: $0.item) }
    } while place != nil
    return paged
  }

  /// What is read ahead is all there is, whatever the portions; what moves meanwhile is read with the next round.
  @Test(arguments: Backend.available)
  func whatIsReadAheadIsWhatTheDatabaseSays(_ backend: Backend) async throws {
    let window = Self.window
    for portion in [1, 4, 2_000] {
      let stock = try await StockFixture(backend, centres: (1...12).map { "c\($0)" })
      for centre in 1...12 where centre != 5 {
        try await stock.post("c\(centre)", "SWAB", StockFixture.monday, .receipt, 100)
        try await stock.post("c\(centre)", "MIX", StockFixture.monday, .receipt, Int64(centre))
      }
      for round in 1...3 {
        try await PositionsAhead(window, in: stock.database, portion: portion).read()
        let (kept, all) = try await stock.database.read { connection in
          let memory = try #require(connection.memory)
          var all: [StockPosition] = []
          try StockPosition.compute(window, filter: .init(), in: connection) { all.append($0) }
          return (RememberedPositions.kept(in: memory), all)
        }
        let shelves = kept.shelves(window)
        #expect(shelves.keys.sorted().flatMap { shelves[$0]?.positions ?? [] } == all)
        #expect(!kept.isReadAhead(window))
        try await stock.post("c\(round)", "SWAB", StockFixture.monday, .use, -1)
      }
    }
  }

  /// Pages that are asked for early are kept with the state that they show, and with no other.
  @Test(arguments: Backend.available)
  func aPageThatIsAskedForEarlyShowsTheStateInWhichItIs(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 100)
    let (window, shared) = (Self.window, SharedReads(base: stock.database))
    for left in [100, 99, 98] as [Int64] {
      for _ in 1...2 {
        let (page, isKept) = try await shared.read { connection in
          let kept = RememberedPositions.kept(in: try #require(connection.memory))
          kept.readAhead(window)
          let page = try StockPosition.page(window, filter: .init(centre: "berard"), limit: 5, in: connection)
          return (page, !kept.shelves(window).isEmpty)
        }
        #expect(page.map(\.stock.onHand) == [left])
        #expect(!isKept)
      }
      try await stock.post("berard", "SWAB", StockFixture.monday, .use, -1)
    }
  }

  @Test(arguments: Backend.available)
  func moreThanMayBeKeptIsNotReadAhead(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend, centres: (1...12).map { "c\($0)" })
    for centre in 1...12 { try await stock.post("c\(centre)", "SWAB", StockFixture.monday, .receipt, 1) }
    let (window, few) = (Self.window, KeptPositions(limit: 5))
    try await stock.database.read { connection in
      let memory = try #require(connection.memory)
      #expect(memory.value { few } === few)
    }
    try await PositionsAhead(window, in: stock.database).read()
    #expect(few.shelves(window).isEmpty && !few.mayHold(window))
  }

  @Test(arguments: Backend.available)
  func whatDidNotMoveIsNotComputedAgain(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 100)
    try await stock.post("berard", "MIX", StockFixture.monday, .receipt, 7)
    let (window, kept) = (Self.window, KeptPositions())
    let first = try await Self.onHand(stock, kept)
    #expect(first == [7, 100])
    let shelf = try #require(kept.shelf(of: "berard", window))
    var marked = shelf
    marked.positions[0].stock.usable = 70_000
    marked.positions[1].stock.usable = 70_000
    kept.keep(["berard": marked], window)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 1)
    let after = try await Self.onHand(stock, kept)
    #expect(after == [70_000, 101], "the item that moved is computed again, the other is not")
  }

  /// Where more moved than a page is worth, the page alone is computed, and all that moved soon after.
  @Test(arguments: Backend.available)
  func aPageDoesNotWaitForThousandsOfMovements(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 100)
    let window = Self.window
    let kept = try await stock.database.read { connection in
      let memory = try #require(connection.memory)
      return memory.value { KeptPositions(fewMovements: 2) }
    }
    let ahead = PositionsAhead(window, in: stock.database)
    try await ahead.read()
    let known = try #require(kept.shelf(of: "berard", window))
    for filter in [StockPosition.Filter(centre: "berard"), .init(centre: "berard", item: "SWAB")] {
      func page() async throws -> [Int64] {
        try await stock.database.read { connection in
          try StockPosition.page(window, filter: filter, limit: 5, in: connection).map(\.stock.onHand)
        }
      }
      kept.keep(["berard": known], window)
      for _ in 1...3 { try await stock.post("berard", "SWAB", StockFixture.monday, .use, -1) }
      let now = try await Self.onHand(stock, KeptPositions())
      #expect(!kept.takeBehind())
      #expect(try await page() == now)
      #expect(kept.shelf(of: "berard", window)?.mark == known.mark, "nothing but the page is computed")
      try await ahead.rest(atLeast: .zero, atMost: .seconds(600))
      try await ahead.read()
      #expect(kept.shelf(of: "berard", window)?.positions.map(\.stock.onHand) == now)
      #expect(try await page() == now && !kept.takeBehind())
    }
  }

  /// A backup that was put back uses numbers of entries again: what was computed of the others holds no more.
  @Test(arguments: Backend.available)
  func aNumberThatIsUsedAgainIsAnotherEntry(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 100)
    let (window, kept) = (Self.window, KeptPositions())
    _ = try await Self.onHand(stock, kept)
    var other = try #require(kept.shelf(of: "berard", window))
    other.mark.at = Instant(rawValue: other.mark.at.rawValue - 1)
    other.positions[0].stock.usable = 70_000
    kept.keep(["berard": other], window)
    #expect(try await Self.onHand(stock, kept) == [100])
    other.mark.entry -= 1
    kept.keep(["berard": other], window)
    #expect(try await Self.onHand(stock, kept) == [100])
    #expect(kept.shelf(of: "berard", window)?.positions.first?.stock.usable == 100)
  }

  @Test(arguments: Backend.available)
  func anOlderSnapshotIsAnsweredFromTheDatabase(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", StockFixture.monday, .receipt, 100)
    let (window, kept) = (Self.window, KeptPositions())
    _ = try await Self.onHand(stock, kept)
    var later = try #require(kept.shelf(of: "berard", window))
    later.mark.entry += 1
    later.positions[0].stock.usable = 70_000
    kept.keep(["berard": later], window)
    let older = try await Self.onHand(stock, kept)
    #expect(older == [100])
    let stays = kept.shelf(of: "berard", window)?.mark.entry
    #expect(stays == later.mark.entry)
  }

  private static func onHand(_ stock: StockFixture, _ kept: KeptPositions) async throws -> [Int64] {
    let window = window
    return try await stock.database.read { connection in
      var found: [Int64] = []
      let remembered = RememberedPositions(kept, window, in: connection)
      try remembered.forEach(.init(centre: "berard")) { found.append($0.stock.onHand) }
      return found
    }
  }

  @Test(arguments: Backend.available)
  func twoWritersOfOneCentreAreSeenInTheOrderOfTheirEntries(_ backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let kept = KeptPositions()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          let item = writer % 2 == 0 ? "SWAB" : "MIX"
          for _ in 0..<5 { try await stock.post("berard", item, StockFixture.monday, .receipt, 1) }
        }
      }
      group.addTask {
        for _ in 0..<40 { _ = try await Self.onHand(stock, kept) }
      }
      try await group.waitForAll()
    }
    let shown = try await Self.onHand(stock, kept)
    #expect(shown == [20, 20])
  }
}
