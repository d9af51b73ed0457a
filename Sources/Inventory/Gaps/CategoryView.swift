package import Planning
package import Storage

/// Everything that is known of one category on one day, read once: norms, machines, presence, journeys.
package struct CategoryView: Sendable {
  package let category: EquipmentCategory
  package let day: Day
  package let geography: Geography
  package let book: NormBook
  package let need: NeedModel
  package let fleet: [FleetMachine]
  /// Organisations of which nobody said whether they have it.
  package let silent: Set<Organisation.Code>
  package let activity: [Activity]
  package let ceased: [Maker]
  package let journeys: Journeys
  /// All centres of the network, in the order of the table's columns.
  package let places: [SitePlace]
  package let table: TravelTable

  package static func read(
    _ category: EquipmentCategory,
    _ geography: Geography,
    on day: Day,
    in connection: any Connection
  ) throws -> CategoryView {
    var register = try EquipmentRegister(of: category.code, geography, on: day, in: connection)
    return try register.view(of: category)
  }

  /// The nearest of some centres, by code; nil where none can be reached.
  package func nearest(from point: Int, among codes: Set<String>) -> (site: String, seconds: Int64)? {
    table.legs(from: point).first { codes.contains(places[$0.site].code) }
      .map { (places[$0.site].code, $0.time) }
  }

  /// Centres where a machine of such standing is, by code.
  package func sites(where belongs: (Standing) -> Bool) -> Set<String> {
    Set(fleet.filter { belongs($0.standing) }.compactMap { $0.site?.code.rawValue })
  }

  /// Centres that may have one: it was reported, or nobody said anything of the organisation.
  package var possibleSites: Set<String> {
    let unknown = geography.sites.filter { site in site.organisation.map(silent.contains) ?? false }
    return sites(where: \.isReported).union(unknown.map(\.code))
  }

  /// Those of some machines whose maker is no longer in business.
  package func atRisk(among machines: [FleetMachine]) -> [FleetMachine] {
    let names = Set(ceased.map { $0.name.foldedName })
    let makers = Set(machines.compactMap(\.equipment.manufacturer)).filter { names.contains($0.foldedName) }
    return machines.filter { machine in machine.equipment.manufacturer.map(makers.contains) ?? false }
  }
}
