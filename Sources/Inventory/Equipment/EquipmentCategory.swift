/// A kind of equipment, with the norms by which its need and its age are judged.
package struct EquipmentCategory: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<EquipmentCategory>
  package typealias Code = Inventory.Code<EquipmentCategory>

  package let id: ID
  package var code: Code
  package var name: String
  package var nameFrench: String

  /// A sourced, dated figure: never a constant in code. The value is an exact fraction.
  package struct Norm: Equatable, Sendable, Codable {
    /// `expected-life`, `capacity`, `utilisation`, `retreatment`, `share`, `incidence`, `travel-limit`.
    package var name: String
    package var validFrom: Day
    package var numerator: Int64
    package var denominator: Int64
    package var unit: String
    package var source: String
    package var certainty: String
  }
}

package enum EquipmentError: DomainError, Equatable {
  case noSuchCategory(String)
  case noSuchEquipment(String)
  case siteNotOfOrganisation(site: String, organisation: String)
  case forbidden(from: String, to: String)
  case olderThanLastEntry(Day, last: Day)

  package var kind: ErrorKind {
    switch self {
    case .noSuchCategory, .noSuchEquipment: .notFound
    case .siteNotOfOrganisation: .invalid
    case .forbidden, .olderThanLastEntry: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchCategory: "equipment.category-not-found"
    case .noSuchEquipment: "equipment.not-found"
    case .siteNotOfOrganisation: "equipment.site-not-of-organisation"
    case .forbidden: "equipment.state-not-allowed"
    case .olderThanLastEntry: "equipment.log-out-of-order"
    }
  }
  package var description: String {
    switch self {
    case .noSuchCategory(let code): "no equipment category “\(code)”"
    case .noSuchEquipment(let code): "no equipment “\(code)”"
    case .siteNotOfOrganisation(let site, let organisation):
      "the site “\(site)” does not belong to “\(organisation)”"
    case .forbidden(let from, let to): "a machine that is \(from) cannot become \(to)"
    case .olderThanLastEntry(let day, let last):
      "the log already has an entry of \(last); a new one cannot be of \(day), before it"
    }
  }
}
