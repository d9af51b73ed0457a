/// A kind of equipment, with the norms by which its need and its age are judged.
package struct EquipmentCategory: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<EquipmentCategory>
  package typealias Code = Inventory.Code<EquipmentCategory>

  package let id: ID
  package var code: Code
  package var name: String
  package var nameFrench: String

  /// A sourced, dated figure by which planning counts: never a constant in code.
  package struct Norm: Equatable, Sendable, Codable {
    /// The category it holds for; nil for all of them.
    package var category: Code?
    /// `expected-life`, `courses-per-machine-year`, `travel-limit`…
    package var name: String
    /// The day from which it is used here; a later one replaces it from its own day on.
    package var validFrom: Day
    package var value: ExactDecimal
    /// The range met in the literature, where there is one.
    package var low: ExactDecimal?
    package var high: ExactDecimal?
    /// In UCUM; `1` is a ratio.
    package var unit: String
    package var source: String
    /// When the source said so, as precisely as it is known: a year, a month or a day.
    package var sourceDate: String?
    package var certainty: String
    package var note: String
  }
}

package enum EquipmentError: DomainError, Equatable {
  case noSuchCategory(String)
  case noSuchEquipment(String)
  case siteNotOfOrganisation(site: String, organisation: String)
  case forbidden(from: String, to: String)
  case olderThanLastEntry(Day, last: Day)
  case notYet(Day)

  package var kind: ErrorKind {
    switch self {
    case .noSuchCategory, .noSuchEquipment: .notFound
    case .siteNotOfOrganisation, .notYet: .invalid
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
    case .notYet: "equipment.not-yet"
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
    case .notYet(let day): "\(day) has not come: the log says what is, not what is meant to be"
    }
  }
}
