import Foundation
import Synchronization

/// A flag that one thread raises and a long computation on another looks at.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
  package func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Runs `body` on a thread of its own, so that long blocking work never holds one of the few threads that
/// Swift's concurrency shares. Cancelling the task raises the flag that `body` is given.
package func onOwnThread<Value: Sendable>(
  _ body: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
  let cancellation = Cancellation()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try body(cancellation) }) }
      thread.stackSize = 16 << 20
      thread.start()
    }
  } onCancel: {
    cancellation.cancel()
  }
}

extension Solver {
  /// `solve` from asynchronous code; the task's cancellation interrupts the search.
  package func solution(of model: LinearModel, _ options: SolverOptions = .init()) async throws
    -> LinearSolution
  {
    try await onOwnThread { try solve(model, options, $0) }
  }
}
