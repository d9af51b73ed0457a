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

/// The findings of the state of a database that was read last, by the state's name.
///
/// A name stands for all that can be seen: two snapshots of the same name show the same rows.
final class KnownState: Sendable {
  private let state = Mutex<(name: String, findings: Memory)?>(nil)

  /// What was found in a state, which is the one to be kept from now on.
  func findings(of name: String) -> Memory {
    state.withLock { state in
      if let state, state.name == name { return state.findings }
      let findings = Memory()
      state = (name, findings)
      return findings
    }
  }

  /// Another server may give the same name to another state.
  func forget() { state.withLock { $0 = nil } }
}

/// Answers by what was asked for.
private final class Findings<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private static var most: Int { 10_000 }
  private let values = Mutex<[Key: Value]>([:])

  func value(of key: Key) -> Value? { values.withLock { $0[key] } }

  func keep(_ value: Value, of key: Key) {
    values.withLock { values in
      if values.count >= Self.most { values = [:] }
      values[key] = value
    }
  }
}

extension Connection {
  /// What `read` gives, from an earlier read of the same state where that is known.
  /// - Parameters:
  ///   - key: names what is read, by a type that belongs to it alone.
  ///   - read: reads it; it depends on the key and on the database only.
  /// - Returns: what `read` gives in this state.
  package func found<Key: Hashable & Sendable, Value: Sendable>(
    _ key: Key,
    _ read: () throws -> Value
  ) rethrows -> Value {
    guard let findings = findings?.value({ Findings<Key, Value>() }) else { return try read() }
    if let known = findings.value(of: key) { return known }
    let value = try read()
    findings.keep(value, of: key)
    return value
  }
}
