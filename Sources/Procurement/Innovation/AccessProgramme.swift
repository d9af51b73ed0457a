package import Inventory

/// A treatment that centres may give before, or outside, its marketing authorisation.
package struct AccessProgramme: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<AccessProgramme>
  package typealias Code = Inventory.Code<AccessProgramme>

  package let id: ID
  package var terms: Terms
  package var standing: Standing

  package struct Terms: Equatable, Sendable, Codable {
    package var code: Code
    package var product: String
    package var atc: String?
    package var indication: String
    package var scheme: Scheme
    package var authority: String
    package var innovation: Innovation.Code?
    package var item: Item.SKU?
    package var source: String
    package var certainty: String

    package init(
      code: Code,
      product: String,
      atc: String? = nil,
      indication: String,
      scheme: Scheme,
      authority: String? = nil,
      innovation: Innovation.Code? = nil,
      item: Item.SKU? = nil,
      source: String,
      certainty: String
    ) {
      self.code = code
      self.product = product
      self.atc = atc
      self.indication = indication
      self.scheme = scheme
      self.authority = authority ?? scheme.usualAuthority
      self.innovation = innovation
      self.item = item
      self.source = source
      self.certainty = certainty
    }
  }

  /// The French schemes since July 2021: accès précoce, accès compassionnel, cadre de prescription compassionnelle.
  package enum Scheme: String, CaseIterable, Codable, Sendable {
    case early, compassionate, framework

    package var usualAuthority: String {
      switch self {
      case .early: "HAS"
      case .compassionate, .framework: "ANSM"
      }
    }

    /// The most years that one decision may grant: early access a year, a framework three; nil where it is left to
    /// the authority, patient by patient.
    package var longestYears: Int? {
      switch self {
      case .early: 1
      case .framework: 3
      case .compassionate: nil
      }
    }
  }

  /// Where it stands, and until when.
  package struct Standing: Equatable, Sendable, Codable {
    package var state: State
    package var decidedOn: Day?
    package var period: Period?
  }

  package struct Period: Equatable, Sendable, Codable {
    package var starts: Day
    package var ends: Day
    /// The day by which the renewal is to be asked for: three months before the end where nothing else is said.
    package var renewalDue: Day

    package init(starts: Day, ends: Day, renewalDue: Day? = nil) {
      self.starts = starts
      self.ends = ends
      self.renewalDue = renewalDue ?? ends.monthsBefore(3)
    }
  }

  package enum State: String, CaseIterable, Codable, Sendable {
    case identified, requested
    case underReview = "under_review"
    case granted, renewed, continued, ended, refused

    /// Centres may open and treat.
    package var isOpen: Bool {
      switch self {
      case .granted, .renewed, .continued: true
      case .identified, .requested, .underReview, .ended, .refused: false
      }
    }
  }

  package enum Event: Equatable, Sendable {
    case request, review
    case grant(Day, Period)
    case renew(Day, Period)
    case refuse(Day)
    /// The product got its marketing authorisation; supply goes on until it is paid for as others are.
    case authorise(Day)
    case end(Day)

    package var name: String {
      switch self {
      case .request: "request"
      case .review: "review"
      case .grant: "grant"
      case .renew: "renew"
      case .refuse: "refuse"
      case .authorise: "authorise"
      case .end: "end"
      }
    }
  }
}

extension AccessProgramme.Standing {
  /// identified → requested → under review → granted → renewed → continued → ended, or refused. Nil where the diagram
  /// has no such step.
  package func after(_ event: AccessProgramme.Event) -> Self? {
    switch (state, event) {
    case (.identified, .request): with(.requested)
    case (.requested, .review): with(.underReview)
    case (.requested, .grant(let day, let period)), (.underReview, .grant(let day, let period)):
      .init(state: .granted, decidedOn: day, period: period)
    case (.requested, .refuse(let day)), (.underReview, .refuse(let day)):
      .init(state: .refused, decidedOn: day, period: nil)
    case (.granted, .renew(let day, let period)), (.renewed, .renew(let day, let period)):
      .init(state: .renewed, decidedOn: day, period: period)
    case (.granted, .authorise(let day)), (.renewed, .authorise(let day)):
      .init(state: .continued, decidedOn: day, period: period)
    case (.granted, .end(let day)), (.renewed, .end(let day)), (.continued, .end(let day)):
      .init(state: .ended, decidedOn: day, period: period)
    case (.identified, _), (.requested, _), (.underReview, _), (.granted, _), (.renewed, _), (.continued, _),
      (.ended, _), (.refused, _):
      nil
    }
  }

  private func with(_ state: AccessProgramme.State) -> Self {
    .init(state: state, decidedOn: decidedOn, period: period)
  }
}

/// One centre of a programme; patients are counted, never named.
package struct AccessCentre: Equatable, Sendable, Codable {
  package enum State: String, CaseIterable, Codable, Sendable {
    case asked, open
    case inUse = "in_use"
    case closed

    /// asked → open → in use → closed; a closed one may ask again.
    package func allows(_ next: State) -> Bool {
      switch (self, next) {
      case (.asked, .open), (.open, .inUse), (.closed, .asked): true
      case (.asked, .closed), (.open, .closed), (.inUse, .closed): true
      case (.asked, _), (.open, _), (.inUse, _), (.closed, _): false
      }
    }
  }

  package var centre: Centre.Code
  package var state: State
  package var since: Day
  /// Nil where nobody said.
  package var patients: Int64?
}

extension Day {
  /// The same day of an earlier month, or its last where it is shorter.
  package func monthsBefore(_ months: Int) -> Day {
    let (year, month, day) = components
    let index = year * 12 + month - 1 - months
    let (earlierYear, earlierMonth) = (index / 12, index % 12 + 1)
    let last = min(day, Day.length(ofMonth: earlierMonth, year: earlierYear))
    return Day(year: earlierYear, month: earlierMonth, day: last) ?? self
  }
}
