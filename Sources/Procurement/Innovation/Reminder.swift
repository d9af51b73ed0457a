package import Inventory
package import Storage

/// Something that falls due: a renewal to ask for, a follow-up, a survey that closes, an agreement that ends.
package struct Reminder: Equatable, Sendable, Codable {
  package enum Kind: String, Codable, Sendable {
    case accessRenewal = "renewal to ask for"
    case accessEnd = "access ends"
    case followUp = "follow-up of a pitch"
    case surveyCloses = "survey closes"
    case agreementEnds = "agreement ends"
  }

  package var due: Day
  /// Negative where it is overdue.
  package var daysLeft: Int64
  package var kind: Kind
  package var subject: String
  package var what: String

  /// What is due up to so many days from a day, the overdue with it, the earliest first.
  package static func due(
    on day: Day,
    within days: Int64,
    in connection: any Connection
  ) throws -> [Reminder] {
    let all =
      try accesses(on: day, in: connection) + followUps(on: day, in: connection)
      + surveys(on: day, in: connection) + agreements(on: day, in: connection)
    return all.filter { $0.daysLeft <= days }.sorted {
      ($0.due, $0.subject, $0.what) < ($1.due, $1.subject, $1.what)
    }
  }

  private static func accesses(on day: Day, in connection: any Connection) throws -> [Reminder] {
    try AccessProgramme.all(in: connection).flatMap { programme -> [Reminder] in
      guard let period = programme.standing.period else { return [] }
      let (code, product) = (programme.terms.code.rawValue, programme.terms.product)
      switch programme.standing.state {
      case .granted, .renewed:
        let renewal = Reminder(period.renewalDue, on: day, .accessRenewal, code, product)
        return [renewal, Reminder(period.ends, on: day, .accessEnd, code, product)]
      case .identified, .requested, .underReview, .continued, .ended, .refused: return []
      }
    }
  }

  private static func followUps(on day: Day, in connection: any Connection) throws -> [Reminder] {
    try Pitch.all(in: connection).compactMap { pitch in
      guard pitch.state == .followedUp, let due = pitch.dueOn else { return nil }
      return Reminder(due, on: day, .followUp, "\(pitch.innovation) \(pitch.number)", pitch.nextStep)
    }
  }

  private static func surveys(on day: Day, in connection: any Connection) throws -> [Reminder] {
    try PracticeSurvey.all(in: connection).filter { $0.state == .open }.map { survey in
      let missing = try SurveyResults.read(survey.terms.code, in: connection).missing.count
      let what = "\(survey.terms.title): \(missing) centres have said nothing"
      return Reminder(survey.terms.closes, on: day, .surveyCloses, survey.terms.code.rawValue, what)
    }
  }

  /// Of the agreements that an innovation not yet closed depends on; those that ended are told for a year.
  private static func agreements(on day: Day, in connection: any Connection) throws -> [Reminder] {
    try Innovation.all(in: connection).filter { $0.state != .closed }.flatMap { innovation in
      try innovation.terms.agreements.compactMap { reference in
        let ends = try Agreement.find(reference, in: connection).terms.ends
        guard ends >= day - 365 else { return nil }
        return Reminder(ends, on: day, .agreementEnds, innovation.terms.code.rawValue, reference.rawValue)
      }
    }
  }

  private init(_ due: Day, on day: Day, _ kind: Kind, _ subject: String, _ what: String) {
    self.due = due
    daysLeft = due - day
    self.kind = kind
    self.subject = subject
    self.what = what
  }
}
