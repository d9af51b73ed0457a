import Synchronization

/// What reads asked when they were done last, so that the next that is like one of them sends it ahead.
///
/// It is a guess, and nothing depends on it: a statement that is not asked for again is dropped with its answer, one that
/// was not foreseen is asked for as ever. So it is bounded, forgets what was not used for longest, and needs no upkeep
/// when the data changes.
final class ForetoldStatements: Sendable {
  /// A read by what it is about, and by what kind it is of.
  struct Subject: Sendable {
    fileprivate let own: Int
    fileprivate let kind: Int

    /// Kept as hashes: a name that a caller makes up takes no room, and two that meet are only a worse guess.
    init(_ name: String, of kind: String) {
      self.kind = kind.hashValue
      own = "\(kind)\u{0}\(name)".hashValue
    }
  }

  /// A statement that a read asked, with the size of its answer in bytes.
  struct Asked: Sendable {
    var statement: SQL
    var size: Int
  }

  private struct Known: Sendable {
    var statements: [SQL]
    var lastUse: UInt64 = 0
  }

  /// Of a kind of reads: what the last one asked, and what of it the one before had asked too, about something else.
  private struct Kind: Sendable {
    var last: Int
    var asked: [SQL]
    var common: [SQL] = []
  }

  private struct State {
    var known: [Int: Known] = [:]
    var kinds: [Int: Kind] = [:]
    var uses: UInt64 = 0
  }

  private let state = Mutex(State())
  private let most: Int

  /// - Parameter most: how many subjects are remembered, and how many kinds.
  init(most: Int = 500) { self.most = most }

  var count: Int { state.withLock { $0.known.count } }

  /// What a read will probably ask: what the same one asked, or what all of its kind ask.
  func statements(for subject: Subject) -> [SQL] {
    state.withLock { state in
      guard state.known[subject.own] != nil else { return state.kinds[subject.kind]?.common ?? [] }
      state.uses += 1
      state.known[subject.own]?.lastUse = state.uses
      return state.known[subject.own]?.statements ?? []
    }
  }

  /// Keeps what a read asked.
  func learn(_ asked: [Asked], for subject: Subject) {
    let statements = Self.worthwhile(asked)
    state.withLock { state in
      state.uses += 1
      state.known[subject.own] = Known(statements: statements, lastUse: state.uses)
      if state.known.count > most, let oldest = state.known.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        state.known[oldest.key] = nil
      }
      if state.kinds[subject.kind] == nil, state.kinds.count >= most { state.kinds = [:] }
      var kind = state.kinds[subject.kind] ?? Kind(last: subject.own, asked: statements)
      if kind.last != subject.own { kind.common = statements.filter(kind.asked.contains) }
      (kind.last, kind.asked) = (subject.own, statements)
      state.kinds[subject.kind] = kind
    }
  }

  /// Forgets what failed.
  func forget(_ subject: Subject) {
    state.withLock { state in
      state.known[subject.own] = nil
      state.kinds[subject.kind] = nil
    }
  }

  // MARK: - Bounds

  private static let mostStatements = 64
  private static let mostPieces = 2_048
  private static let mostText = 8_192
  private static let largest = 1 << 18
  private static let mostBytes = 1 << 21

  /// In their order, each once, as many as there is room for: beside a long answer a round trip is short, and answers that
  /// came ahead stay in memory until the read ends.
  private static func worthwhile(_ asked: [Asked]) -> [SQL] {
    var chosen: [SQL] = []
    var (pieces, text, bytes) = (0, 0, 0)
    for one in asked where one.size <= largest && !chosen.contains(one.statement) {
      pieces += one.statement.pieces.count
      text += one.statement.sizeOfTexts
      bytes += one.size
      guard pieces <= mostPieces, text <= mostText, bytes <= mostBytes else { break }
      chosen.append(one.statement)
      if chosen.count == mostStatements { break }
    }
    return chosen
  }
}

extension SQL {
  /// Bytes of the texts that are bound.
  fileprivate var sizeOfTexts: Int {
    pieces.reduce(0) { size, piece in
      if case .value(.text(let text)) = piece { size + text.utf8.count } else { size }
    }
  }
}
