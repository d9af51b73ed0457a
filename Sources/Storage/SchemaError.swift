/// A schema that is not the one this program was written for.
package enum SchemaError: Error, Equatable {
  case older(missing: [String])
  case newer(unknown: [String])
  case edited(String)
  case twice(String)
}

extension SchemaError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .older(let missing):
      "the database lacks \(missing.joined(separator: ", ")): run `procure database migrate`"
    case .newer(let unknown):
      """
      the database was migrated by a newer procure (\(unknown.joined(separator: ", "))): install that version, \
      or restore a backup made before it; `procure database status` lists both
      """
    case .edited(let name):
      """
      the migration \(name) was edited after it ran here: restore its text and put the change in a new \
      migration, then run `procure database migrate`
      """
    case .twice(let name): "two migrations are called \(name)"
    }
  }
}
