import Storage
import Tabular
import TestSupport
import Testing

@testable import Inventory

@Suite struct EquipmentTests {
  static let register = """
    reference,organisation_code,centre_code,category_code,model,quantity,presence,lifecycle,confirmed,\
    commissioned_year,price_cents,source,certainty
    a-linac,berard,berard,linac,TrueBeam,2,present,in_service,yes,2018,,press,sourced
    a-mri,berard,,mri-linac,Unity,1,present,,no,,800000000,press,from memory
    a-none,berard,berard,chemo-robot,,0,absent,,,,,press,sourced absence

    """

  private func database(_ backend: Backend) async throws -> any Database {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    let centres = try Centre.drafts(from: ByteInput(Array(CentreTests.berard.utf8)))
    let names = ["linac", "mri-linac", "chemo-robot", "ct"].map { "\($0),\($0),\($0)\n" }
    let table = "code,name_en,name_fr\n" + names.joined()
    let categories = try EquipmentCategory.drafts(from: ByteInput(Array(table.utf8)))
    let machines = try Equipment.drafts(from: ByteInput(Array(Self.register.utf8)))
    try await database.write { connection in
      try Centre.take(centres, by: .test, in: connection)
      try EquipmentCategory.take(categories, by: .test, in: connection)
      _ = try Equipment.take(machines, by: .test, in: connection)
    }
    return database
  }

  @Test(arguments: Backend.available)
  func `presence is present, absent or unknown, and unknown is neither`(backend: Backend) async throws {
    let database = try await database(backend)
    let table = try await database.read { try Presence.table(in: $0) }
    let cells = table.map { "\($0.category) \($0.presence.rawValue) \($0.confirmed)+\($0.toConfirm)" }
    #expect(
      cells == ["chemo-robot absent 0+0", "ct unknown 0+0", "linac present 2+0", "mri-linac present 0+1"]
    )
  }

  @Test(arguments: Backend.available)
  func `a register read twice counts each machine once`(backend: Backend) async throws {
    let database = try await database(backend)
    let again = try Equipment.drafts(from: ByteInput(Array(Self.register.utf8)))
    let added = try await database.write { try Equipment.take(again, by: .test, in: $0) }
    #expect(added == 0)
    let codes = try await database.read { try Equipment.list(in: $0) }.map(\.code.rawValue)
    #expect(codes == ["a-linac.1", "a-linac.2", "a-mri"])
  }

  @Test(arguments: Backend.available)
  func `a machine moves only along its lifecycle, and its log tells`(backend: Backend) async throws {
    let database = try await database(backend)
    let code: Equipment.Code = "a-linac.1"
    let day = try #require(Day("2020-03-01"))
    let later = Stamp.test.lastDay + 1
    await #expect(throws: EquipmentError.notYet(later)) {
      try await database.write {
        try Equipment.change(code, to: .retired, since: later, reason: "planned", by: .test, in: $0)
      }
    }
    await #expect(throws: EquipmentError.notYet(later)) {
      try await database.write {
        try Equipment.report(code, function: .down, since: later, reason: "planned", by: .test, in: $0)
      }
    }
    let retired = try await database.write {
      try Equipment.change(code, to: .retired, since: day, reason: "worn out", by: .test, in: $0)
    }
    #expect(retired.lifecycle == .retired)
    await #expect(throws: EquipmentError.forbidden(from: "retired", to: "in_service")) {
      try await database.write {
        try Equipment.change(code, to: .inService, since: day, reason: "", by: .test, in: $0)
      }
    }
    let log = try await database.read { try Equipment.find(code, in: $0).log(in: $0) }
    #expect(log.map(\.state) == ["retired"])
    #expect(log.map(\.reason) == ["worn out"])
  }

  @Test func `availability counts known days only`() throws {
    let start = try #require(Day("2026-01-01"))
    func entry(_ offset: Int64, _ state: Equipment.Function) -> Equipment.StatusEntry {
      Equipment.StatusEntry(
        since: start + offset,
        axis: .function,
        state: state.rawValue,
        reason: "",
        actor: "",
        recordedAt: Instant(start)
      )
    }
    let log = [entry(10, .up), entry(40, .down), entry(45, .up), entry(60, .unknown), entry(80, .degraded)]
    let seen = Availability(log: log, from: start, to: start + 100)
    #expect(seen.knownDays == 70)
    #expect((seen.upDays, seen.degradedDays, seen.downDays) == (45, 20, 5))
    #expect(seen.perMille == 928)
    #expect(seen.failures == 1)
    #expect(seen.meanDaysBetweenFailures == 65)
  }

  @Test func `nothing known is no availability`() throws {
    let start = try #require(Day("2026-01-01"))
    let seen = Availability(log: [], from: start, to: start + 100)
    #expect(seen.perMille == nil)
    #expect(seen.meanDaysBetweenFailures == nil)
  }
}
