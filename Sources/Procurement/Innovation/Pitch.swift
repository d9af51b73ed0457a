package import Inventory
import Storage

/// A presentation of an innovation to the centres, and what came of it.
package struct Pitch: Equatable, Sendable, Codable {
  package var innovation: Innovation.Code
  /// Counted from 1 for each innovation.
  package var number: Int64
  package var state: State
  package var presenter: String
  package var heldOn: Day?
  package var recording: String
  package var nextStep: String
  package var dueOn: Day?
  package var interest: [Interest]

  package struct Interest: Equatable, Sendable, Codable {
    package enum Level: String, CaseIterable, Codable, Sendable, Storable { case none, curious, wants }
    package var centre: Centre.Code
    package var level: Level
  }

  package enum State: String, CaseIterable, Codable, Sendable, Storable {
    case proposed, selected, scheduled, presented
    case followedUp = "followed_up"
    case adopted, closed
  }

  /// What happens to a pitch, with what is known then.
  package enum Event: Equatable, Sendable, Codable {
    case select
    case schedule(Day)
    case present(recording: String)
    case followUp(nextStep: String, due: Day)
    case adopt
    case close

    package var name: String {
      switch self {
      case .select: "select"
      case .schedule: "schedule"
      case .present: "present"
      case .followUp: "follow-up"
      case .adopt: "adopt"
      case .close: "close"
      }
    }
  }

  /// proposed → selected → scheduled → presented → followed up → adopted; a follow-up may be followed by another;
  /// closed from any before the end. Nil where the diagram has no such step.
  package func after(_ event: Event) -> Pitch? {
    var pitch = self
    switch (state, event) {
    case (.proposed, .select): pitch.state = .selected
    case (.proposed, .schedule(let day)), (.selected, .schedule(let day)), (.scheduled, .schedule(let day)):
      pitch.state = .scheduled
      pitch.heldOn = day
    case (.scheduled, .present(let recording)):
      pitch.state = .presented
      pitch.recording = recording
    case (.presented, .followUp(let nextStep, let due)), (.followedUp, .followUp(let nextStep, let due)):
      pitch.state = .followedUp
      (pitch.nextStep, pitch.dueOn) = (nextStep, due)
    case (.presented, .adopt), (.followedUp, .adopt):
      pitch.state = .adopted
      pitch.dueOn = nil
    case (.proposed, .close), (.selected, .close), (.scheduled, .close), (.presented, .close),
      (.followedUp, .close):
      pitch.state = .closed
      pitch.dueOn = nil
    case (.proposed, _), (.selected, _), (.scheduled, _), (.presented, _), (.followedUp, _), (.adopted, _),
      (.closed, _):
      return nil
    }
    return pitch
  }
}
