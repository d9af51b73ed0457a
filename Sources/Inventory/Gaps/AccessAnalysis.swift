package import Planning
package import Storage

/// Who reaches a category's machines, and in what time: people within limits, and each place's share of them.
package struct AccessAnalysis: Equatable, Sendable, Codable {
  /// What the sites are taken to be.
  package enum Assumption: String, CaseIterable, Codable, Sendable {
    case confirmed = "confirmed machines only"
    case reported = "with those to confirm"
    case possible = "were every unknown site equipped"
  }

  /// People within a limit of the nearest site; nil where no site is taken to have a machine.
  package struct Band: Equatable, Sendable, Codable {
    package var limitMinutes: Int64
    package var people: Int64
    /// Of all those counted.
    package var percent: ExactFigure
  }

  package struct Access: Equatable, Sendable, Codable {
    package var assumption: Assumption
    package var sites: [String]
    package var bands: [Band]
    /// No site can be reached as far as anybody knows: in no band, and not counted as far.
    package var unknown: Int64
  }

  /// One department's view of the reported machines.
  package struct Place: Equatable, Sendable, Codable {
    package var department: String
    package var name: String
    package var people: Int64
    package var nearest: String?
    package var seconds: Int64?
    package var source: TravelTime.Source?
    package var sourceDetail: String
    /// Machines of the region per million people of the region: what a table by region would say.
    package var plainPerMillion: ExactFigure
    /// Machines per million people by the enhanced two-step floating catchment method.
    package var catchmentPerMillion: ExactFigure
  }

  package var day: Day
  package var category: EquipmentCategory.Code
  package var people: Int64
  /// Whether overseas departments take part.
  package var isMetropolitan: Bool
  package var rows: [Access]
  /// The steps of the catchment, in minutes: full weight, 0.68, 0.22, nothing beyond.
  package var steps: [Int64]
  package var places: [Place]
  /// Departments by the source of the time to their nearest reported machine; `unknown` where there is none.
  package var sources: [String: Int64]
  /// The formula behind the times that nobody gave.
  package var road: String
  /// What each figure was computed from; empty unless it was asked for.
  package var trace: [GapTrace]
}

extension AccessAnalysis {
  /// - Parameters:
  ///   - category: the machines.
  ///   - limits: minutes, each at least 1.
  ///   - metropolitan: leaves the overseas departments out.
  ///   - day: the day of the register and of the norms.
  ///   - explained: whether to tell what each figure was computed from.
  ///   - connection: a snapshot.
  /// - Throws: the database's errors, and a norm that is out of range.
  /// - Returns: the bands for each assumption, and every department.
  package static func read(
    _ category: EquipmentCategory.Code,
    limits: [Int64],
    metropolitan: Bool,
    on day: Day,
    explained: Bool = false,
    in connection: any Connection
  ) throws -> AccessAnalysis {
    var geography = try Geography.read(in: connection)
    if metropolitan { geography.points.removeAll { !$0.isMetropolitan } }
    let kind = try EquipmentCategory.find(category, in: connection)
    let view = try CategoryView.read(kind, geography, on: day, in: connection)
    // A third, two thirds and the whole of the longest limit: Luo and Qi's steps were of towns (10, 20, 30).
    let longest = limits.max() ?? view.book.travelLimit
    let steps = [longest / 3, 2 * longest / 3, longest]
    var analysis = AccessAnalysis(
      day: day,
      category: category,
      people: geography.people,
      isMetropolitan: metropolitan,
      rows: Assumption.allCases.map { view.access($0, limits) },
      steps: steps,
      places: view.places(steps: steps),
      sources: [:],
      road: view.journeys.formula,
      trace: []
    )
    for place in analysis.places { analysis.sources[place.source?.rawValue ?? "unknown", default: 0] += 1 }
    if explained { analysis.trace = view.trace(of: analysis) }
    return analysis
  }
}

extension CategoryView {
  func sites(taken assumption: AccessAnalysis.Assumption) -> Set<String> {
    switch assumption {
    case .confirmed: sites { $0 == .confirmed }
    case .reported: sites(where: \.isReported)
    case .possible: possibleSites
    }
  }

  fileprivate func access(
    _ assumption: AccessAnalysis.Assumption,
    _ limits: [Int64]
  ) -> AccessAnalysis.Access {
    let open = sites(taken: assumption)
    let bands = AccessBands(
      table,
      people: geography.points.map(\.people),
      open: Set(places.indices.filter { open.contains(places[$0].code) }),
      limits: limits.map { 60 * $0 }
    )
    return AccessAnalysis.Access(
      assumption: assumption,
      sites: open.sorted(),
      bands: zip(limits, bands.bands).map { limit, band in
        let percent = bands.total > 0 ? Fraction(Int128(100 * band.people), Int128(bands.total)) : .zero
        return .init(limitMinutes: limit, people: band.people, percent: ExactFigure(percent))
      },
      unknown: bands.unknown
    )
  }

  fileprivate func places(steps: [Int64]) -> [AccessAnalysis.Place] {
    let open = sites(where: \.isReported)
    let shares = catchment(steps: steps).access
    let ratios = plainRatios
    let sites = Dictionary(places.map { ($0.code, $0) }) { first, _ in first }
    return geography.points.enumerated().map { index, point in
      let nearest = nearest(from: index, among: open)
      let site = nearest.flatMap { sites[$0.site] }
      let time = site.map { journeys.time(from: point, to: $0) }
      var source: TravelTime.Source?
      if case .known(_, let from)? = time { source = from }
      return AccessAnalysis.Place(
        department: point.code,
        name: point.name,
        people: point.people,
        nearest: nearest?.site,
        seconds: nearest?.seconds,
        source: source,
        sourceDetail: source.map { journeys.detail(from: point.code, to: nearest?.site ?? "", $0) }
          ?? noWays(from: point, among: open),
        plainPerMillion: ratios[point.region] ?? ExactFigure(.zero),
        catchmentPerMillion: ExactFigure(Self.perMillion(shares[index]))
      )
    }
  }

  /// What a routing server says of a department that reaches none of some sites; empty where it was not asked.
  func noWays(from point: DemandPoint, among open: Set<String>) -> String {
    let lost = places.filter {
      open.contains($0.code) && journeys.time(from: point, to: $0) == .noWay(.routed)
    }
    guard let first = lost.first else { return "" }
    return
      "no way to \(lost.map(\.code).counted) (\(journeys.detail(from: point.code, to: first.code, .routed)))"
  }

  /// People of each region, and the reported machines there.
  var regions: (people: [String: Int64], machines: [String: Int64]) {
    var people: [String: Int64] = [:]
    for point in geography.points { people[point.region, default: 0] += point.people }
    var machines: [String: Int64] = [:]
    for machine in fleet where machine.standing.isReported {
      if let region = machine.site?.region { machines[region, default: 0] += 1 }
    }
    return (people, machines)
  }

  /// Reported machines of each region per million of its people.
  private var plainRatios: [String: ExactFigure] {
    let (people, machines) = regions
    return people.reduce(into: [:]) { ratios, region in
      guard region.value > 0 else { return }
      let count = Int128(machines[region.key] ?? 0)
      ratios[region.key] = ExactFigure(Fraction(count * 1_000_000, Int128(region.value)))
    }
  }

  /// Reported machines at each place.
  func supply() -> [Int64] {
    var machines: [String: Int64] = [:]
    for machine in fleet where machine.standing.isReported {
      if let site = machine.site { machines[site.code.rawValue, default: 0] += 1 }
    }
    return places.map { machines[$0.code] ?? 0 }
  }

  static func weights(of steps: [Int64]) -> FloatingCatchment.Weight {
    .steps(zip(steps, [1, 0.68, 0.22]).map { (limit: Double(60 * $0), weight: $1) })
  }

  /// Reported machines for each person, at each point.
  func catchment(steps: [Int64]) -> FloatingCatchment {
    let pairs = geography.points.indices.flatMap { point in
      table.legs(from: point).map {
        FloatingCatchment.Pair(place: point, site: $0.site, time: Double($0.time))
      }
    }
    return FloatingCatchment(
      people: geography.points.map { Double($0.people) },
      supply: supply().map { Double($0) },
      pairs: pairs,
      weight: Self.weights(of: steps)
    )
  }

  /// Rounded to ten-thousandths of a machine per million, halves away from zero.
  private static func perMillion(_ share: Double) -> Fraction {
    Fraction(Int128((share * 1e10).rounded(.toNearestOrAwayFromZero)), 10_000)
  }
}
