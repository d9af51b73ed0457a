package import Inventory

/// A solution on its way into the centres: proposed, pitched, assessed, released, rolled out.
package struct Innovation: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Innovation>
  package typealias Code = Inventory.Code<Innovation>

  package let id: ID
  package var terms: Terms
  package var state: State

  package struct Terms: Equatable, Sendable, Codable {
    package var code: Code
    package var title: String
    package var kind: Kind
    package var summary: String
    /// Who follows it.
    package var owner: String
    package var proposedOn: Day
    /// What it brings, where it is known.
    package var category: EquipmentCategory.Code?
    package var items: [Item.SKU]
    package var agreements: [Agreement.Reference]
    package var source: String
    package var certainty: String

    package init(
      code: Code,
      title: String,
      kind: Kind,
      summary: String = "",
      owner: String,
      proposedOn: Day,
      category: EquipmentCategory.Code? = nil,
      items: [Item.SKU] = [],
      agreements: [Agreement.Reference] = [],
      source: String,
      certainty: String
    ) {
      self.code = code
      self.title = title
      self.kind = kind
      self.summary = summary
      self.owner = owner
      self.proposedOn = proposedOn
      self.category = category
      self.items = Set(items).sorted()
      self.agreements = Set(agreements).sorted()
      self.source = source
      self.certainty = certainty
    }
  }

  package enum Kind: String, CaseIterable, Codable, Sendable {
    case equipment, digital, organisation, diagnostic, treatment
  }

  package enum State: String, CaseIterable, Codable, Sendable {
    case proposed, pitched, assessed, released
    case rolledOut = "rolled_out"
    case closed
  }

  package enum Step: String, CaseIterable, Codable, Sendable {
    case pitch, assess, release
    case rollOut = "roll-out"
    case close
  }
}

extension Innovation.State {
  /// proposed → pitched → assessed → released → rolled out; one that needs no pitch is assessed at once; closed from
  /// any before the end. Nil where the diagram has no such step.
  package func after(_ step: Innovation.Step) -> Self? {
    switch (self, step) {
    case (.proposed, .pitch): .pitched
    case (.proposed, .assess), (.pitched, .assess): .assessed
    case (.assessed, .release): .released
    case (.released, .rollOut): .rolledOut
    case (.proposed, .close), (.pitched, .close), (.assessed, .close), (.released, .close): .closed
    case (.proposed, _), (.pitched, _), (.assessed, _), (.released, _), (.rolledOut, _), (.closed, _): nil
    }
  }

  /// Centres may train and go live.
  package var isReleased: Bool {
    switch self {
    case .released, .rolledOut: true
    case .proposed, .pitched, .assessed, .closed: false
    }
  }
}

/// How far one centre is with an innovation.
package struct CentreRollout: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var state: State
  /// Nil where a list does not say.
  package var since: Day?
  package var note: String

  package enum State: String, CaseIterable, Codable, Sendable {
    case asked, ready, training, live, declined, stopped

    /// asked → ready → training → live; declined before it is live, stopped after; both may ask again.
    package func allows(_ next: State) -> Bool {
      switch (self, next) {
      case (.asked, .ready), (.ready, .training), (.training, .live), (.ready, .live): true
      case (.asked, .declined), (.ready, .declined), (.training, .declined): true
      case (.training, .stopped), (.live, .stopped): true
      case (.declined, .asked), (.stopped, .asked): true
      case (.asked, _), (.ready, _), (.training, _), (.live, _), (.declined, _), (.stopped, _): false
      }
    }

    /// A centre begins by asking, or by saying no; one may also be known to have it.
    package var isBeginning: Bool {
      switch self {
      case .asked, .declined, .live: true
      case .ready, .training, .stopped: false
      }
    }

    /// What only a released innovation allows.
    package var needsRelease: Bool {
      switch self {
      case .training, .live: true
      case .asked, .ready, .declined, .stopped: false
      }
    }
  }
}
