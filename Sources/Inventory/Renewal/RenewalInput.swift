import Foundation
package import Planning
package import Storage

/// All that a plan is computed from: the same input gives the same plan.
package struct RenewalInput: Equatable, Sendable, Codable {
  /// A machine whose age and expected life are known.
  package struct Machine: Equatable, Sendable, Codable {
    package var code: Equipment.Code
    /// The site, or the organisation where the source names no site.
    package var place: String
    package var category: EquipmentCategory.Code
    package var maker: String?
    /// Nobody makes parts or upgrades for it any more: it can only be renewed.
    package var isMakerGone: Bool
    package var model: String?
    /// At the start of the first year; of a machine whose year alone is known, as old as it may be.
    package var ageMonths: Int64
    package var lifeMonths: Int64
    /// By its log of the year before; nil where nothing is known.
    package var downPerMille: Int64?
    package var isConfirmed: Bool
    package var certainty: String
  }

  /// A machine that is in no figure of the plan, and why.
  package struct Apart: Equatable, Sendable, Codable {
    package enum Reason: String, Codable, Sendable {
      case ageUnknown = "age unknown"
      case stateUnknown = "state unknown"
      case coming
      case noExpectedLife = "no norm for its life"
    }
    package var machine: Equipment.Code
    package var category: EquipmentCategory.Code
    package var place: String
    package var reason: Reason
  }

  package var question: RenewalQuestion
  /// The day of the register, the norms and the prices.
  package var day: Day
  package var scenario: String?
  package var changes: [WhatIf.Change]
  package var ageRule: RenewalProblem.AgeRule
  /// Months that an upgrade adds, by category.
  package var upgradeMonths: [String: Int64]
  package var prices: [MachinePrice]
  package var machines: [Machine]
  package var apart: [Apart]

  /// SHA-256 of the input as JSON with keys in order.
  package var digest: String {
    get throws { SHA256.hex(try Self.json(self).utf8) }
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension RenewalInput {
  /// Reads the register on a day, with a scenario's changes over it.
  package static func read(
    _ question: RenewalQuestion,
    under scenario: WhatIf? = nil,
    on day: Day,
    in connection: any Connection
  ) throws -> RenewalInput {
    guard question.findings.isEmpty else { throw RenewalError.invalid(question.findings) }
    let categories = try EquipmentCategory.all(in: connection).map(\.code)
    for wanted in question.categories { _ = try EquipmentCategory.find(wanted, in: connection) }
    let books = try NormBooks.read(on: day, in: connection)
    var input = RenewalInput(
      question: question,
      day: day,
      scenario: scenario?.code.rawValue,
      changes: scenario?.changes ?? [],
      ageRule: ageRule(question, books.general),
      upgradeMonths: [:],
      prices: try MachinePrice.inForce(on: day, in: connection),
      machines: [],
      apart: []
    )
    let ceased = Set(try Maker.all(in: connection).filter { $0.state == .ceased }.map(\.name.foldedName))
    for category in categories where question.categories.isEmpty || question.categories.contains(category) {
      let norms = books[category]
      input.upgradeMonths[category.rawValue] = norms.months("upgrade-life-gain")
      for machine in try Equipment.list(category: category, in: connection) {
        let log = try machine.log(in: connection)
        let isMakerGone = machine.manufacturer.map { ceased.contains($0.foldedName) } ?? false
        input.add(machine, life: norms.months("expected-life"), isMakerGone: isMakerGone, log: log)
      }
    }
    try input.checkGaps(in: connection)
    scenario?.apply(to: &input)
    guard !input.machines.isEmpty || input.question.gaps.contains(where: { $0.missing > 0 }) else {
      throw RenewalError.nothingToPlan
    }
    return input
  }

  private mutating func add(
    _ machine: Equipment,
    life: Int64?,
    isMakerGone: Bool,
    log: [Equipment.StatusEntry]
  ) {
    let place = machine.centre?.rawValue ?? machine.organisation.rawValue
    let reason: Apart.Reason? =
      switch machine.lifecycle {
      case .retired: nil
      case .unknown: .stateUnknown
      case .planned, .ordered, .installing: .coming
      case .inService: life == nil ? .noExpectedLife : machine.commissionedYear == nil ? .ageUnknown : nil
      }
    if let reason {
      apart.append(.init(machine: machine.code, category: machine.category, place: place, reason: reason))
      return
    }
    guard machine.lifecycle == .inService, let life, let age = machine.months(before: question.firstYear)
    else { return }
    machines.append(
      Machine(
        code: machine.code,
        place: place,
        category: machine.category,
        maker: machine.manufacturer,
        isMakerGone: isMakerGone,
        model: machine.model,
        ageMonths: age,
        lifeMonths: life,
        downPerMille: machine.downPerMille(log, before: day),
        isConfirmed: machine.isConfirmed,
        certainty: machine.certainty
      )
    )
  }

  private func checkGaps(in connection: any Connection) throws {
    for gap in question.gaps {
      _ = try EquipmentCategory.find(gap.category, in: connection)
      _ = try Centre.find(gap.centre, in: connection)
    }
  }

  /// COCIR's shares as the norms state them, in whole percent.
  private static func ageRule(
    _ question: RenewalQuestion,
    _ norms: [EquipmentCategory.Norm]
  ) -> RenewalProblem.AgeRule {
    var rule = RenewalProblem.AgeRule(isByCategory: question.judgesEachCategory)
    for norm in norms {
      guard let percent = norm.value.scaled(toDecimals: 2), (0...100).contains(percent) else { continue }
      switch norm.name {
      case "share-up-to-5-years-at-least": rule.young = percent
      case "share-over-5-up-to-10-years-at-most": rule.middle = percent
      case "share-over-10-years-at-most": rule.old = percent
      default: continue
      }
    }
    return rule
  }
}

extension NormBook {
  /// A norm given in years, in whole months, rounded down; nil where there is none.
  fileprivate func months(_ name: String) -> Int64? {
    guard let value = norms[name]?.value else { return nil }
    let scale = (0..<value.decimals).reduce(Int64(1)) { power, _ in power * 10 }
    return value.digits * 12 / scale
  }
}

extension Equipment {
  /// Months in service on the first of January of a year, a month begun counting as one. A machine of which the
  /// year alone is known counts from the first of January of it, so that its age is never understated.
  fileprivate func months(before year: Int64) -> Int64? {
    guard let commissionedOn else { return commissionedYear.map { Swift.max(0, 12 * (year - $0)) } }
    let start = commissionedOn.components
    let whole = 12 * (year - Int64(start.year)) - Int64(start.month - 1)
    return Swift.max(0, whole)
  }

  /// Days down of a thousand known ones, over the year before; a thousand where it is down and has no log.
  fileprivate func downPerMille(_ log: [StatusEntry], before day: Day) -> Int64? {
    if let works = Availability(log: log, from: day - 365, to: day).perMille { return 1000 - works }
    return function == .down ? 1000 : nil
  }
}
