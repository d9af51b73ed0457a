package import Inventory

/// A first supply of an item or a kit to every centre, in waves: what is to reach whom, what arrives when, the waves
/// that follow from it, and what was delivered of them.
package struct RolloutPlan: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<RolloutPlan>
  package typealias Code = Inventory.Code<RolloutPlan>

  package let id: ID
  package var code: Code
  package var title: String
  package var subject: Subject
  /// Only whole packs go out: base units of the item, or tests of the kit.
  package var packUnits: Quantity
  package var state: State
  /// Counts the plannings; the latest is the plan.
  package var revision: Int64
  package var plannedOn: Day
  /// Why it was planned, or planned again.
  package var because: String
  package var supply: Supply
  /// When the last centre has its first tranche; nil where the arrivals do not reach all of them.
  package var lastFirstDay: Day?
  /// Why no plan is earlier.
  package var bound: String
  package var cancelledBecause: String?
  /// By centre.
  package var targets: [Target]
  package var arrivals: [Arrival]
  /// What is still to go out, by wave and centre; waves that went out are deliveries.
  package var lines: [Line]
  package var deliveries: [Delivery]
  /// What stays in hand after a planned wave; waves after which nothing does are missing.
  package var kept: [Kept]

  /// Where the arrivals are from: a table, or the confirmed orders, which are read anew at each planning.
  package enum Supply: String, Equatable, Sendable, Codable { case stated, orders }

  package enum Subject: Equatable, Sendable, Codable {
    case item(Item.SKU)
    case kit(Kit.Code)
  }

  package struct Target: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    /// The first day on which the centre can receive and use it.
    package var ready: Day
    package var firstTranche: Quantity
    package var target: Quantity
    /// Units used in so many days; nil where nobody said, so that progress is counted in shares of the target.
    package var usedUnits: Quantity?
    package var usedDays: Int64?
    /// How the plan ends for the centre.
    package var firstDay: Day?
    package var planned: Quantity
    package var reason: String
    package var sentence: String
  }

  /// So much of an item on a day; for a kit, of one of its components.
  package struct Arrival: Equatable, Sendable, Codable {
    package var item: Item.SKU
    package var day: Day
    package var quantity: Quantity
    /// The order that brings it, or who says so.
    package var origin: String

    package init(item: Item.SKU, day: Day, quantity: Quantity, origin: String) {
      self.item = item
      self.day = day
      self.quantity = quantity
      self.origin = origin
    }
  }

  package struct Line: Equatable, Sendable, Codable {
    package var wave: Int64
    package var day: Day
    package var centre: Centre.Code
    package var quantity: Quantity
    package var total: Quantity
    /// Days of cover, or per cent of the target, after the wave.
    package var progress: String
    package var reason: String
    package var sentence: String
  }

  package struct Kept: Equatable, Sendable, Codable {
    package var wave: Int64
    package var day: Day
    package var quantity: Quantity
    package var why: String
  }

  /// What went out to a centre in a wave, and the papers of it.
  package struct Delivery: Equatable, Sendable, Codable {
    package var wave: Int64
    package var day: Day
    package var centre: Centre.Code
    package var quantity: Quantity
    package var document: String
  }
}

extension RolloutPlan {
  package enum State: String, CaseIterable, Codable, Sendable {
    case draft, approved, running, revised, completed, cancelled
  }

  package enum Step: Equatable, Sendable {
    case approve
    /// Planned again with other waves.
    case revise
    /// A wave went out; `complete` where every centre has its target.
    case record(complete: Bool)
    case cancel

    package var name: String {
      switch self {
      case .approve: "approve"
      case .revise: "revise"
      case .record: "record"
      case .cancel: "cancel"
      }
    }
  }

  func delivered(to centre: Centre.Code) -> Quantity {
    deliveries.reduce(.zero) { $1.centre == centre ? $0 + $1.quantity : $0 }
  }

  /// Whether every centre has its target.
  var isComplete: Bool { targets.allSatisfy { delivered(to: $0.centre) >= $0.target } }
}

extension RolloutPlan.State {
  /// The diagram: draft → approved → running → completed. Planned again, an approved one is a draft once more, a
  /// running one is revised until it is approved. Cancelled from any before completed: what went out stays.
  package func after(_ step: RolloutPlan.Step, of code: RolloutPlan.Code) throws(RolloutError) -> Self {
    switch (self, step) {
    case (.draft, .approve): .approved
    case (.revised, .approve): .running
    case (.draft, .revise), (.approved, .revise): .draft
    case (.running, .revise), (.revised, .revise): .revised
    case (.approved, .record(let complete)), (.running, .record(let complete)):
      complete ? .completed : .running
    case (.draft, .cancel), (.approved, .cancel), (.running, .cancel), (.revised, .cancel): .cancelled
    case (.draft, _), (.approved, _), (.running, _), (.revised, _), (.completed, _), (.cancelled, _):
      throw .notAllowed(step.name, code, self)
    }
  }
}
