import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@Suite struct CentreTests {
  static let header =
    "code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude\n"
  static let berard = header + "berard,berard,Centre Léon Bérard,CLB,hospital_site,Lyon,69,ARA,45.7405,4.88\n"

  @Test(arguments: Backend.available)
  func `a centre of a table is found again as it was described`(backend: Backend) async throws {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    let drafts = try Centre.drafts(from: ByteInput(Array(Self.berard.utf8)))
    try await database.write { try Centre.take(drafts, by: .test, in: $0) }
    let centre = try await database.read { try Centre.find("berard", in: $0) }
    #expect(centre.name == "CLB")
    #expect(centre.organisation == "berard")
    #expect(centre.position == Position(latitude: 45_740_500, longitude: 4_880_000))
    #expect(centre.positionCertainty == nil)
    #expect(centre.patients == nil)
  }

  @Test(arguments: Backend.available)
  func `a table taken twice describes each centre once`(backend: Backend) async throws {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    let drafts = try Centre.drafts(from: ByteInput(Array(Self.berard.utf8)))
    for _ in 0..<2 { try await database.write { try Centre.take(drafts, by: .test, in: $0) } }
    #expect(try await database.read { try Centre.all(in: $0) }.map(\.code) == ["berard"])
  }

  @Test func `every wrong cell of a table is told, with its line and what was expected`() throws {
    let table =
      Self.header + "a b,x,X,Name,hospital,Lyon,69,ARA,95,4.88\nok,x,,Name,affiliate,Lyon,69,ARA,,\n"
    #expect(
      throws: SheetError(findings: [
        Finding(line: 2, field: "code", found: "a b", expected: Centre.Code.expectation),
        Finding(
          line: 2,
          field: "kind",
          found: "hospital",
          expected: "one of hospital_site, technical_platform, affiliate"
        ),
        Finding(
          line: 2,
          field: "latitude",
          found: "95",
          expected: "a latitude from -90 to 90 and a longitude from -180 to 180"
        ),
        Finding(line: 3, field: "organisation", found: "", expected: "a text"),
      ])
    ) {
      try Centre.drafts(from: ByteInput(Array(table.utf8)))
    }
  }

  @Test func `a missing and an unknown column are told by name`() throws {
    let error = #expect(throws: SheetError.self) {
      try Centre.drafts(from: ByteInput(Array("code,colour\nx,red\n".utf8)))
    }
    let fields = error?.findings.map { "\($0.field): \($0.found)" } ?? []
    #expect(fields.contains("colour: unknown column"))
    #expect(fields.contains("region: no such column"))
  }

  @Test(arguments: Backend.available)
  func `an unknown centre is refused by its code`(backend: Backend) async throws {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    await #expect(throws: CentreError.noSuchCentre("nowhere")) {
      try await database.read { try Centre.find("nowhere", in: $0) }
    }
  }
}
