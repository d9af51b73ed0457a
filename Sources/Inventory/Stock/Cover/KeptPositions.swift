import Storage
import Synchronization

/// The positions of each centre as they were computed last, kept for as long as nothing moves there.
///
/// A reader asks the database for the centre's mark inside its own snapshot, so that what it shows is never older than
/// the database; where the mark has moved, only the items that moved are computed again. A new day begins anew, since
/// it moves the window. Memory: some 130 bytes a position, `limit` positions at most.
final class KeptPositions: Sendable {
  /// What was computed of one centre, by item.
  struct Shelf: Sendable {
    var mark: StockMark
    var positions: [StockPosition]
  }

  private struct Contents {
    var shelves: [UseWindow: [Centre.Code: Shelf]] = [:]
    /// The windows, the one asked for last at the end.
    var order: [UseWindow] = []
    var count = 0
    /// Windows of which there is more than may be kept.
    var tooMany: Set<UseWindow> = []
    /// What is being read before anybody asks for it.
    var ahead: UseWindow?
    /// Whether more has moved somewhere than a reader of a page wanted to wait for.
    var isBehind = false

    /// Puts a window behind all others that may have to make room.
    mutating func touch(_ window: UseWindow) {
      guard order.last != window else { return }
      order.removeAll { $0 == window }
      order.append(window)
    }
  }

  /// Held while a centre is computed.
  private final class Turn: Sendable { let held = Mutex(()) }

  /// A centre in which more moved than this is not computed anew for the sake of one page.
  let fewMovements: Int
  private let limit: Int
  private let turns = Mutex<[Centre.Code: Turn]>([:])
  private let contents = Mutex(Contents())

  /// - Parameters:
  ///   - limit: the most positions, over all windows.
  ///   - fewMovements: how many movements of a centre are caught up with for one page.
  init(limit: Int = 150_000, fewMovements: Int = 500) {
    (self.limit, self.fewMovements) = (limit, fewMovements)
  }

  /// Whether a whole network fits, as far as is known.
  func mayHold(_ window: UseWindow) -> Bool { contents.withLock { !$0.tooMany.contains(window) } }

  /// Whether all positions of a window are on their way to be kept.
  func isReadAhead(_ window: UseWindow) -> Bool { contents.withLock { $0.ahead == window } }

  /// Says which window is being read ahead; nil where none is.
  func readAhead(_ window: UseWindow?) { contents.withLock { $0.ahead = window } }

  /// Whether a page was computed alone because too much had moved, since this was asked last.
  func takeBehind() -> Bool {
    contents.withLock { contents in
      defer { contents.isBehind = false }
      return contents.isBehind
    }
  }

  func fallBehind() { contents.withLock { $0.isBehind = true } }

  /// What is known of a window, whatever its marks.
  func shelves(_ window: UseWindow) -> [Centre.Code: Shelf] {
    contents.withLock { contents in
      guard let shelves = contents.shelves[window] else { return [:] }
      contents.touch(window)
      return shelves
    }
  }

  func shelf(of centre: Centre.Code, _ window: UseWindow) -> Shelf? {
    contents.withLock { contents in
      guard let shelves = contents.shelves[window] else { return nil }
      contents.touch(window)
      return shelves[centre]
    }
  }

  /// One reader at a time computes a centre: the others wait on their connections' own threads, and mostly find it done.
  func inTurn<Result: Sendable>(_ centre: Centre.Code, _ body: () throws -> Result) rethrows -> Result {
    let turn = turns.withLock { turns in
      let turn = turns[centre] ?? Turn()
      turns[centre] = turn
      return turn
    }
    return try turn.held.withLock { _ in try body() }
  }

  /// Keeps shelves in place of those of the same centres; the windows that nobody asked for lately make room.
  func keep(_ shelves: [Centre.Code: Shelf], _ window: UseWindow) {
    contents.withLock { contents in
      contents.touch(window)
      for (centre, shelf) in shelves {
        let old = contents.shelves[window, default: [:]].updateValue(shelf, forKey: centre)
        contents.count += shelf.positions.count - (old?.positions.count ?? 0)
      }
      while contents.count > limit, let oldest = contents.order.first {
        contents.order.removeFirst()
        let gone = contents.shelves.removeValue(forKey: oldest)
        contents.count -= gone?.values.reduce(0) { $0 + $1.positions.count } ?? 0
        // What alone is too much would make room for itself for ever.
        if oldest == window { contents.tooMany.insert(window) }
      }
    }
  }

  /// Remembers that all positions of a window are more than may be kept.
  func giveUp(_ window: UseWindow) {
    contents.withLock { contents in
      if contents.tooMany.count > 100 { contents.tooMany = [] }
      contents.tooMany.insert(window)
    }
  }

  /// Whether so many positions may be kept.
  func holds(_ count: Int) -> Bool { count <= limit }
}
