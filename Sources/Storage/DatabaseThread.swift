import Dispatch
import Glibc
import Synchronization

/// The thread of one connection: its blocking calls run here, never on the cooperative pool.
///
/// Jobs run in the order they came. The thread ends when nobody holds its executor any more.
final class DatabaseThread: SerialExecutor {
  private let inbox = Inbox()

  init() throws(DatabaseError) {
    var thread = pthread_t()
    let created = pthread_create(
      &thread,
      nil,
      { inbox in
        guard let inbox else { return nil }
        Unmanaged<Inbox>.fromOpaque(inbox).takeRetainedValue().runJobs()
        return nil
      },
      Unmanaged.passRetained(inbox).toOpaque()
    )
    guard created == 0 else {
      Unmanaged.passUnretained(inbox).release()
      throw .unreachable("the operating system gives no more threads")
    }
    pthread_detach(thread)
  }
  deinit { inbox.put(nil) }

  func enqueue(_ job: consuming ExecutorJob) {
    inbox.put(Inbox.Entry(job: UnownedJob(job), executor: asUnownedSerialExecutor()))
  }
}

private final class Inbox: Sendable {
  struct Entry {
    let job: UnownedJob
    let executor: UnownedSerialExecutor
  }
  /// `nil` ends the thread.
  private let entries = Mutex<FIFO<Entry?>>(FIFO())
  private let filled = DispatchSemaphore(value: 0)

  func put(_ entry: Entry?) {
    entries.withLock { $0.append(entry) }
    filled.signal()
  }

  func runJobs() {
    while true {
      filled.wait()
      guard let entry = entries.withLock({ $0.popFirst() ?? nil }) else { return }
      entry.job.runSynchronously(on: entry.executor)
    }
  }
}
