import Inventory
import Storage
import Tabular
import TestSupport

/// A small country: three departments on the continent and one across the sea, three organisations with one
/// site each. One degree of latitude is 111.2 km, 2 hours 4 minutes by the default formula.
enum PlanningFixture {
  static let departments = """
    code,name,region,population,population_year,population_centre_latitude,population_centre_longitude
    01,North,Upper,1000000,2023,49,2
    02,Middle,Upper,500000,2023,48,2
    03,South,Lower,250000,2023,47,2
    2A,Island,Isle,100000,2023,42,9

    """
  static let centres = """
    code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude
    alpha,alpha,Alpha,Alpha,hospital_site,A,01,Upper,49,2
    beta,beta,Beta,Beta,hospital_site,B,02,Upper,48,2
    gamma,gamma,Gamma,Gamma,hospital_site,C,03,Lower,47,2

    """
  static let categories = "code,name_en,name_fr\nlinac,Linac,Linac\nscanner,Scanner,Scanner\n"
  static let norms = """
    category_code,norm,value,unit,source,certainty
    ,new-cases-per-100000-people,600,1,a book,sourced
    ,travel-limit,60,min,a book,sourced
    linac,radiotherapy-share-of-cases,0.5,1,a book,sourced
    linac,retreatment-share,0.25,1,a book,sourced
    linac,courses-per-machine-year,450,{course}/a,a book,sourced
    linac,minimum-patients-per-site-year,600,{patient}/a,the law,sourced
    linac,expected-life,10,a,a book,sourced

    """
  /// Alpha has two confirmed machines, beta one that nobody confirmed, gamma was never asked.
  static let register = """
    reference,organisation_code,centre_code,category_code,manufacturer,model,quantity,lifecycle,confirmed,\
    commissioned_year,source,certainty
    a,alpha,alpha,linac,Acme,One,2,in_service,yes,2021,press,sourced
    b,beta,,linac,ViewRay,Two,1,in_service,no,2012,press,sourced

    """
  static let day = Day(rawValue: 20454)  // 2026-01-01
  static let stamp = Stamp(actor: "tester", at: Instant(day, hour: 9))

  static func database(_ backend: Backend) async throws -> any Database {
    let database = try await backend.migrated(RegisterMigrations.migrations + RenewalMigrations.migrations)
    let departments = try Department.drafts(from: bytes(departments))
    let centres = try Centre.drafts(from: bytes(centres))
    let categories = try EquipmentCategory.drafts(from: bytes(categories))
    let norms = try EquipmentCategory.Norm.drafts(from: bytes(norms), validFrom: day - 100)
    let machines = try Equipment.drafts(from: bytes(register))
    try await database.write { connection in
      try Department.take(departments, by: .test, in: connection)
      try Centre.take(centres, by: .test, in: connection)
      try EquipmentCategory.take(categories, by: .test, in: connection)
      try EquipmentCategory.Norm.take(norms, by: .test, in: connection)
      _ = try Equipment.take(machines, by: .test, in: connection)
    }
    return database
  }

  static func bytes(_ text: String) -> ByteInput { ByteInput(Array(text.utf8)) }
}
