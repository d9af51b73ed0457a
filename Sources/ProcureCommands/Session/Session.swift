package import Inventory
import ProcurementAPI
package import Storage
import Synchronization
import Tabular

/// What a command runs in where it is not a shell: an open database, who asks, and where what it writes goes.
package final class Session: Sendable {
  /// Nil in a shell.
  @TaskLocal package static var current: Session?

  package let database: any Database
  package let stamp: Stamp
  let principal: Principal
  let format: OutputFormat
  private let page: Page?
  /// Nil where nobody looks on.
  let watch: CallWatch?
  /// Whether the server tells webhooks anything over plain HTTP.
  let allowsPlainWebhooks: Bool
  private let written = Mutex(Answer(body: ""))

  init(_ call: Call) {
    database = LentDatabase(owned: call.database)
    stamp = call.stamp
    principal = call.principal
    format = OutputFormat(call.form)
    page = call.page
    watch = call.watch
    allowsPlainWebhooks = call.allowsPlainWebhooks
  }

  var answer: Answer { written.withLock(\.self) }

  func write(_ text: String) { written.withLock { $0.body += text } }
  func write(_ workbook: Workbook) { written.withLock { $0.bytes = workbook.bytes() } }
  /// Answers with what a job came to, as it was; a refusal with its status.
  func write(_ result: JobResult) {
    written.withLock { answer in
      (answer.body, answer.notes) = (result.body, result.notes)
      (answer.status, answer.type) = (result.status < 400 ? nil : Int(result.status), result.contentType)
    }
  }

  func note(_ text: String) { written.withLock { $0.notes.append(text) } }

  /// The rows of a list that were asked for.
  /// - Parameters:
  ///   - values: the whole list.
  ///   - key: what tells most rows apart.
  ///   - whole: all that a row says, which tells those apart that have a key in common.
  /// - Returns: the rows of the page.
  /// - Throws: `CursorGone` where the row before them is not in the list any more as it was.
  func part<Value>(
    of values: [Value],
    key: (Value) -> [String],
    whole: (Value) -> [String]
  ) throws -> [Value] {
    guard let page, page.after != nil || values.count > page.limit else { return values }
    let cursors = Self.cursors(of: values.map { (key($0), whole($0)) })
    var rest = values[...]
    if let after = page.after {
      guard let index = cursors.firstIndex(of: after) else { throw CursorGone() }
      rest = values[(index + 1)...]
    }
    let part = Array(rest.prefix(page.limit))
    if rest.count > part.count {
      let last = cursors[rest.startIndex + part.count - 1]
      written.withLock { $0.next = last }
    }
    return part
  }

  /// How many rows of a list are read where its command says at most so many: a server counts by its pages, and what it
  /// writes without them is whole.
  static func most(_ limit: Int64) -> Int64 { current == nil ? limit : .max }

  /// The rows of a list that can be read page by page: `read` is given the row before them and how many at most, one more
  /// than the page holds, which tells whether another page follows.
  func page<Value>(
    key: (Value) -> [String],
    read: (_ after: Cursor?, _ most: Int) async throws -> [Value]
  ) async throws -> [Value]? {
    guard let page else { return nil }
    let values = try await read(page.after, page.limit + 1)
    let part = Array(values.prefix(page.limit))
    if values.count > part.count, let last = part.last {
      written.withLock { $0.next = Cursor(key: key(last)) }
    }
    return part
  }

  /// The key of each row; those that have one in common have a digest of the row beside it, and the very same rows a
  /// number. Rows that come between them later do not move what a cursor names.
  private static func cursors(of rows: [(key: [String], whole: [String])]) -> [Cursor] {
    let counts = rows.reduce(into: [:]) { $0[$1.key, default: 0] += 1 }
    var seen: [[String]: Int] = [:]
    return rows.map { row in
      guard counts[row.key, default: 0] > 1 else { return Cursor(key: row.key) }
      let digest = String(SHA256.hex(row.whole.joined(separator: "\u{1F}").utf8).prefix(16))
      let name = row.key + [digest]
      let same = seen[name, default: 0]
      seen[name] = same + 1
      return Cursor(key: same == 0 ? name : name + ["\(same)"])
    }
  }

  /// Refuses a user who is bound to centres and names another's.
  package static func requireCovered(_ centres: some Sequence<Centre.Code?>) throws {
    guard let principal = current?.principal, principal.isBoundToCentres else { return }
    for centre in centres where centre.map(principal.covers) != true {
      throw SessionRefusal.foreignCentre(centre)
    }
  }

  /// The centres that a report may name; nil where it may name any.
  package static var centresCovered: Set<Centre.Code>? {
    current.flatMap { $0.principal.isBoundToCentres ? $0.principal.centres : nil }
  }
}

extension OutputFormat {
  fileprivate init(_ form: Call.Form) {
    self =
      switch form {
      case .json, .ndjson: .json
      case .csv: .csv
      case .xlsx: .xlsx
      case .table: .table
      }
  }
}

/// What a session does not let a user do.
enum SessionRefusal: DomainError, Equatable {
  case foreignCentre(Centre.Code?)

  var kind: ErrorKind { .forbidden }
  var code: String { "access.centre" }
  var description: String {
    switch self {
    case .foreignCentre(let centre?): "\(centre) is another centre than yours"
    case .foreignCentre(nil): "each entry must name one of your centres"
    }
  }
}
