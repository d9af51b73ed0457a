package import Inventory

extension Stamp {
  /// The stamp of a test: always the same person at the same moment.
  package static let test = Stamp(actor: "tester", at: Instant(rawValue: 1_592_200_800_000))
}
