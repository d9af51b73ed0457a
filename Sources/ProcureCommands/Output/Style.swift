/// Colour, where a person looks on: on a terminal, and not where NO_COLOR is set.
package enum Style {
  package static var isOn: Bool { Terminal.isInteractive && Configuration.environment("NO_COLOR") == nil }

  /// A cell of a table: titles in bold, words of alarm in red, words of warning in yellow.
  package static func painted(_ cell: String, isTitle: Bool) -> String {
    if isTitle { return "\u{1B}[1m\(cell)\u{1B}[0m" }
    if alarms.contains(cell) { return "\u{1B}[31m\(cell)\u{1B}[0m" }
    return warnings.contains(cell) ? "\u{1B}[33m\(cell)\u{1B}[0m" : cell
  }

  private static let alarms: Set = [
    "critical", "stock_out", "rupture", "down", "missing", "recall", "recalled", "expired", "100 %",
  ]
  private static let warnings: Set = [
    "alert", "watch", "tension", "degraded", "late", "quarantine", "90 %", "pending", "edited", "unknown",
  ]
}
