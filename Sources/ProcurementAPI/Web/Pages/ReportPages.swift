import HTTPTypes
import Inventory
import Procurement
import Storage

/// Reports of stock: who has reported, and how a centre reports.
enum ReportPages {
  static let routes = [
    WebRoute("reports", calendar), WebRoute("reports/new", report),
    WebRoute("reports/{centre}/{report}", ReportReceiptPage.page),
  ]

  private static func calendar(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let register = try Register(in: connection)
    let calendar = try ReportCalendar(visit, register, connection)
    return WebPage(
      t("Reports", "Déclarations"),
      .reports,
      """
      <h1>\(t("Stock reports", "Déclarations de stock"))</h1>
      <p class="lead">\(t("What was expected of each centre in eight weeks, and what came.", "Ce qui était attendu de chaque centre sur huit semaines, et ce qui est arrivé."))</p>
      \(visit.may(.reporter, .administrator) ? "<p><a class=\"main\" href=\"/reports/new\">\(t("Report stock", "Déclarer un stock"))</a></p>" as HTML : .nothing)
      <section class="card">\(calendar.markup)</section>
      """
    )
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
    let rehearsals = (visit.outcome?.records ?? []).map { record in
      ReportRecordView(record: record, register: register, language: t)
    }
    let form = ReportForm(visit: visit, register: register, centres: centres, chosen: chosen)
    return WebPage(
      t("Report stock", "Déclarer un stock"),
      .reports,
      """
      <p class="crumbs"><a href="/reports">\(t("Reports", "Déclarations"))</a> ›</p>
      <h1>\(t("Report stock", "Déclarer un stock"))</h1>
      <p class="lead">\(t("A few lines, a part of a spreadsheet, or a file. A report is taken whole or not at all, and the same report twice counts once.", "Quelques lignes, un extrait de tableur, ou un fichier. Une déclaration est prise en entier ou pas du tout ; envoyée deux fois, elle compte une fois."))</p>
      \(rehearsals.markup { $0.rehearsal })
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
    <form class="fields wide" method="post" action="/do/stockReport"\(encoding.isEmpty ? .nothing : " enctype=\"\(encoding)\"" as HTML)>
    \(Form.hidden(visit, then: nil))
    <div class="row">
    \(Form.choice(visit, "centre", t("Centre", "Centre"), centres.map { ($0.code.rawValue, $0.name) }, chosen: chosen))
    \(Form.field(visit, "day", t("Day of the count", "Jour de l’inventaire"), type: "date", value: visit.day.description))
    \(Form.field(visit, "key", t("Report’s key", "Clé de la déclaration"), isRequired: false, hint: t("the day", "le jour")))
    \(Form.field(visit, "corrects", t("Corrects the report with the key", "Corrige la déclaration de clé"), isRequired: false))
    </div>
    \(fields)
    <div class="row ends"><button name="dryRun" value="true">\(t("Check only", "Vérifier seulement"))</button>
    <button class="main">\(t("Send the report", "Envoyer la déclaration"))</button></div>
    </form>
    """
  }

  private var lines: HTML {
    let items = register.items(by: t).filter { $0.state == .active }
    return """
      <datalist id="items">\(items.markup { "<option value=\"\($0.sku)\">\(register.name($0.sku, t))</option>" })</datalist>
      <div class="scroll" tabindex="0"><table class="entry" data-grows><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Lot", "Lot"))</th>\
      <th>\(t("Expiry", "Péremption"))</th><th>\(t("Used since the last report", "Consommé depuis la dernière"))</th><th>\(t("On hand", "En stock"))</th></tr></thead><tbody>
      \((0..<rows).markup { row($0) })
      </tbody></table></div>
      """
  }

  /// As many as were filled in and one more, also where they came back with a mistake.
  private var rows: Int {
    guard let sent = visit.outcome?.sent else { return 5 }
    return max(5, (sent.filledRows().last ?? 0) + 2)
  }

  private func row(_ index: Int) -> HTML {
    let columns = ["cell.item", "cell.lot", "cell.expiry", "cell.used", "cell.counted"]
    let sent = columns.map { name -> String in
      let values = visit.outcome?.sent?.all(name) ?? []
      return index < values.count ? values[index] : ""
    }
    return """
      <tr>\(cell(columns[0], t("Item", "Article"), sent[0], "list=\"items\" size=\"14\""))\
      \(cell(columns[1], t("Lot", "Lot"), sent[1], "size=\"10\""))\
      \(cell(columns[2], t("Expiry", "Péremption"), sent[2], "type=\"date\""))\
      \(cell(columns[3], t("Used", "Consommé"), sent[3], "inputmode=\"numeric\" size=\"8\""))\
      \(cell(columns[4], t("On hand", "En stock"), sent[4], "inputmode=\"numeric\" size=\"8\""))</tr>
      """
  }

  /// On a narrow screen the label stands beside the field.
  private func cell(_ name: String, _ label: String, _ value: String, _ attributes: HTML) -> HTML {
    "<td data-label=\"\(label)\"><input name=\"\(name)\" value=\"\(value)\" aria-label=\"\(label)\" \(attributes)></td>"
  }

  private var paste: HTML {
    """
    <label>\(t("The cells with their headings", "Les cellules avec leurs en-têtes"))
    <textarea name="table.file" spellcheck="false" placeholder="\(t("item\tcounted\tused", "article\tcompté\tutilisé"))&#10;SWAB-NP\t1200\t300">\(visit.sent("table.file"))</textarea></label>
    """
  }

  private var file: HTML {
    """
    <label>\(t("A CSV file, in English or French", "Un fichier CSV, en français ou en anglais"))
    <input name="file" type="file" accept=".csv,text/csv" required></label>
    """
  }
}
