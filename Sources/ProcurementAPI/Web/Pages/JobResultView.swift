import Foundation
import Inventory

/// What a job answered, as a person reads it: facts as a list, rows as a table; what is neither, as it came.
struct JobResultView {
  private let body: String
  private let t: Language
  private static let shownRows = 100

  init(_ body: String, _ t: Language) { (self.body, self.t) = (body, t) }

  var markup: HTML {
    guard let json = try? JSONSerialization.jsonObject(with: Data(body.utf8)) else { return raw }
    if let object = json as? [String: Any] { return facts(object) + whole }
    if let rows = json as? [[String: Any]], !rows.isEmpty { return table(rows) + whole }
    return raw
  }

  private var raw: HTML { "<pre class=\"scroll\" tabindex=\"0\">\(body.prefix(20_000))</pre>" }

  private var whole: HTML {
    "<details><summary>\(t("As programs read it", "Tel que les programmes le lisent"))</summary>\(raw)</details>"
  }

  private func facts(_ object: [String: Any]) -> HTML {
    """
    <dl class="facts">\(object.sorted { $0.key < $1.key }.compactMap { key, value in
      text(value).map { (key, $0) }
    }.markup { key, text in "<dt>\(Self.name(key, t))</dt><dd>\(text)</dd>" })</dl>\(plan(object))
    """
  }

  /// A planning run leads to its page.
  private func plan(_ object: [String: Any]) -> HTML {
    guard object["planDigest"] != nil, let number = object["id"] as? Int else { return .nothing }
    let label = t("Open plan \(number)", "Ouvrir le plan \(number)")
    return "<p><a href=\"\(WebPath("planning", number))\">\(label)</a></p>"
  }

  private func table(_ rows: [[String: Any]]) -> HTML {
    let keys = Set(rows.flatMap { row in row.filter { text($0.value) != nil }.keys }).sorted()
    return """
      <div class="scroll" tabindex="0"><table><thead><tr>\(keys.markup { "<th>\(Self.name($0, t))</th>" })</tr></thead><tbody>
      \(rows.prefix(Self.shownRows).markup { row in
        "<tr>\(keys.markup { "<td>\(row[$0].flatMap(text) ?? "–")</td>" })</tr>"
      })
      </tbody></table></div>
      \(rows.count > Self.shownRows ? "<p class=\"note\">\(t("The first \(Self.shownRows) of \(rows.count).", "Les \(Self.shownRows) premières sur \(rows.count)."))</p>" as HTML : .nothing)
      """
  }

  /// A single value in the reader's form; nil for what is itself a list.
  private func text(_ value: Any) -> String? {
    switch value {
    case let text as String:
      if text.utf8.count == 64, text.allSatisfy(\.isHexDigit) { return "\(text.prefix(12))…" }
      if let moment = Instant(text) { return t.moment(moment) }
      return Day(text).map { t.day($0) } ?? t.sentence(text)
    case let number as Int: return t.number(Int64(number))
    case is NSNull, is [Any], is [String: Any]: return nil
    default: return "\(value)"
    }
  }

  private static func name(_ key: String, _ t: Language) -> String {
    switch key {
    case "actor": t("Asked by", "Demandé par")
    case "id": t("Number", "Numéro")
    case "startedAt": t("Started", "Début")
    case "endedAt": t("Ended", "Fin")
    case "knownAt": t("As known at", "Selon l’état connu à")
    case "inputsDigest": t("Inputs", "Données")
    case "planDigest": t("Result", "Résultat")
    case "rules": t("Rules", "Règles")
    case "state": t("State", "État")
    case "tasks": t("Parts", "Parties")
    default: key
    }
  }
}
