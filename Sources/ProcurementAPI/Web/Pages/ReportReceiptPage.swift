import Inventory
import Storage

/// What came of a report: the receipt of one that was taken, and what one would do that is only checked.
enum ReportReceiptPage {
  static func page(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let centre: Centre.Code = try visit.code("centre")
    try visit.requireCovered(centre)
    let record = try ReportRecord.find(centre, key: visit.values["report"] ?? "", in: connection)
    let register = try Register(in: connection)
    let view = ReportRecordView(record: record, register: register, language: t)
    let title = "\(register.name(centre)), \(t.day(record.day))"
    return WebPage(
      title,
      .reports,
      """
      <p class="crumbs"><a href="/reports">\(t("Reports", "Déclarations"))</a> › \(register.link(centre))</p>
      <h1>\(t("Report of stock", "Déclaration de stock"))</h1>
      <p class="lead">\(title)</p>
      <section class="card"><h2>\(t("Receipt", "Récépissé"))</h2>\(facts(record, t))</section>
      <section class="card"><h2>\(t("What it said, and what it did to the stock", "Son contenu et son effet sur le stock"))</h2>\(view.table)</section>
      \(visit.may(.reporter, .administrator) ? "<p><a href=\"\(WebPath("reports", "new", query: [("centre", centre.rawValue)]))\">\(t("Report again", "Nouvelle déclaration"))</a></p>" as HTML : .nothing)
      """
    )
  }

  private static func facts(_ record: ReportRecord, _ t: Language) -> HTML {
    let link = { (key: String) -> HTML in
      "<a href=\"\(WebPath("reports", record.centre, key))\">\(key)</a>"
    }
    return """
      <dl class="facts">
      <dt>\(t("Key", "Clé"))</dt><dd>\(record.key)</dd>
      <dt>\(t("Day of the count", "Jour de l’inventaire"))</dt><dd>\(t.day(record.day))</dd>
      <dt>\(t("Received", "Reçue"))</dt><dd>\(t.moment(record.received)), \(record.actor)</dd>
      <dt>\(t("Lines", "Lignes"))</dt><dd>\(t.number(record.lineCount))</dd>
      \(record.corrects.markup { "<dt>\(t("Stands in for", "Remplace"))</dt><dd>\(link($0))</dd>" })\
      \(record.correctedBy.markup { "<dt>\(t("Replaced by", "Remplacée par"))</dt><dd>\(link($0))</dd>" })
      </dl>
      """
  }
}

/// The lines of a report, each with what it changed.
struct ReportRecordView {
  let record: ReportRecord
  let register: Register
  let language: Language
  private var t: Language { language }

  /// What a report that is only checked would do.
  var rehearsal: HTML {
    """
    <section class="card"><h2>\(t("What it would do", "Ce qu’elle ferait"))</h2>
    <p>\(register.name(record.centre)), \(t.day(record.day)). \(t.counted(Int(record.lineCount), ("line, in order.", "ligne, correcte."), ("lines, all in order.", "lignes, toutes correctes."))) \
    <strong>\(t("Nothing was kept yet.", "Rien n’est encore enregistré."))</strong></p>
    \(table)</section>
    """
  }

  var table: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th class="n">\(t("Line", "Ligne"))</th><th>\(t("Item", "Article"))</th><th>\(t("Lot", "Lot"))</th><th>\(t("Expiry", "Péremption"))</th>\
    <th>\(t("Came and went", "Entrées et sorties"))</th><th class="n">\(t("Counted", "Compté"))</th><th class="n">\(t("Correction of the book", "Correction du livre"))</th><th class="n">\(t("Balance that day", "Solde ce jour"))</th></tr></thead><tbody>
    \(record.lines.enumerated().markup { row($1, number: $0 + 1) })
    </tbody></table></div>
    \(record.lineCount > Int64(record.lines.count) ? "<p class=\"note\">\(t("The first \(record.lines.count) of \(record.lineCount) lines.", "Les \(record.lines.count) premières lignes sur \(record.lineCount)."))</p>" as HTML : .nothing)
    """
  }

  private func row(_ line: ReportRecord.Line, number: Int) -> HTML {
    """
    <tr><td class="n">\(number)</td><th scope="row">\(register.link(line.item, t))</th><td>\(line.lot)</td><td>\(line.expiry.map { t.day($0) } ?? "")</td>\
    <td>\(flows(line.amounts))</td><td class="n">\(line.amounts.counted.map { t.number($0) } ?? "–")</td>\
    <td class="n">\(correction(line))</td><td class="n">\(register.amount(line.balance.units, of: line.item, t))</td></tr>
    """
  }

  /// What the line says moved; what it does not say is unknown, and left out.
  private func flows(_ amounts: ReportLine.Amounts) -> String {
    let said: [(Quantity?, String)] = [
      (amounts.received, t("received", "reçus")), (amounts.used, t("used", "consommés")),
      (amounts.lost, t("lost", "perdus")), (amounts.adjusted, t("adjusted", "ajustés")),
    ]
    let parts = said.compactMap { amount, word in amount.map { "\(t.number($0)) \(word)" } }
    return parts.isEmpty ? "–" : parts.joined(separator: ", ")
  }

  private func correction(_ line: ReportRecord.Line) -> String {
    guard let correction = line.correction else { return "–" }
    if correction == .zero { return t("none", "aucune") }
    return (correction > .zero ? "+" : "") + t.number(correction)
  }
}
