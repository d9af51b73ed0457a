package import Storage

/// One question to one organisation: what nobody said, and planning needs to know.
package struct SurveyQuestion: Equatable, Sendable, Codable {
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case presence
    case confirm
    case site
    case commissioned
    case maker
    case activity
  }

  package var organisation: Organisation.Code
  package var category: EquipmentCategory.Code
  package var kind: Kind
  /// The machine asked about; nil where the question is whether there is one.
  package var machine: Equipment.Code?
  package var question: String
}

package enum Survey {
  /// What to ask whom, by organisation, category, kind and machine.
  package static func questions(
    category: EquipmentCategory.Code? = nil,
    organisation: Organisation.Code? = nil,
    on day: Day,
    in connection: any Connection
  ) throws -> [SurveyQuestion] {
    let names = Dictionary(
      uniqueKeysWithValues: try EquipmentCategory.all(in: connection).map { ($0.code, $0.name) }
    )
    if let category { _ = try EquipmentCategory.find(category, in: connection) }
    if let organisation { _ = try Organisation.find(organisation, in: connection) }
    let cells = try Presence.table(in: connection).filter { cell in
      (category ?? cell.category) == cell.category && (organisation ?? cell.organisation) == cell.organisation
    }
    let silent = cells.filter { $0.presence == .unknown }.map { cell in
      SurveyQuestion(
        organisation: cell.organisation,
        category: cell.category,
        kind: .presence,
        machine: nil,
        question: "Do you have: \(names[cell.category] ?? cell.category.rawValue)? How many, at which site?"
      )
    }
    let machines = try Equipment.list(category: category, organisation: organisation, in: connection)
    let reported = Set(
      try Activity.all(in: connection).filter { $0.year >= Int64(day.year) - 1 }
        .map { "\($0.centre) \($0.category)" }
    )
    let known = machines.filter { Standing($0, on: day).isReported }
      .flatMap { $0.questions(reported, on: day) }
    return (silent + known).sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }
}

extension SurveyQuestion {
  fileprivate var order: [String] {
    [organisation.rawValue, category.rawValue, kind.rank, machine?.rawValue ?? ""]
  }
}

extension SurveyQuestion.Kind {
  fileprivate var rank: String { String(Self.allCases.firstIndex(of: self) ?? 0) }
}

extension Equipment {
  /// What is missing of a machine. `reported` holds "site category" of those with recent activity.
  fileprivate func questions(_ reported: Set<String>, on day: Day) -> [SurveyQuestion] {
    let standing = Standing(self, on: day)
    let what = [manufacturer, model].compactMap(\.self).joined(separator: " ")
    let thing = what.isEmpty ? "the machine" : what
    var asked: [(SurveyQuestion.Kind, String)] = []
    if standing == .toConfirm {
      let since = commissionedYear.map { " of \($0)" } ?? ""
      asked.append((.confirm, "Is \(thing)\(since) still in service?"))
    }
    if centre == nil { asked.append((.site, "At which site is \(thing)?")) }
    if commissionedYear == nil { asked.append((.commissioned, "Since when is \(thing) in service?")) }
    if manufacturer == nil { asked.append((.maker, "Who made \(thing)?")) }
    if let centre, standing == .confirmed, !reported.contains("\(centre) \(category)") {
      asked.append((.activity, "How many patients were treated on \(thing) last year?"))
    }
    return asked.map { kind, question in
      SurveyQuestion(
        organisation: organisation,
        category: category,
        kind: kind,
        machine: code,
        question: question
      )
    }
  }
}
