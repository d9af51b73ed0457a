import Foundation
import Inventory

/// What an explanation says, in the reader's language: sentence by sentence, with names in place of codes.
struct TraceWords {
  let names: EquipmentNames
  let departments: [String: String]
  let language: Language
  private var t: Language { language }

  private static let catalogue = Sentences(String(decoding: PackageResources.traces_tsv, as: UTF8.self))

  /// A department, a place, a region, or an assumption.
  func area(_ code: String) -> String {
    if code == "all" || code == "network" { return t("the network", "le réseau") }
    if let department = departments[code] { return "\(department) (\(code))" }
    return one(code) ?? names.place(code)
  }

  /// Clauses are told one by one.
  func text(_ said: String) -> String {
    if let norm = norm(said) { return norm }
    return plain(said).components(separatedBy: "; ").map { one($0) ?? name(of: $0) ?? $0 }
      .joined(separator: t("; ", "\u{00A0}; "))
  }

  /// A figure without the zeros that end it; anything else is told clause by clause.
  func value(_ said: String) -> String {
    guard said.wholeMatch(of: /-?\d+\.\d*0/) != nil else { return text(said) }
    let short = said.replacing(/\.?0+$/, with: "")
    return Sentences.figure(short, t)
  }

  private func one(_ clause: String) -> String? {
    switch t {
    case .french: Self.catalogue.translated(clause) { name(of: $0) }
    case .english: Self.catalogue.named(clause) { name(of: $0) }
    }
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
    text.replacing(/\{([a-z]+)\}\/a/) { "\($0.output.1)s a year" }
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
    let certainty = citation.last.map { one($0) ?? $0 } ?? ""
    return "\(t.labelled(name, amount)); \(source), \(certainty); "
      + t("in force from \(since)", "en vigueur depuis le \(since)")
  }

  private func unit(_ unit: String) -> String {
    switch unit {
    case "1", "": ""
    case "a": "\u{00A0}\(t("years", "ans"))"
    default: "\u{00A0}\(one(plain("0 \(unit)")).map { String($0.dropFirst(2)) } ?? unit)"
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
    "minimum-patients-per-site-year": ("fewest patients a site and year", "minimum de patients par site et par an"),
    "share-up-to-5-years-at-least": ("share up to 5 years, at least", "part jusqu’à 5 ans, au moins"),
    "share-over-5-up-to-10-years-at-most": (
      "share over 5 and up to 10 years, at most", "part de 5 à 10 ans, au plus"
    ),
    "share-over-10-years-at-most": ("share over 10 years, at most", "part au-delà de 10 ans, au plus"),
  ]
}
