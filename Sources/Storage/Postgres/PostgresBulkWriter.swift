/// Takes the rows of a bulk insert: few of them are kept and go in one statement, which can travel with others; of many
/// the server gets a COPY, whose start and end are waited for.
final class PostgresBulkWriter: RowWriter {
  /// Rows up to this many go in one statement.
  private static let few = 512

  private let start: () throws(DatabaseError) -> PostgresRowWriter
  private var copy: PostgresRowWriter?
  private var kept: PostgresRows
  private var failure: DatabaseError?

  /// - Parameters:
  ///   - width: how many columns there are.
  ///   - start: begins the COPY.
  init(_ width: Int, start: @escaping () throws(DatabaseError) -> PostgresRowWriter) {
    self.start = start
    kept = PostgresRows(width: width)
  }

  /// The rows, where they are few.
  var rows: PostgresRows? { copy == nil ? kept : nil }
  var isCopying: Bool { copy != nil }
  var count: Int { copy?.count ?? kept.count }

  func null() { if let copy { copy.null() } else { kept.values.append(.null) } }
  func integer(_ value: Int64) {
    if let copy { copy.integer(value) } else { kept.values.append(.integer(value)) }
  }
  func real(_ value: Double) {
    if let copy { return copy.real(value) }
    do { kept.values.append(.real(try storable(value))) } catch { failure = failure ?? error }
  }
  func text(_ value: String) {
    if let copy { return copy.text(value) }
    if value.utf8.contains(0) { failure = failure ?? nulInText(value) }
    kept.values.append(.text(value))
  }

  func endRow() throws(DatabaseError) {
    if let failure { throw failure }
    if let copy { return try copy.endRow() }
    try kept.endRow()
    guard kept.count >= Self.few || kept.mixesKinds else { return }
    let copy = try start()
    self.copy = copy
    try kept.forEachValue { value throws(DatabaseError) in
      copy.value(value)
    } endRow: { () throws(DatabaseError) in
      try copy.endRow()
    }
    kept.values = []
  }

  func finish() throws(DatabaseError) {
    if let failure { throw failure }
    if let copy { return try copy.finish() }
    try kept.checkEnd()
  }
}

extension RowWriter {
  fileprivate func value(_ value: Value) {
    switch value {
    case .null: null()
    case .integer(let integer): self.integer(integer)
    case .real(let real): self.real(real)
    case .text(let text): self.text(text)
    }
  }
}

extension SQL {
  /// Few rows as a table that a statement reads from, called `r`, on an engine that combines changes.
  /// - Parameters:
  ///   - columns: their names; a column that holds NULL in every row is one of integers.
  ///   - rows: calls the writer once for each value, in the order of `columns`, and `endRow()` after each row.
  /// - Returns: what follows `FROM`.
  /// - Throws: what `rows` throws, what cannot be stored, and that there are too many.
  package static func rows(of columns: [String], _ rows: (any RowWriter) throws -> Void) throws -> SQL {
    let writer = PostgresBulkWriter(columns.count) { () throws(DatabaseError) in
      throw .failed("too many rows, or values of two kinds in a column, for one statement")
    }
    try rows(writer)
    try writer.finish()
    return writer.rows?.source(columns) ?? ""
  }
}
