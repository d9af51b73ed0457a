import Dispatch
import Glibc
import Synchronization

/// The thread of one connection: its blocking calls run here, never on the cooperative pool.
///
/// Jobs run in the order they came. The thread ends when nobody holds its executor any more.
final class DatabaseThread: SerialExecutor {
  private let inbox = Inbox()

  init() throws(DatabaseError) {
    let inbox = inbox
    try startThread { inbox.runJobs() }
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

/// Runs `body` on a thread of its own.
func startThread(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
  var thread = pthread_t()
  let start = Unmanaged.passRetained(ThreadBody(body))
  let code = pthread_create(
    &thread,
    nil,
    { start in
      if let start { Unmanaged<ThreadBody>.fromOpaque(start).takeRetainedValue().run() }
      return nil
    },
    start.toOpaque()
  )
  guard code == 0 else {
    start.release()
    throw .unreachable("the operating system gives no more threads: \(String(cString: strerror(code)))")
  }
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
