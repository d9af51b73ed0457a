import Foundation
import Inventory

/// What the domain says of its decisions is kept as it was said, in English: the log and the plans must not change with
/// their reader. Pages say it in the reader's language by this catalogue, sentence by sentence, with the figures that
/// stand in it.
struct Sentences: Sendable {
  /// A sentence with gaps: `Its need of {} is met.`
  private struct Pattern: Sendable {
    let literals: [[UInt8]]
    /// With `{1}`, `{2}` where the gaps of the other go; `{1=}` for one that is no figure: a lot, a number of an order;
    /// `{1€}` for an amount of money.
    let translation: String

    init(_ text: Substring, _ translation: Substring) {
      literals = text.split(separator: "{}", omittingEmptySubsequences: false).map { Array($0.utf8) }
      self.translation = String(translation)
    }

    /// What stands in the gaps, each as short as it can be; nil for another sentence.
    func gaps(in text: [UInt8]) -> [String]? {
      guard literals.count > 1 else { return text == literals[0] ? [] : nil }
      guard let first = literals.first, let last = literals.last, text.starts(with: first) else { return nil }
      let end = text.count - last.count
      guard end > first.count, text[end...].elementsEqual(last) else { return nil }
      var (gaps, start): ([String], Int) = ([], first.count)
      for literal in literals.dropFirst().dropLast() {
        guard let found = Self.find(literal, in: text[(start + 1)..<end]) else { return nil }
        gaps.append(String(decoding: text[start..<found], as: UTF8.self))
        start = found + literal.count
      }
      guard start < end else { return nil }
      return gaps + [String(decoding: text[start..<end], as: UTF8.self)]
    }

    /// Whether what stands in a gap, counted from 0, may be a figure: no lot, and no number of an order.
    func isFigure(_ gap: Int) -> Bool { translation.contains("{\(gap + 1)}") }

    /// Whether an amount of money stands in a gap, counted from 0.
    func isMoney(_ gap: Int) -> Bool { translation.contains("{\(gap + 1)€}") }

    /// The sentence as it was said, with other words in its gaps.
    func said(with gaps: [String]) -> String {
      let words = literals.map { String(decoding: $0, as: UTF8.self) }
      return zip(words, gaps + [""]).map { $0 + $1 }.joined()
    }

    private static func find(_ literal: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
      guard text.count >= literal.count else { return nil }
      return (text.startIndex...(text.endIndex - literal.count)).first {
        text[$0..<($0 + literal.count)].elementsEqual(literal)
      }
    }
  }

  private let patterns: [Pattern]

  init(_ table: String) {
    patterns = table.split(separator: "\n").compactMap { line in
      let halves = line.split(separator: "\t")
      return halves.count == 2 ? Pattern(halves[0], halves[1]) : nil
    }
  }

  static let french = Sentences(String(decoding: PackageResources.sentences_tsv, as: UTF8.self))

  /// The sentence in the other language; nil for one that is not in the catalogue, such as what a person wrote.
  ///
  /// - Parameters:
  ///   - text: what the domain said.
  ///   - name: what is shown in place of a code that stands alone in a gap; nil for anything else.
  /// - Returns: the sentence with its figures; nil where nobody translated it.
  func translated(
    _ text: String,
    name: (String) -> String? = { _ in nil }
  ) -> String? {
    guard let (pattern, gaps) = match(text) else { return nil }
    return gaps.enumerated().reduce(pattern.translation) { sentence, gap in
      let place = "{\(gap.offset + 1)}"
      if pattern.isMoney(gap.offset) {
        return sentence.replacing("{\(gap.offset + 1)€}", with: Self.money(gap.element, .french))
      }
      guard sentence.contains(place) else {
        return sentence.replacing("{\(gap.offset + 1)=}", with: name(gap.element) ?? gap.element)
      }
      let filled =
        name(gap.element) ?? translated(gap.element, name: name)
        ?? Self.figure(gap.element, .french)
      return sentence.replacing(place, with: filled)
    }
  }

  /// The sentence in the domain's own language with names in place of codes, and figures as that language writes them.
  func named(_ text: String, name: (String) -> String?) -> String {
    guard let (pattern, gaps) = match(text) else { return text }
    return pattern.said(
      with: gaps.enumerated().map { place, gap in
        if pattern.isMoney(place) { return Self.money(gap, .english) }
        if let name = name(gap) { return name }
        guard match(gap) == nil else { return named(gap, name: name) }
        return pattern.isFigure(place) ? Self.figure(gap, .english) : gap
      }
    )
  }

  private func match(_ text: String) -> (pattern: Pattern, gaps: [String])? {
    let bytes = Array(text.utf8)
    for pattern in patterns {
      if let gaps = pattern.gaps(in: bytes) { return (pattern, gaps) }
    }
    return nil
  }

  /// An amount such as `17,200.00`, with its currency; anything else as it is.
  private static func money(_ text: String, _ t: Language) -> String {
    let parts = text.replacing(",", with: "").split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, let cents = Int64(parts[0] + parts[1]) else {
      return text
    }
    return t.money(Money(cents: cents))
  }

  /// A figure or a day as the language writes it; anything else, such as a number that begins with zeros, as it is.
  static func figure(_ text: String, _ t: Language) -> String {
    if text.utf8.count == 10, let day = Day(text) { return t.day(day) }
    let digits = text.replacing(",", with: "")
    if digits.count > 1, digits.first == "0", !digits.hasPrefix("0.") { return text }
    if let whole = Int64(digits) { return t.number(whole) }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let whole = Int64(parts[0]), UInt64(parts[1]) != nil else { return text }
    return "\(t.number(whole))\(t(".", ","))\(parts[1])"
  }
}

extension Language {
  /// What the domain said, in this language; as it was said where nobody translated it.
  ///
  /// - Parameters:
  ///   - text: the domain's own words, in English.
  ///   - name: a name for a code that the sentence holds; nil for what is none.
  /// - Returns: the sentence for a reader.
  func sentence(_ text: String, name: (String) -> String? = { _ in nil }) -> String {
    guard self == .french else { return Sentences.french.named(text, name: name) }
    return Sentences.french.translated(text, name: name) ?? Sentences.figure(text, self)
  }

  /// The same of several sentences, each by itself.
  func sentences(_ text: String, name: (String) -> String? = { _ in nil }) -> String {
    let parts = text.components(separatedBy: ". ")
    return parts.enumerated().map { index, part in
      sentence(index < parts.count - 1 ? part + "." : part, name: name)
    }.joined(separator: " ")
  }
}
