import Storage
import Tabular
import TestSupport

@testable import Inventory

/// Two centres with three linacs and an MRI whose ages are known, and three machines that are told apart.
struct RenewalFixture {
  let database: any Database
  static let day = Day(rawValue: 20_700)

  init(_ backend: Backend) async throws {
    database = try await backend.migrated(RegisterMigrations.migrations + RenewalMigrations.migrations)
    try await database.write { connection in
      try Self.places(in: connection)
      let categories = try EquipmentCategory.drafts(from: Self.input(Self.categories))
      try EquipmentCategory.take(categories, by: .test, in: connection)
      let norms = try EquipmentCategory.Norm.drafts(from: Self.input(Self.norms), validFrom: Self.day)
      try EquipmentCategory.Norm.take(norms, by: .test, in: connection)
      _ = try Equipment.take(try Equipment.drafts(from: Self.input(Self.register)), by: .test, in: connection)
      try Self.price(Self.prices, in: connection)
    }
  }

  static func price(_ table: String, in connection: any Connection) throws {
    let prices = try MachinePrice.drafts(from: input(table), validFrom: day)
    try MachinePrice.take(prices, by: .test, in: connection)
  }

  private static func input(_ text: String) -> ByteInput { ByteInput(Array(text.utf8)) }

  private static func places(in connection: any Connection) throws {
    try connection.execute("INSERT INTO organisation (id, code, name) VALUES (1, 'net', 'Network')")
    for (id, code) in [(Int64(1), "north"), (2, "south")] {
      try connection.execute(
        """
        INSERT INTO centre (id, code, organisation_id, name, kind, city, department, region)
        VALUES (\(id), \(code), 1, \(code), 'hospital_site', 'City', '69', 'Region')
        """
      )
    }
  }

  func input(_ question: RenewalQuestion, under scenario: WhatIf.Code? = nil) async throws -> RenewalInput {
    try await database.read { connection in
      let scenario = try scenario.map { try WhatIf.find($0, in: connection) }
      return try RenewalInput.read(question, under: scenario, on: Self.day, in: connection)
    }
  }

  /// Three years from 2027, all the money in the first.
  static let question = RenewalQuestion(
    firstYear: 2027,
    budgets: [Money(cents: 400_000_000), .zero, .zero]
  )

  static let categories = """
    code,name_en,name_fr
    linac,Linac,Accélérateur
    mri,MRI,IRM
    ct,CT,Scanner

    """
  static let norms = """
    category_code,norm,value,unit,source,certainty
    linac,expected-life,10,a,test,illustrative
    linac,upgrade-life-gain,2.5,a,test,illustrative
    mri,expected-life,10,a,test,illustrative
    ,share-up-to-5-years-at-least,0.60,1,test,illustrative
    ,share-over-5-up-to-10-years-at-most,0.30,1,test,illustrative
    ,share-over-10-years-at-most,0.10,1,test,illustrative

    """
  static let register = """
    reference,organisation_code,centre_code,category_code,manufacturer,quantity,lifecycle,confirmed,\
    commissioned_year,source,certainty
    n-linac,net,north,linac,Alpha,1,in_service,yes,2016,press,sourced
    s-linac,net,south,linac,Alpha,1,in_service,no,2016,press,sourced
    s-young,net,south,linac,Beta,1,in_service,yes,2024-03-15,press,sourced
    n-mri,net,north,mri,Beta,1,in_service,yes,2023,press,sourced
    s-ageless,net,south,linac,Beta,1,in_service,yes,,press,sourced
    s-lost,net,south,linac,Beta,1,,no,2001,press,from memory
    s-ct,net,south,ct,Beta,1,in_service,yes,2019,press,sourced

    """
  static let prices = """
    category_code,purpose,from_machines,price_cents,source,certainty
    linac,purchase,1,200000000,test,illustrative
    linac,purchase,2,190000000,test,illustrative
    mri,purchase,1,100000000,test,illustrative

    """
}
