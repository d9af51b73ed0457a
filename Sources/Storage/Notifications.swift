import Synchronization

/// The listeners of one database, by channel.
final class Notifications: Sendable {
  private struct State {
    var next: UInt64 = 0
    var listeners: [String: [UInt64: AsyncStream<String>.Continuation]] = [:]
  }
  private let state = Mutex(State())

  var channels: [String] { state.withLock { $0.listeners.keys.sorted() } }

  /// A stream of what is delivered on `channel` from now on.
  func listen(on channel: String) -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    let id = state.withLock { state in
      state.next += 1
      state.listeners[channel, default: [:]][state.next] = continuation
      return state.next
    }
    continuation.onTermination = { [weak self] _ in self?.forget(id, on: channel) }
    return stream
  }

  func deliver(_ payload: String, on channel: String) {
    let listeners = state.withLock { $0.listeners[channel]?.sorted { $0.key < $1.key } ?? [] }
    for (_, listener) in listeners { listener.yield(payload) }
  }

  func finish() {
    let all = state.withLock { $0.listeners.values.flatMap(\.values) }
    for listener in all { listener.finish() }
  }

  private func forget(_ id: UInt64, on channel: String) {
    state.withLock { state in
      state.listeners[channel]?[id] = nil
      if state.listeners[channel]?.isEmpty == true { state.listeners[channel] = nil }
    }
  }
}
