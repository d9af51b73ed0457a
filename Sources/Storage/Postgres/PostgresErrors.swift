import CPostgres

/// The error a result carries, by its SQLSTATE.
///
/// The server gives every error of its own a state. A fatal one without was made by libpq, which lost the
/// connection, though `PQstatus` may not say so yet (seen with libpq 15 in a pipeline).
func postgresError(_ result: OpaquePointer?, _ handle: OpaquePointer) -> DatabaseError {
  guard let state = field(sqlState, of: result) else {
    let message = trimmed(String(cString: PQerrorMessage(handle)))
    let isLost = PQstatus(handle) != CONNECTION_OK || result.map(PQresultStatus) == PGRES_FATAL_ERROR
    return isLost ? .unreachable(message) : .failed(message)
  }
  let message = [
    field(primaryMessage, of: result), field(detailMessage, of: result),
  ].compactMap(\.self).joined(separator: ": ")
  return error(state: state, message: message)
}

private func error(state: String, message: String) -> DatabaseError {
  switch state {
  case "40001", "40P01": .conflict(message)
  case "23505": .constraint(.unique, message)
  case "23503": .constraint(.foreignKey, message)
  case "23514": .constraint(.check, message)
  case "23502": .constraint(.notNull, message)
  case "25006": .readOnly(message)
  case "57014", "25P03": .timeout(message)
  // Out of memory, of locks too, is over when the others are done.
  case "55P03", "53300", "53200": .busy(message)
  case "57P01", "57P02", "57P03", "57P05": .unreachable(message)
  case "53100": .full(message)
  // A statement that this session prepared is not there, or one of its name is: it was prepared in another session.
  case "26000", "42P05": .failed("\(message); \(strangeSession)")
  default: error(class: state.prefix(2), state: state, message: message)
  }
}

private let strangeSession =
  "a pooler between here and the server hands out sessions by the transaction: set PROCURE_POOLER=transaction"

private func error(class: Substring, state: String, message: String) -> DatabaseError {
  switch `class` {
  case "08": .unreachable(message)
  case "23": .constraint(.other, message)
  case "XX": .corrupt("\(message) (SQLSTATE \(state))")
  default: .failed("\(message) (SQLSTATE \(state))")
  }
}

/// The macro `PG_DIAG_SQLSTATE` and its kin of libpq, a character of the protocol.
private let sqlState = Int32(UInt8(ascii: "C"))
private let primaryMessage = Int32(UInt8(ascii: "M"))
private let detailMessage = Int32(UInt8(ascii: "D"))

private func field(_ code: Int32, of result: OpaquePointer?) -> String? {
  PQresultErrorField(result, code).map { String(cString: $0) }
}

private func trimmed(_ message: String) -> String {
  message.split(separator: "\n").joined(separator: "; ")
}
