import Synchronization
import Testing

@testable import Storage

struct WriteLanesTests {
  private struct Other: Error {}

  /// Longer than any test: on a busy machine a thread may not run for a second.
  private static let ever = Duration.seconds(3_600)

  private final class Count: Sendable {
    private let state = Mutex((now: 0, most: 0, done: 0))

    func begin() {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
    }

    func end() {
      state.withLock { state in
        state.now -= 1
        state.done += 1
      }
    }

    var most: Int { state.withLock(\.most) }
    var done: Int { state.withLock(\.done) }
  }

  @Test func `who is in each other's way goes one after the other, and side by side again later`()
    async throws
  {
    let lanes = WriteLanes(most: 8, patience: Self.ever)
    #expect(lanes.limit == 8)
    for _ in 1...4 {
      await #expect(throws: DatabaseError.conflict("")) {
        try await lanes.run { throw DatabaseError.conflict("") }
      }
    }
    #expect(lanes.limit == 1)
    for _ in 1...71 { try await lanes.run {} }
    #expect(lanes.limit == 8)
  }

  @Test func `another failure narrows nothing`() async throws {
    let lanes = WriteLanes(most: 4, patience: Self.ever)
    await #expect(throws: Other.self) { try await lanes.run { throw Other() } }
    #expect(lanes.limit == 4)
  }

  @Test func `no more run at once than the limit, and all of them run`() async throws {
    let lanes = WriteLanes(most: 2, patience: Self.ever)
    let count = Count()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          try await lanes.run {
            count.begin()
            await Task.yield()
            count.end()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(count.most <= 2)
    #expect(count.done == 40)
  }

  @Test func `those of one subject go one after the other, beside those of others`() async throws {
    let lanes = WriteLanes(most: 8, patience: Self.ever)
    let (all, same) = (Count(), ["a": Count(), "b": Count()])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<60 {
        let subject = [nil, "a", "b"][index % 3]
        group.addTask {
          try await lanes.run(about: subject) {
            all.begin()
            if let subject { same[subject]?.begin() }
            try await Task.sleep(for: .milliseconds(1))
            if let subject { same[subject]?.end() }
            all.end()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(same.values.map(\.most) == [1, 1])
    #expect(all.most > 2)
    #expect(all.done == 60)
    #expect(lanes.running == 0)
  }

  @Test func `who waits for another of its subject holds up nobody else`() async throws {
    let lanes = WriteLanes(most: 2, patience: Self.ever)
    let (signals, end) = AsyncStream.makeStream(of: Void.self)
    let first = Task { try await lanes.run(about: "a") { for await _ in signals {} } }
    while lanes.running == 0 { await Task.yield() }
    let second = Task { try await lanes.run(about: "a") {} }
    try await lanes.run(about: "b") {}
    try await lanes.run {}
    end.finish()
    try await first.value
    try await second.value
  }

  @Test(.timeLimit(.minutes(30)))
  func `who writes for long is not waited for`() async throws {
    let lanes = WriteLanes(most: 1, patience: .milliseconds(50))
    let (signals, end) = AsyncStream.makeStream(of: Void.self)
    let long = Task {
      try await lanes.run { for await _ in signals {} }
    }
    while lanes.running == 0 { await Task.yield() }
    try await Task.sleep(for: .milliseconds(100))
    try await lanes.run {}
    end.finish()
    try await long.value
  }
}
