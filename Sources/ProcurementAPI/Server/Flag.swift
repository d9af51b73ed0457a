import Synchronization

/// Something that has happened or has not.
final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set(to isSet: Bool = true) { value.store(isSet, ordering: .releasing) }
}
