import Inventory

/// Why a database is not opened.
enum DatabaseRefusal: DomainError, Equatable {
  case missing(String)

  var kind: ErrorKind { .notFound }
  var code: String { "database.missing" }

  var description: String {
    switch self {
    case .missing(let path):
      "there is no database at \(path): name another with --database, or make this one with “procure database migrate”"
    }
  }
}
