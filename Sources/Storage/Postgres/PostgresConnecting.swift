import CPostgres
import Glibc

func connected(url: String, database: String?) throws(DatabaseError) -> OpaquePointer {
  // What stands before `dbname` is a default the URL may override; what follows it overrides the URL.
  let parameters = [
    ("connect_timeout", "10"), ("fallback_application_name", "procure"), ("dbname", url),
    ("client_encoding", "UTF8"), ("dbname", database ?? ""),
  ]
  let strings = parameters.map { (strdup($0), strdup($1)) }
  defer { for string in strings.flatMap({ [$0.0, $0.1] }) { free(string) } }
  let keywords = strings.map { UnsafePointer($0.0) } + [nil]
  let values = strings.map { UnsafePointer($0.1) } + [nil]
  guard let handle = PQconnectdbParams(keywords, values, 1) else { throw .unreachable("out of memory") }
  guard PQstatus(handle) == CONNECTION_OK else {
    defer { PQfinish(handle) }
    throw postgresError(nil, handle)
  }
  return handle
}
