import Synchronization
import TestSupport
import Testing

@testable import Storage

/// Adds a row, unless its name is refused; knows with how many others it was done.
private struct Adding: JointWork {
  enum Failing { case never, byRule, inDatabase }
  struct Refusal: Error, Equatable { var name: String }

  static var subject: String { "sample" }
  var name: String
  var failing = Failing.never
  var pass: @Sendable () -> Void = {}

  static func perform(
    _ works: [Adding],
    in connection: any Connection
  ) throws -> [Result<Int, any Error>] {
    for work in works { work.pass() }
    return try works.map { work in
      switch work.failing {
      case .byRule: return .failure(Refusal(name: work.name))
      case .inDatabase: try connection.execute("SELECT nothing FROM nowhere")
      case .never: try connection.execute("INSERT INTO sample (name) VALUES (\(work.name))")
      }
      return .success(works.count)
    }
  }
}

@Suite struct JointWritesTests {
  /// Lets works wait behind one that is held up, and returns what each came to.
  private func together(
    _ works: [Adding],
    after conditions: [JointCondition?] = [],
    in database: any Database
  ) async throws -> [Result<Int, any Error>] {
    let (joint, gate) = (JointWrites(), Gate())
    let held = Task {
      try await joint.write(Adding(name: "held", pass: gate.pass), after: nil, in: database)
    }
    await gate.arrival()
    var tasks: [Task<Int, any Error>] = []
    for (place, work) in works.enumerated() {
      let condition = place < conditions.count ? conditions[place] : nil
      tasks.append(Task { try await joint.write(work, after: condition, in: database) })
      while joint.waitingCount(of: Adding.self) == place { try await Task.sleep(for: .milliseconds(1)) }
    }
    gate.open()
    #expect(try await held.value == 1)
    var results: [Result<Int, any Error>] = []
    for task in tasks { results.append(await task.result) }
    return results
  }

  @Test(arguments: Driver.available)
  func whatWaitsIsDoneInOneTransaction(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let results = try await together(["a", "b", "c"].map { Adding(name: $0) }, in: database)
      #expect(try results.map { try $0.get() } == [3, 3, 3])
      let names = try await database.rows("SELECT name FROM sample ORDER BY name")
      #expect(names == ["a", "b", "c", "held"].map { [.text($0)] })
    }
  }

  @Test(arguments: Driver.available)
  func aRefusalByARuleIsOnesOwn(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let works = [Adding(name: "a"), Adding(name: "b", failing: .byRule), Adding(name: "c")]
      let results = try await together(works, in: database)
      #expect(try results[0].get() == 3 && results[2].get() == 3)
      #expect(throws: Adding.Refusal(name: "b")) { try results[1].get() }
    }
  }

  /// What the database refuses ends the transaction of all: each is then done by itself.
  @Test(arguments: Driver.available)
  func aRefusalByTheDatabaseIsOnesOwnToo(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let works = [Adding(name: "a"), Adding(name: "b", failing: .inDatabase), Adding(name: "held")]
      let results = try await together(works, in: database)
      #expect(try results[0].get() == 1)
      #expect(throws: DatabaseError.self) { try results[1].get() }
      #expect(throws: DatabaseError.self) { try results[2].get() }
      let names = try await database.rows("SELECT name FROM sample ORDER BY name")
      #expect(names == ["a", "held"].map { [.text($0)] })
    }
  }

  private struct Unmet: Error {}

  @Test(arguments: Driver.available)
  func aConditionIsAskedOnceForAllWhoShareIt(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let asked = Atomic(0)
      let met = JointCondition("met") { connection in
        asked.add(1, ordering: .relaxed)
        let rows = try connection.query("SELECT 1 FROM sample")
        #expect(rows.count == 1)
      }
      let unmet = JointCondition("unmet") { _ in throw Unmet() }
      let works = ["a", "b", "c"].map { Adding(name: $0) }
      let results = try await together(works, after: [met, unmet, met], in: database)
      #expect(try results[0].get() == 2 && results[2].get() == 2)
      #expect(throws: Unmet.self) { try results[1].get() }
      #expect(asked.load(ordering: .relaxed) == 1)
      #expect(try await database.rows("SELECT name FROM sample").count == 3)
    }
  }

  @Test(arguments: Driver.available)
  func manyAtOnceAreEachDoneOnce(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let most = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<200 {
          group.addTask { try await database.write(jointly: Adding(name: "\(number)"), after: nil) }
        }
        return try await group.reduce(0, max)
      }
      #expect((2...32).contains(most))
      #expect(try await database.rows("SELECT name FROM sample").count == 200)
    }
  }
}
