import ArgumentParser
import Foundation
import ProcureCommands

/// A network that is looked at: the demonstration's, or one made up of as many centres as wanted.
struct Network {
  let database: String
  /// The day on which its pages are opened.
  let day: String
  /// What stands for the places in the paths.
  let names: [String: String]

  /// Twenty sites, 22 weeks, everything that the pages show.
  static func demonstration(in folder: String) async throws -> Network {
    let database = folder + "/demonstration.sqlite"
    try await run("demo", "--database", database)
    try await run("plan", "run", "--as-of", "2020-10-18", "--horizon", "8", "--paths", "100", on: database)
    let names = [
      "item": "SWAB-NP", "centre": "berard", "run": "1", "machine": "ipc-mri-linac-1",
      "category": "mri-linac",
    ]
    return Network(database: database, day: "2020-10-19", names: names)
  }

  /// `count` centres over the country, each with 20 items reported weekly for eight weeks and three machines.
  /// Made up by a rule: centre number i uses 20 + (7 i + 3 j) mod 40 of item j a week.
  static func made(of count: Int, in folder: String) async throws -> Network {
    let database = folder + "/made-\(count).sqlite"
    try await run("database", "migrate", on: database)
    try await run("category", "import", "seeds/equipment_categories.csv", on: database)
    try await take("centre", centres(count), folder, on: database)
    try await take("item", items, folder, on: database)
    try await take("equipment", machines(count), folder, on: database)
    try await run("stock", "report", try file(reports(count), "reports", in: folder), on: database)
    try await run("alert", "watch", "--day", "2020-10-19", on: database)
    let names = ["item": "ITEM-1", "centre": "c1", "machine": "m1", "category": "mri-linac"]
    return Network(database: database, day: "2020-10-19", names: names)
  }

  private static func take(_ noun: String, _ table: String, _ folder: String, on database: String)
    async throws
  {
    try await run(noun, "import", try file(table, noun, in: folder), on: database)
  }

  private static func file(_ table: String, _ name: String, in folder: String) throws -> String {
    let path = "\(folder)/\(name).csv"
    try table.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private static func run(_ words: String..., on database: String? = nil) async throws {
    var command = try Procure.parseAsRoot(words + (database.map { ["--database", $0] } ?? []))
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  // MARK: - Tables

  private static func centres(_ count: Int) -> String {
    let rows = (1...count).map { number in
      let (north, east) = (Double(number % 60) * 0.12, Double(number / 60 % 60) * 0.12)
      return
        "c\(number),network,The network,Centre \(number),hospital_site,City \(number),69,Region \(number % 13),"
        + String(format: "%.4f,%.4f", 43 + north, 0 + east)
    }
    return "code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude\n"
      + rows.joined(separator: "\n") + "\n"
  }

  private static var items: String {
    let rows = (1...20).map {
      "ITEM-\($0),Article \($0),Item \($0),{each},\($0 < 5 ? "vital" : "standard"),ambient,made up"
    }
    return "sku,name_fr,name_en,base_unit,criticality,storage,certainty\n" + rows.joined(separator: "\n")
      + "\n"
  }

  private static func machines(_ count: Int) -> String {
    let categories = ["mri-linac", "tomotherapy", "proton-therapy"]
    let rows = (1...(3 * count)).map { number in
      "m\(number),network,c\((number - 1) % count + 1),\(categories[number % 3]),Maker,Model,1,present,in_service,yes,"
        + "\(2008 + number % 12),made up,made up"
    }
    return
      "reference,organisation_code,centre_code,category_code,manufacturer,model,quantity,presence,lifecycle,confirmed,"
      + "commissioned_year,source,certainty\n" + rows.joined(separator: "\n") + "\n"
  }

  private static func reports(_ count: Int) -> String {
    var text = "centre,day,item,counted,used\n"
    for week in 0..<8 {
      let day = [
        "2020-08-24", "2020-08-31", "2020-09-07", "2020-09-14", "2020-09-21", "2020-09-28", "2020-10-05",
        "2020-10-12",
      ][week]
      for centre in 1...count {
        for item in 1...20 {
          let use = 20 + (7 * centre + 3 * item) % 40
          text += "c\(centre),\(day),ITEM-\(item),\(600 - week * use + 30 * ((centre + item) % 11)),\(use)\n"
        }
      }
    }
    return text
  }
}
