import Planning

/// Need against what is there, in one area and one category.
package struct GapRow: Equatable, Sendable, Codable {
  package enum Verdict: String, Codable, Sendable {
    /// Machines are missing whatever the unconfirmed ones are.
    case short
    case enough
    /// It depends on machines that nobody confirmed, or on organisations that said nothing.
    case askFirst = "ask first"
    /// A norm is missing.
    case unknown
  }

  package var category: EquipmentCategory.Code
  package var area: String
  package var areaName: String
  /// Nil for a place without people of its own.
  package var people: Int64?
  /// In machines; nil where a norm is missing.
  package var need: ExactFigure?
  package var confirmed: Int64
  package var toConfirm: Int64
  package var coming: Int64
  /// Σ availability of the confirmed machines, in machines of normal throughput.
  package var effective: ExactFigure
  /// What the unconfirmed ones would add.
  package var effectiveToConfirm: ExactFigure
  /// Organisations with a site here that nobody asked: neither a machine nor a gap.
  package var silent: [Organisation.Code]
  /// Need less the effective capacity, with and without the unconfirmed machines; negative is a surplus.
  package var gapAtLeast: ExactFigure?
  package var gapAtMost: ExactFigure?
  /// `gapAtMost` per million people.
  package var gapPerMillion: ExactFigure?
  package var verdict: Verdict
  package var travelLimitMinutes: Int64
  /// People farther than the limit from every reported machine, and people whose journey nobody knows.
  package var peopleBeyond: Int64?
  package var peopleUnknown: Int64?
  /// Sites with exactly one machine: no fallback.
  package var singleMachineSites: [String]
  /// Of the sites that reported activity, the latest year first; empty where none did.
  package var use: [MachineUse]
  /// The least that an authorisation asks for; nil where no norm says.
  package var minimumActivity: ExactFigure?
  /// Sites whose latest report is below the least that an authorisation asks for.
  package var belowMinimum: [SiteActivity]
  /// Sites of which that cannot be said: they reported nothing, or in another unit than the norm's; empty without a
  /// norm.
  package var minimumUnknown: [String]
  /// Sites with a machine that did not report any activity.
  package var activityMissing: [String]
  /// Machines whose maker is no longer in business.
  package var supplierRisk: [Equipment.Code]

  /// People beyond the limit per hundred whose journey is known; nil where none is.
  package var percentBeyond: ExactFigure? {
    guard let people, let peopleBeyond, let peopleUnknown, people > peopleUnknown else { return nil }
    return ExactFigure(Fraction(Int128(100 * peopleBeyond), Int128(people - peopleUnknown)))
  }
}

extension GapRow {
  package init(_ area: GapArea, _ view: CategoryView) {
    let fleet = view.fleet.filter { machine in
      machine.site.map { area.centres.contains($0.code.rawValue) } ?? false
    }
    let people = area.points.map { points in points.reduce(0) { $0 + view.geography.points[$1].people } }
    let silent = view.geography.centres.filter { area.centres.contains($0.code.rawValue) }.map(\.organisation)
    category = view.category.code
    self.area = area.code
    areaName = area.name
    self.people = people
    need = people.flatMap { view.need.machines(people: $0) }.map(ExactFigure.init)
    confirmed = Int64(fleet.count { $0.standing == .confirmed })
    toConfirm = Int64(fleet.count { $0.standing == .toConfirm })
    coming = Int64(fleet.count { $0.standing == .coming })
    effective = Self.capacity(of: fleet, .confirmed)
    effectiveToConfirm = Self.capacity(of: fleet, .toConfirm)
    self.silent = Set(silent).intersection(view.silent).sorted()
    verdict = .unknown
    travelLimitMinutes = view.book.travelLimit
    let machines = Dictionary(grouping: fleet.filter(\.standing.isReported)) { $0.site?.code.rawValue ?? "" }
    singleMachineSites = machines.filter { $0.value.count == 1 }.keys.sorted()
    let reported = view.activity.filter { area.centres.contains($0.centre.rawValue) }
    use = view.use(of: reported, machines)
    (belowMinimum, minimumUnknown) = ([], [])
    activityMissing = Set(machines.keys).subtracting(reported.map(\.centre.rawValue)).sorted()
    supplierRisk = view.atRisk(among: fleet).map(\.equipment.code)
    judgeActivity(reported, Set(machines.keys), view)
    judge(view)
    measureAccess(area, view)
  }

  private static func capacity(of fleet: [FleetMachine], _ standing: Standing) -> ExactFigure {
    ExactFigure(fleet.filter { $0.standing == standing }.reduce(.zero) { $0 + $1.availability })
  }

  /// A minimum in patients says nothing of a report in sessions.
  private mutating func judgeActivity(_ reported: [Activity], _ equipped: Set<String>, _ view: CategoryView) {
    guard let least = view.book.norm(.minimumActivity) else { return }
    minimumActivity = ExactFigure(least.value.fraction)
    let comparable = reported.filter { $0.isCounted(like: least) }
    belowMinimum = comparable.filter { Fraction(Int128($0.treated)) < least.value.fraction }.map(\.atSite)
    minimumUnknown = equipped.union(reported.map(\.centre.rawValue))
      .subtracting(comparable.map(\.centre.rawValue)).sorted()
  }

  private mutating func judge(_ view: CategoryView) {
    guard let need, let people else { return }
    let gap = EquipmentGap(
      need: need.value,
      known: effective.value,
      unknown: effectiveToConfirm.value,
      population: Int(people)
    )
    gapAtLeast = ExactFigure(gap.least)
    gapAtMost = ExactFigure(gap.greatest)
    gapPerMillion = gap.perMillion.map(ExactFigure.init)
    verdict =
      switch gap.verdict {
      case .enough: .enough
      case .askFirst: .askFirst
      case .short: silent.isEmpty ? .short : .askFirst
      }
  }

  private mutating func measureAccess(_ area: GapArea, _ view: CategoryView) {
    guard let points = area.points else { return }
    let sites = view.sites(where: \.isReported)
    let limit = 60 * view.book.travelLimit
    (peopleBeyond, peopleUnknown) = (0, 0)
    for point in points {
      let people = view.geography.points[point].people
      guard let nearest = view.nearest(from: point, among: sites) else {
        peopleUnknown? += people
        continue
      }
      if nearest.seconds > limit { peopleBeyond? += people }
    }
  }
}
