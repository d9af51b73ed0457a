import Foundation
import Storage
import Synchronization

/// One request as a tracing system sees it: what it did, when, and whose call it is a part of.
final class Trace: Sendable {
  /// The request that the running task answers; nil where nobody traces.
  @TaskLocal static var current: Trace?

  let parent: TraceParent
  let span = Trace.identifier(words: 1)
  private let begun = Trace.now
  private let parts = Mutex<[Span]>([])

  /// A piece of work within it.
  struct Span {
    var identifier: String
    var parent: String?
    var name: String
    /// As OpenTelemetry numbers them: 1 internal, 2 server, 3 client.
    var kind: Int
    /// Nanoseconds since 1970.
    var begun: UInt64
    var ended: UInt64
    var attributes: [(name: String, value: String)] = []
    var failed = false
  }

  init(_ parent: TraceParent) { self.parent = parent }

  /// Does a part of the work and keeps how long it took.
  func measure<Result>(_ name: String, _ body: () async throws -> Result) async rethrows -> Result {
    var part = Span(
      identifier: Self.identifier(words: 1),
      parent: span,
      name: name,
      kind: 3,
      begun: Self.now,
      ended: 0,
      attributes: [("db.operation.name", name)]
    )
    do {
      let result = try await body()
      part.ended = Self.now
      parts.withLock { $0.append(part) }
      return result
    } catch {
      (part.ended, part.failed) = (Self.now, true)
      parts.withLock { $0.append(part) }
      throw error
    }
  }

  /// The request with all its parts, the request first.
  func finished(_ name: String, status: Int, attributes: [(name: String, value: String)]) -> [Span] {
    let whole = Span(
      identifier: span,
      parent: parent.span,
      name: name,
      kind: 2,
      begun: begun,
      ended: Self.now,
      attributes: attributes,
      failed: status >= 500
    )
    return [whole] + parts.withLock(\.self)
  }

  /// Nanoseconds since 1970, to the microsecond.
  static var now: UInt64 { UInt64(Date().timeIntervalSince1970 * 1e6) * 1_000 }

  /// So many random words of eight bytes, in hexadecimal digits; never all zero.
  static func identifier(words: Int) -> String {
    (0..<words).map { _ in UInt64.random(in: 1 ... .max).hexadecimal }.joined()
  }
}

/// Whose call a request is a part of: the header `traceparent` of W3C Trace Context.
struct TraceParent: Equatable {
  /// 32 hexadecimal digits.
  var trace: String
  /// 16 of them; nil where the trace begins here.
  var span: String?
  /// Whether the caller keeps its part; nil where nobody said.
  var isKept: Bool?

  /// What the header says; a new trace where it says nothing, or nothing that holds.
  init(header: String?) {
    let parts = (header ?? "").split(separator: "-", omittingEmptySubsequences: false)
    let lengths = [2, 32, 16, 2]
    let isWhole =
      parts.count >= 4
      && zip(parts, lengths).allSatisfy { $0.utf8.count == $1 && $0.utf8.allSatisfy(Self.isDigit) }
    guard isWhole, parts[0] != "ff", parts[0] != "00" || parts.count == 4,
      parts[1].contains(where: { $0 != "0" }),
      parts[2].contains(where: { $0 != "0" }), let flags = UInt8(parts[3], radix: 16)
    else {
      self.init(trace: Trace.identifier(words: 2), span: nil, isKept: nil)
      return
    }
    self.init(trace: String(parts[1]), span: String(parts[2]), isKept: flags & 1 == 1)
  }

  private init(trace: String, span: String?, isKept: Bool?) {
    (self.trace, self.span, self.isKept) = (trace, span, isKept)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

/// A database whose transactions are parts of the request that they are done for.
struct TracedDatabase: Database {
  let base: any Database

  var dialect: Dialect { base.dialect }
  var poolUse: PoolUse? { base.poolUse }
  var memory: Memory? { base.memory }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    guard let trace = Trace.current else { return try await base.read(body) }
    return try await trace.measure("read") { try await base.read(body) }
  }

  func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    guard let trace = Trace.current else { return try await base.write(about: subject, body) }
    return try await trace.measure("write") { try await base.write(about: subject, body) }
  }

  func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer {
    guard let trace = Trace.current else { return try await base.write(jointly: work, after: condition) }
    return try await trace.measure("write") { try await base.write(jointly: work, after: condition) }
  }

  func changes(on channel: String) async throws -> AsyncStream<String> { try await base.changes(on: channel) }
  func close() async { await base.close() }
}
