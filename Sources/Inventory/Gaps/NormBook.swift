package import Planning
package import Storage

/// The names of the norms that equipment planning asks for; their values are data.
package enum NormName: String, CaseIterable, Sendable {
  case newCases = "new-cases-per-100000-people"
  case shareOfCases = "share-of-cases"
  case radiotherapyShare = "radiotherapy-share-of-cases"
  case shareOfRadiotherapy = "share-of-radiotherapy-patients"
  case retreatment = "retreatment-share"
  case networkShare = "network-share"
  case courses = "courses-per-machine-year"
  case sessions = "sessions-per-machine-year"
  case patientsPerRoom = "patients-per-room-year"
  case patientsPerMachine = "patients-per-machine-year"
  case treatments = "treatments-per-machine-year"
  case availability = "expected-availability"
  case travelLimit = "travel-limit"
  case circuity = "road-circuity"
  case speed = "road-speed"
  case expectedLife = "expected-life"
  case minimumActivity = "minimum-patients-per-site-year"
  case youngShare = "share-up-to-5-years-at-least"
  case middleShare = "share-over-5-up-to-10-years-at-most"
  case oldShare = "share-over-10-years-at-most"
  case buildingWorks = "building-works"
}

extension NormName {
  /// What one machine does in a year, in several units.
  static let throughputs: [NormName] = [
    .courses, .patientsPerRoom, .patientsPerMachine, .treatments, .sessions,
  ]

  /// Which values make sense, in words; nil for one that does.
  func fault(of value: ExactDecimal) -> String? {
    let (value, one) = (value.fraction, Fraction(1))
    switch self {
    case .shareOfCases, .radiotherapyShare, .shareOfRadiotherapy, .networkShare, .availability, .youngShare,
      .middleShare, .oldShare:
      return value < .zero || value > one ? "a share from 0 to 1" : nil
    case .courses, .sessions, .patientsPerRoom, .patientsPerMachine, .treatments, .speed, .expectedLife,
      .travelLimit:
      return value > .zero ? nil : "a number above 0"
    case .circuity: return value < one ? "1 or more: no road is shorter than the great circle" : nil
    case .newCases, .retreatment, .minimumActivity, .buildingWorks:
      return value < .zero ? "0 or more" : nil
    }
  }
}

/// The norms in force for one category on one day.
package struct NormBook: Equatable, Sendable {
  package let category: EquipmentCategory.Code
  package let norms: [String: EquipmentCategory.Norm]

  package init(category: EquipmentCategory.Code, norms: [EquipmentCategory.Norm]) {
    self.category = category
    self.norms = Dictionary(norms.map { ($0.name, $0) }) { own, _ in own }
  }

  package static func read(
    for category: EquipmentCategory.Code,
    on day: Day,
    in connection: any Connection
  ) throws -> NormBook {
    try NormBooks.read(on: day, in: connection)[category]
  }

  /// The first of the names for which there is a norm.
  package func norm(_ names: NormName...) -> EquipmentCategory.Norm? {
    names.lazy.compactMap { norms[$0.rawValue] }.first
  }

  package func value(_ name: NormName) -> Fraction? { norms[name.rawValue]?.value.fraction }

  /// The travel limit in whole minutes, rounded down; 60 where no norm says otherwise.
  package var travelLimit: Int64 { value(.travelLimit).map { Int64($0.roundedDown) } ?? 60 }

  /// The default formula for journeys by road.
  /// - Throws: `GapError.normOutOfRange` for what only an older import has taken.
  package func road() throws(GapError) -> RoadFormula {
    let plain = RoadFormula()
    for name in [NormName.circuity, .speed] {
      guard let norm = norms[name.rawValue], name.fault(of: norm.value) != nil else { continue }
      throw .normOutOfRange(category: category.rawValue, norm: norm.name, value: norm.value)
    }
    return RoadFormula(
      circuity: value(.circuity)?.approximate ?? plain.circuity,
      speed: value(.speed)?.approximate ?? plain.speed
    )
  }
}

/// The norms in force on one day, of every category.
package struct NormBooks: Equatable, Sendable {
  /// Those that hold where a category has none of its own.
  package private(set) var general: [EquipmentCategory.Norm] = []
  private var own: [EquipmentCategory.Code: [EquipmentCategory.Norm]] = [:]

  package static func read(on day: Day, in connection: any Connection) throws -> NormBooks {
    var books = NormBooks()
    for norm in try EquipmentCategory.Norm.inForce(on: day, in: connection) {
      if let category = norm.category {
        books.own[category, default: []].append(norm)
      } else {
        books.general.append(norm)
      }
    }
    return books
  }

  package subscript(category: EquipmentCategory.Code) -> NormBook {
    NormBook(category: category, norms: (own[category] ?? []) + general)
  }
}

extension EquipmentCategory.Norm {
  /// `450 {course}/a (ESTRO QUARTS; IAEA planning; from memory)`.
  package var citation: String {
    let dated = sourceDate.map { ", \($0)" } ?? ""
    return "\(value) \(unit) (\(source)\(dated); \(certainty))"
  }
}
