import Foundation
import Inventory

extension Language {
  /// A text with its days and moments as the reader writes them: `(2020-08-21`, `2020-08-21T08:00:00Z,`.
  func dated(_ text: String) -> String {
    words(of: text) { word in
      word.count == 10 ? Day(word).map(day) : Instant(word).map(moment)
    }
  }

  /// The same with its moments alone: days that show how to write a day stay as they are.
  func timed(_ text: String) -> String {
    words(of: text) { word in word.count > 10 ? Instant(word).map(moment) : nil }
  }

  /// Each word from its first digit on, without the signs after it, in other words where there are any.
  private func words(of text: String, _ told: (String) -> String?) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard let start = word.firstIndex(where: { ("0"..."9").contains($0) }) else { return String(word) }
      let core = word[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-:.".contains($0)) }
      guard core.count >= 10, let other = told(String(core)) else { return String(word) }
      return word[..<start] + other + word[core.endIndex...]
    }.joined(separator: " ")
  }
}
