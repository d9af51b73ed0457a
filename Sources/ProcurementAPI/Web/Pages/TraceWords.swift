import Foundation
import Inventory

/// What an explanation says, in the reader's language: sentence by sentence, with names in place of codes.
struct TraceWords {
  let names: EquipmentNames
  let departments: [String: String]
  let language: Language
  /// Most lines say the same with other figures, and many the same: what was told once is not looked up again.
  private let told = Told()
  private var t: Language { language }

  private final class Told {
    var clauses: [String: String] = [:]
  }

  init(names: EquipmentNames, departments: [String: String], language: Language) {
    (self.names, self.departments, self.language) = (names, departments, language)
  }

  private static let catalogue = Sentences(String(decoding: PackageResources.traces_tsv, as: UTF8.self))

  /// A department, a place, a region, or an assumption.
  func area(_ code: String) -> String {
    if code == "all" || code == "network" { return t("the network", "le réseau") }
    if let department = departments[code] { return "\(department) (\(code))" }
    let place = names.place(code)
    return place == code ? one(code) : place
  }

  /// Clauses are told one by one.
  func text(_ said: String) -> String {
    if let norm = norm(said) { return norm }
    return plain(said).components(separatedBy: "; ").map(one).joined(separator: t("; ", "\u{00A0}; "))
  }

  /// A figure without the zeros that end it; anything else is told clause by clause.
  func value(_ said: String) -> String {
    guard said.hasSuffix("0"), said.contains("."), Double(said) != nil else { return text(said) }
    let short = said.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return Sentences.figure(String(short.reversed()), t)
  }

  /// A sentence of the catalogue; a list with its length, a place, or a sum with its figures.
  private func one(_ clause: String) -> String {
    if let known = told.clauses[clause] { return known }
    let said = translated(clause)
    told.clauses[clause] = said
    return said
  }

  private func translated(_ clause: String) -> String {
    if t == .french, let said = Self.catalogue.translated(clause, name: { name(of: $0) }) { return said }
    if t == .english {
      let said = Self.catalogue.named(clause) { name(of: $0) }
      if said != clause { return said }
    }
    let halves = clause.components(separatedBy: ": ")
    if halves.count == 2, Int64(halves[0]) != nil {
      return t.labelled(halves[0], name(of: halves[1]) ?? halves[1])
    }
    return name(of: clause) ?? clause.split(separator: " ").map(figure).joined(separator: " ")
  }

  /// A figure of a sum, with what holds it: `(68350798` is written `(68,350,798`; four digits may be a year.
  private func figure(_ word: Substring) -> String {
    let digits = word.drop { $0 == "(" }.prefix { $0.isNumber || $0 == "." }
    guard digits.count > 4 || digits.contains("."), digits.contains(where: \.isNumber) else {
      return String(word)
    }
    let ends = word.components(separatedBy: digits)
    guard ends.count == 2, ends.joined().allSatisfy({ "()".contains($0) }) else { return String(word) }
    return ends[0] + Sentences.figure(String(digits), t) + ends[1]
  }

  /// Places by their names; a machine by its code, which its page is found by.
  private func name(of text: String) -> String? {
    let parts = text.components(separatedBy: ", ")
    let known = parts.map { names.place($0) }
    guard known != parts else { return nil }
    return known.joined(separator: ", ")
  }

  /// UCUM's `{patient}/a` in words.
  private func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    return text.replacing(/\{([a-z]+)\}\/a/) { "\($0.output.1)s a year" }
  }

  // MARK: - Norms

  func what(_ what: String) -> String { Self.norms[what].map { t($0.english, $0.french) } ?? text(what) }

  /// `norm travel-limit 60 min (source; certainty), from 2020-05-11`: what it is, who says so, since when.
  private func norm(_ said: String) -> String? {
    guard said.hasPrefix("norm "), let open = said.firstIndex(of: "("),
      let end = said.range(of: "), from ", options: .backwards), open < end.lowerBound
    else { return nil }
    let citation = said[said.index(after: open)..<end.lowerBound].components(separatedBy: "; ")
    let since = Day(String(said[end.upperBound...])).map { t.day($0) } ?? ""
    let words = said[..<open].split(separator: " ")
    let name = words.count > 1 ? what(String(words[1])) : ""
    let unit = unit(words.dropFirst(3).joined(separator: " "))
    let amount = words.count > 2 ? "\(Sentences.figure(String(words[2]), t))\(unit)" : ""
    let source = citation.dropLast().joined(separator: "; ")
    let certainty = citation.last.map(one) ?? ""
    return "\(t.labelled(name, amount)); \(source), \(certainty); "
      + t("in force from \(since)", "en vigueur depuis le \(since)")
  }

  private func unit(_ unit: String) -> String {
    switch unit {
    case "1", "": ""
    case "a": "\u{00A0}\(t("years", "ans"))"
    default: "\u{00A0}\(one(plain("0 \(unit)")).dropFirst(2))"
    }
  }

  private static let norms: [String: (english: String, french: String)] = [
    "new-cases-per-100000-people": ("new cases per 100,000 people", "nouveaux cas pour 100 000 habitants"),
    "share-of-cases": ("share of cases", "part des cas"),
    "radiotherapy-share-of-cases": ("share of cases given radiotherapy", "part des cas en radiothérapie"),
    "share-of-radiotherapy-patients": (
      "share of radiotherapy patients", "part des patients de radiothérapie"
    ),
    "retreatment-share": ("share treated again", "part de reprises"),
    "network-share": ("the network's share", "part du réseau"),
    "courses-per-machine-year": ("courses a machine and year", "traitements par machine et par an"),
    "sessions-per-machine-year": ("sessions a machine and year", "séances par machine et par an"),
    "patients-per-room-year": ("patients a room and year", "patients par salle et par an"),
    "patients-per-machine-year": ("patients a machine and year", "patients par machine et par an"),
    "treatments-per-machine-year": ("treatments a machine and year", "traitements par machine et par an"),
    "expected-availability": ("expected availability", "disponibilité attendue"),
    "travel-limit": ("longest journey that is accepted", "trajet le plus long admis"),
    "road-circuity": ("road to great-circle distance", "route par rapport au vol d’oiseau"),
    "road-speed": ("mean speed on the road", "vitesse moyenne sur la route"),
    "expected-life": ("expected life", "durée de vie prévue"),
    "minimum-patients-per-site-year": (
      "fewest patients a site and year", "minimum de patients par site et par an"
    ),
    "share-up-to-5-years-at-least": ("share up to 5 years, at least", "part jusqu’à 5 ans, au moins"),
    "share-over-5-up-to-10-years-at-most": (
      "share over 5 and up to 10 years, at most", "part de 5 à 10 ans, au plus"
    ),
    "share-over-10-years-at-most": ("share over 10 years, at most", "part au-delà de 10 ans, au plus"),
  ]
}
