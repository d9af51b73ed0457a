import HTTPTypes
import Inventory
import Procurement
import Storage

/// Reports of stock: who has reported, and how a centre reports.
enum ReportPages {
  static let routes = [WebRoute("reports", calendar), WebRoute("reports/new", report)]

  private static func calendar(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let reports = try ExpectedReport.all(
      from: visit.day - 55,
      to: visit.day,
      today: visit.day,
      in: connection
    )
    .filter { visit.covers($0.centre) }
    return WebPage(
      t("Reports", "Déclarations"),
      .reports,
      """
      <h1>\(t("Stock reports", "Déclarations de stock"))</h1>
      <p class="lead">\(t("What was expected of each centre in eight weeks, and what came.", "Ce qui était attendu de chaque centre sur huit semaines, et ce qui est arrivé."))</p>
      \(visit.may(.reporter, .administrator) ? "<p><a href=\"/reports/new\"><strong>\(t("Report stock", "Déclarer un stock"))</strong></a></p>" as HTML : .nothing)
      <section class="card">\(reports.isEmpty ? empty(t) : table(reports, register, t))</section>
      """
    )
  }

  private static func empty(_ t: Language) -> HTML {
    """
    <p class="empty">\(t("No centre has a reporting day yet. An administrator sets it with “procure stock schedule”.", "Aucun centre n’a encore de jour de déclaration. Un administrateur le fixe avec « procure stock schedule »."))</p>
    """
  }

  private static func table(_ reports: [ExpectedReport], _ register: Register, _ t: Language) -> HTML {
    let weeks = Set(reports.map(\.due.weekStart)).sorted()
    let rows = Dictionary(grouping: reports, by: \.centre)
    let rates = Dictionary(ReportingRate.rates(of: reports).map { ($0.centre, $0) }) { first, _ in first }
    let centres = rows.keys.sorted { register.name($0) < register.name($1) }.prefix(80)
    return """
      <div class="scroll" tabindex="0"><table class="heat"><thead><tr><th>\(t("Centre", "Centre"))</th>\
      \(weeks.markup { "<th class=\"up\" scope=\"col\">\(t.shortDay($0))</th>" })<th class="n">\(t("On time", "À l’heure"))</th></tr></thead><tbody>
      \(centres.markup { centre in
        let byWeek = Dictionary((rows[centre] ?? []).map { ($0.due.weekStart, $0) }) { first, _ in first }
        return """
          <tr><th scope="row">\(register.link(centre))</th>\(weeks.markup { cell(byWeek[$0], t) })\
          <td class="n">\(rates[centre]?.onTimePercent.map { "\($0)\u{202F}%" } ?? "–")</td></tr>
          """
      })
      </tbody></table></div>
      """
  }

  private static func cell(_ report: ExpectedReport?, _ t: Language) -> HTML {
    guard let report else { return "<td></td>" }
    let (style, sign) =
      switch report.state {
      case .onTime: ("fine", "✓")
      case .late: ("alert", t("late", "retard"))
      case .missing: ("critical", t("missing", "absente"))
      case .awaited: ("watch", "…")
      }
    return
      "<td><span class=\"l-\(style)\" title=\"\(report.state.name(t)), \(t.day(report.due))\">\(sign)</span></td>"
  }

  // MARK: - Reporting

  private static func report(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    guard visit.may(.reporter, .administrator) else {
      throw Problem(.forbidden, "access.role", "reporters report stock")
    }
    let register = try Register(in: connection)
    let chosen = visit.query["centre"] ?? visit.principal.centres.min()?.rawValue ?? ""
    let centres = register.centres.filter { visit.covers($0.code) }
    let form = ReportForm(visit: visit, register: register, centres: centres, chosen: chosen)
    return WebPage(
      t("Report stock", "Déclarer un stock"),
      .reports,
      """
      <p class="crumbs"><a href="/reports">\(t("Reports", "Déclarations"))</a> ›</p>
      <h1>\(t("Report stock", "Déclarer un stock"))</h1>
      <p class="lead">\(t("A few lines, a part of a spreadsheet, or a file. A report is taken whole or not at all, and the same report twice counts once.", "Quelques lignes, un extrait de tableur, ou un fichier. Une déclaration est prise en entier ou pas du tout ; envoyée deux fois, elle compte une fois."))</p>
      \(form.markup)
      """
    )
  }
}

/// The three ways of saying the same.
private struct ReportForm {
  let visit: Visit
  let register: Register
  let centres: [Centre]
  let chosen: String
  private var t: Language { visit.language }

  var markup: HTML {
    """
    <section class="card"><h2>\(t("A few lines", "Quelques lignes"))</h2>
    \(form(lines, encoding: ""))</section>
    <section class="card"><h2>\(t("Paste from a spreadsheet", "Coller depuis un tableur"))</h2>
    \(form(paste, encoding: ""))</section>
    <section class="card"><h2>\(t("Send a file", "Envoyer un fichier"))</h2>
    \(form(file, encoding: "multipart/form-data"))</section>
    """
  }

  private func form(_ fields: HTML, encoding: String) -> HTML {
    """
    <form class="fields" method="post" action="/do/stockReport"\(encoding.isEmpty ? .nothing : " enctype=\"\(encoding)\"" as HTML)>
    \(Form.hidden(visit, then: nil))
    <div class="row">
    \(Form.choice(visit, "centre", t("Centre", "Centre"), centres.map { ($0.code.rawValue, $0.name) }, chosen: chosen))
    \(Form.field(visit, "day", t("Day of the count", "Jour de l’inventaire"), type: "date", value: visit.day.description))
    \(Form.field(visit, "key", t("Report’s key", "Clé de la déclaration"), isRequired: false, hint: t("the day", "le jour")))
    </div>
    \(fields)
    <div class="row"><button name="dryRun" value="true">\(t("Check only", "Vérifier seulement"))</button>
    <button class="main">\(t("Send the report", "Envoyer la déclaration"))</button></div>
    </form>
    """
  }

  private var lines: HTML {
    let items = register.items.filter { $0.state == .active }
    return """
      <datalist id="items">\(items.markup { "<option value=\"\($0.sku)\">\(register.name($0.sku, t))</option>" })</datalist>
      <div class="scroll" tabindex="0"><table data-grows><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Lot", "Lot"))</th>\
      <th>\(t("Expiry", "Péremption"))</th><th>\(t("Used since the last report", "Consommé depuis la dernière"))</th><th>\(t("On hand", "En stock"))</th></tr></thead><tbody>
      \((0..<5).markup { row($0) })
      </tbody></table></div>
      """
  }

  private func row(_ index: Int) -> HTML {
    let columns = ["cell.item", "cell.lot", "cell.expiry", "cell.used", "cell.counted"]
    let sent = columns.map { name -> String in
      let values = visit.outcome?.sent?.all(name) ?? []
      return index < values.count ? values[index] : ""
    }
    return """
      <tr><td><input name="\(columns[0])" list="items" value="\(sent[0])" aria-label="\(t("Item", "Article"))" size="14"></td>\
      <td><input name="\(columns[1])" value="\(sent[1])" aria-label="\(t("Lot", "Lot"))" size="10"></td>\
      <td><input name="\(columns[2])" type="date" value="\(sent[2])" aria-label="\(t("Expiry", "Péremption"))"></td>\
      <td><input name="\(columns[3])" inputmode="numeric" value="\(sent[3])" aria-label="\(t("Used", "Consommé"))" size="8"></td>\
      <td><input name="\(columns[4])" inputmode="numeric" value="\(sent[4])" aria-label="\(t("On hand", "En stock"))" size="8"></td></tr>
      """
  }

  private var paste: HTML {
    """
    <label>\(t("The cells with their headings", "Les cellules avec leurs en-têtes"))
    <textarea name="table.file" spellcheck="false" placeholder="item\tcounted\tused&#10;SWAB-NP\t1200\t300">\(visit.sent("table.file"))</textarea></label>
    """
  }

  private var file: HTML {
    """
    <label>\(t("A CSV file, in English or French", "Un fichier CSV, en français ou en anglais"))
    <input name="file" type="file" accept=".csv,text/csv" required></label>
    """
  }
}
