import Foundation

extension String {
  /// What names are sorted by: letters without case and accents, so that É stands with E.
  var sortKey: String { folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil) }
}

extension Sequence {
  /// By a name, as a dictionary has it; the name of each is folded once.
  func sorted(byName name: (Element) -> String) -> [Element] {
    map { (name($0).sortKey, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
