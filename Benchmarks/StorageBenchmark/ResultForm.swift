import CPostgres
import Foundation

/// How PostgreSQL is asked for its results: as text, or in the binary form of each type.
enum ResultForm: Int32 {
  case text, binary
}

/// Reads the same rows in both forms, in turns, and compares what reading and decoding them costs.
struct ResultFormRun {
  let url: String
  let rows: Int
  let turns: Int

  /// An integer, a text and a date: what the columns of this project hold, and what the server could decode for us.
  struct Record: Equatable {
    var number: Int64
    var text: String
    /// Days since 1970-01-01.
    var day: Int64
  }

  func measure() throws {
    guard let handle = PQconnectdb(url), PQstatus(handle) == CONNECTION_OK else {
      throw ToolFailure(tool: "libpq", output: Data("no connection".utf8))
    }
    defer { PQfinish(handle) }
    PQclear(PQexec(handle, "DROP TABLE IF EXISTS result_form"))
    PQclear(
      PQexec(
        handle,
        """
        CREATE TABLE result_form AS SELECT 1000000000 + g * 7919 AS number, 'CENTRE-' || g % 20 || '/ITEM-' || g AS text,
          DATE '2020-05-18' + (g % 1000)::int AS day FROM generate_series(1, \(rows)::bigint) g
        """
      )
    )
    var spent: [ResultForm: Spent] = [:]
    var answers: [ResultForm: [Record]] = [:]
    for _ in 0..<turns {
      for form in [ResultForm.text, .binary] {
        let (records, took) = try read(form, from: handle)
        spent[form, default: Spent()].add(took)
        answers[form] = records
      }
    }
    guard answers[.text] == answers[.binary], answers[.text]?.count == rows else {
      throw ToolFailure(tool: "decoding", output: Data("the forms differ".utf8))
    }
    show(spent[.text] ?? Spent(), spent[.binary] ?? Spent())
  }

  /// Client CPU and wall time, the query and the decoding apart.
  struct Spent {
    var query = 0.0
    var decoding = 0.0
    var wall = 0.0

    mutating func add(_ other: Spent) {
      query += other.query
      decoding += other.decoding
      wall += other.wall
    }
    var cpu: Double { query + decoding }
  }

  private func show(_ text: Spent, _ binary: Spent) {
    let unit = 1e6 / Double(rows * turns)
    say("reading \(rows) rows × \(turns) (int8, text, date)   µs a row: wall   client CPU   of it decoding")
    for (name, spent) in [("text", text), ("binary", binary)] {
      let cells = [spent.wall, spent.cpu, spent.decoding].map { String(format: "%.3f", $0 * unit) }
      say("  \(name)\t\(cells.joined(separator: "\t"))")
    }
    let ratios = [(binary.wall, text.wall), (binary.cpu, text.cpu), (binary.decoding, text.decoding)]
    say("  binary / text\t\(ratios.map { String(format: "%.2f", $0 / $1) }.joined(separator: "\t"))")
  }
}

extension ResultFormRun {
  private func read(_ form: ResultForm, from handle: OpaquePointer) throws -> ([Record], Spent) {
    let (start, cpu) = (ContinuousClock.now, processorSeconds())
    let query = "SELECT number, text, day FROM result_form"
    let result = PQexecParams(handle, query, 0, nil, nil, nil, nil, form.rawValue)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else {
      throw ToolFailure(tool: "libpq", output: Data(String(cString: PQerrorMessage(handle)).utf8))
    }
    let queried = processorSeconds()
    var records: [Record] = []
    records.reserveCapacity(rows)
    for row in 0..<PQntuples(result) {
      func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
          start: PQgetvalue(result, row, column),
          count: Int(PQgetlength(result, row, column))
        )
      }
      let text = String(decoding: bytes(1), as: UTF8.self)
      switch form {
      case .text:
        records.append(Record(number: written(bytes(0)), text: text, day: writtenDay(bytes(2))))
      case .binary:
        let number = bytes(0).loadUnaligned(as: Int64.self).bigEndian
        let day = bytes(2).loadUnaligned(as: Int32.self).bigEndian
        records.append(Record(number: number, text: text, day: Int64(day) + Self.epoch))
      }
    }
    let decoding = processorSeconds() - queried
    let wall = start.duration(to: .now) / .seconds(1)
    return (records, Spent(query: queried - cpu, decoding: decoding, wall: wall))
  }

  /// PostgreSQL counts days from 2000-01-01.
  private static let epoch: Int64 = 10_957

  /// Digits as the driver reads them, with its look for an overflow.
  private func written(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    bytes.reduce(0) { value, byte in
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      return overflow ? .max : tens + Int64(byte &- UInt8(ascii: "0"))
    }
  }

  /// `2020-05-18` as days, by the rule of Howard Hinnant's days_from_civil.
  private func writtenDay(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    let digits = bytes.map { Int64($0) - 48 }
    let month = digits[5] * 10 + digits[6]
    let shifted = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3] - (month <= 2 ? 1 : 0)
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + digits[8] * 10 + digits[9] - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
