import Inventory
import Synchronization

/// The webhooks that this server sends to at the moment: one message of each at a time, and only so many of all at once,
/// who wait for a place in the order in which they came.
final class WebhookLanes: Sendable {
  private struct State {
    /// With whether something was announced since the lane last looked.
    var lanes: [Webhook.ID: Bool] = [:]
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(most: Int) { state = Mutex(State(free: most)) }

  /// Opens a lane; false where it is open, which then looks once more before it ends.
  func enter(_ webhook: Webhook.ID) -> Bool {
    state.withLock { state in
      let isOpen = state.lanes[webhook] != nil
      state.lanes[webhook] = isOpen
      return !isOpen
    }
  }

  /// Whether a lane must look once more; where not, it is closed.
  func goesOn(_ webhook: Webhook.ID) -> Bool {
    state.withLock { state in
      guard state.lanes[webhook] == true else {
        state.lanes[webhook] = nil
        return false
      }
      state.lanes[webhook] = false
      return true
    }
  }

  /// Does something once there is a place for it.
  func inPlace<Result: Sendable>(_ work: () async throws -> Result) async rethrows -> Result {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
    defer { leave() }
    return try await work()
  }

  private func leave() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return CheckedContinuation<Void, Never>?.none
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
