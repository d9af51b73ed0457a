import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct SharedReadsTests {
  @Test(arguments: Driver.concurrent)
  func readsThatWaitShareTheNextSnapshot(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let counted = CountedDatabase(base: database)
      let shared = SharedReads(base: counted, patience: .seconds(60))
      let gate = Gate()
      async let first = shared.read { connection in
        gate.pass()
        return try connection.count()
      }
      await gate.arrival()
      try await database.run("INSERT INTO sample (whole) VALUES (1)")
      async let second = shared.read { try $0.count() }
      async let third = shared.read { try $0.count() }
      try await shared.waits(for: 2)
      gate.open()
      // What was committed before the others were asked for is theirs, and not the first one's.
      let found = try await [first, second, third]
      #expect(found.dropFirst() == [1, 1])
      #expect(counted.statements.count == 2)
    }
  }

  @Test(arguments: Driver.available)
  func aReadSeesWhatWasCommittedBeforeIt(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let shared = SharedReads(base: database)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for lane in 0..<8 {
          group.addTask {
            for number in 1...25 {
              let key = Int64(lane * 100 + number)
              try await shared.write { try $0.execute("INSERT INTO sample (whole) VALUES (\(key))") }
              let seen = try await shared.read {
                try !$0.query("SELECT 1 FROM sample WHERE whole = \(key)").isEmpty
              }
              #expect(seen)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  private struct Refusal: Error {}

  @Test(arguments: Driver.concurrent)
  func whatOneReadRefusesIsItsOwn(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let shared = SharedReads(base: database, patience: .seconds(60))
      let gate = Gate()
      async let first: Void = shared.read { _ in gate.pass() }
      await gate.arrival()
      let refused = Task { try await shared.read { _ in throw Refusal() } }
      let broken = Task { try await shared.read { try $0.query("SELECT nothing FROM nowhere").count } }
      async let whole = shared.read { try $0.count() }
      try await shared.waits(for: 3)
      gate.open()
      try await first
      await #expect(throws: Refusal.self) { try await refused.value }
      await #expect(throws: DatabaseError.self) { try await broken.value }
      #expect(try await whole == 0)
    }
  }

  @Test(arguments: Driver.concurrent)
  func aLongReadDoesNotHoldUpTheOthers(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let shared = SharedReads(base: database, patience: .zero)
      let gate = Gate()
      async let first: Void = shared.read { _ in gate.pass() }
      await gate.arrival()
      #expect(try await shared.read { try $0.count() } == 0)
      gate.open()
      try await first
    }
  }

  @Test(arguments: Driver.concurrent)
  func aConnectionIsGivenBackNowAndThen(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let lent = LentDatabase(base: database)
      let shared = SharedReads(base: lent, patience: .seconds(60))
      // Each asks for the next while it is answered, so that something always waits.
      @Sendable func ask(_ more: Int) async throws {
        let next = Mutex<Task<Void, any Error>?>(nil)
        try await shared.read { _ in
          guard more > 0, next.withLock({ $0 == nil }) else { return }
          next.withLock { $0 = Task { try await ask(more - 1) } }
          while shared.waitingCount == 0 { usleep(100) }
        }
        try await next.withLock(\.self)?.value
      }
      try await ask(40)
      #expect(lent.times == 2)
    }
  }
}

/// Counts how often a connection is lent for reads that follow each other.
private final class LentDatabase: Database {
  private let base: any Database
  private let count = Mutex(0)

  init(base: any Database) { self.base = base }

  var times: Int { count.withLock(\.self) }
  var dialect: Dialect { base.dialect }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.read(body) }

  func reads(_ next: @escaping @Sendable () -> (@Sendable (any Connection) throws -> Void)?) async throws {
    count.withLock { $0 += 1 }
    try await base.reads(next)
  }

  func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.write(about: subject, body) }

  func changes(on channel: String) async throws -> AsyncStream<String> {
    try await base.changes(on: channel)
  }

  func close() async { await base.close() }
}

@Suite struct FindingsTests {
  private struct Key: Hashable { var number: Int }

  @Test(arguments: Backend.available)
  func whatWasFoundHoldsUntilAnythingIsCommitted(_ backend: Backend) async throws {
    let database = try await backend.empty()
    try await database.write { try $0.run(script: sampleTable(database.dialect)) }
    let shared = SharedReads(base: database)
    let asked = Mutex(0)
    @Sendable func count(_ key: Int) async throws -> Int64 {
      try await shared.read { connection in
        let twice = try (1...2).map { _ in
          try connection.found(Key(number: key)) {
            asked.withLock { $0 += 1 }
            return try connection.count()
          }
        }
        #expect(twice[0] == twice[1])
        return twice[0]
      }
    }
    for _ in 1...3 { #expect(try await count(1) == 0) }
    // SQLite is asked each time: it answers as fast as one could compare. On PostgreSQL the transactions of others are
    // seen in a state's name too.
    let times = asked.withLock(\.self)
    #expect(database.dialect == .postgres ? (1...3).contains(times) : times == 6)
    try await database.run("INSERT INTO sample (whole) VALUES (1)")
    #expect(try await count(1) == 1)
    #expect(try await count(2) == 1)
    try await database.run("DELETE FROM sample")
    #expect(try await count(1) == 0)
  }

  @Test(arguments: Backend.available)
  func whatIsNotCommittedIsNotFound(_ backend: Backend) async throws {
    let database = try await backend.empty()
    try await database.write { try $0.run(script: sampleTable(database.dialect)) }
    let shared = SharedReads(base: database)
    let before = try await shared.read { connection in
      try connection.found(Key(number: 1)) { try connection.count() }
    }
    let inside = try await database.write { connection in
      try connection.recogniseState()
      try connection.execute("INSERT INTO sample (whole) VALUES (1)")
      return try connection.found(Key(number: 1)) { try connection.count() }
    }
    let after = try await shared.read { connection in
      try connection.found(Key(number: 1)) { try connection.count() }
    }
    #expect([before, inside, after] == [0, 1, 1])
  }

  @Test func aStateHasItsOwnFindings() {
    let states = KnownState()
    let first = states.findings(of: "1:1:")
    #expect(states.findings(of: "1:1:") === first)
    #expect(states.findings(of: "1:2:") !== first)
    let third = states.findings(of: "1:2:")
    states.forget()
    #expect(states.findings(of: "1:2:") !== third)
  }
}

extension Connection {
  fileprivate func count() throws -> Int64 {
    try query("SELECT COUNT(*) FROM sample").first?.decode(as: Int64.self) ?? -1
  }
}

extension SharedReads {
  /// Returns once so many reads wait.
  fileprivate func waits(for count: Int) async throws {
    for _ in 0..<1_000 where waitingCount < count { try await Task.sleep(for: .milliseconds(5)) }
    #expect(waitingCount == count)
  }
}
