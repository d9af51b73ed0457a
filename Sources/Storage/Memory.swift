import Synchronization

/// What those who read a database keep between their reads, one value of each type.
///
/// Whoever keeps something there keeps with it what tells, inside a later snapshot, that it still holds. Only reads see
/// the memory, since what a writing transaction sees may never be committed.
package final class Memory: Sendable {
  private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

  package init() {}

  /// The value of a type; `make` gives the first one.
  package func value<Value: Sendable>(_ make: () -> Value) -> Value {
    values.withLock { values in
      if let known = values[ObjectIdentifier(Value.self)] as? Value { return known }
      let value = make()
      values[ObjectIdentifier(Value.self)] = value
      return value
    }
  }
}
