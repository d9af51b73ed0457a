/// Who does something, and when. Every operation takes one: time never comes from inside.
package struct Stamp: Equatable, Sendable {
  package var actor: String
  package var at: Instant

  package init(actor: String, at: Instant) {
    self.actor = actor
    self.at = at
  }

  /// The last day that has come anywhere at this moment: days are counted in UTC, and to the east the next one has begun.
  package var lastDay: Day { at.day + 1 }
}
