import Dispatch

/// Threads for work that computes: a plan that takes seconds must not stop the threads that listen.
package final class WorkExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "procure.work", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
