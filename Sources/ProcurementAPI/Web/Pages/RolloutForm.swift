import Inventory
import Procurement

/// The form by which a rollout is planned: what arrives, who is ready when, and what each centre is to have.
struct RolloutForm {
  let subject: RolloutPlan.Subject
  let kits: [Kit]
  /// The rollout that is planned again; nil for a new one.
  let again: RolloutPlan?
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }
  private var sent: SentForm? { visit.outcome?.sent }

  /// More centres than this are not filled in one by one: their table is pasted.
  private static let mostRows = 60

  var markup: HTML {
    """
    \((visit.outcome?.rollout).markup { plan in RolloutView(plan: plan, kit: kit?.title(t), register: register, visit: visit).preview })
    <form class="fields wide" method="post" action="\(WebPath("do", FormAction.rollout))">\(Form.hidden(visit, then: nil))\(given)
    <section class="card"><h2>\(subjectName)</h2>\(head)</section>
    <section class="card"><h2>\(t("What arrives", "Ce qui arrive"))</h2>\(arrivals)</section>
    <section class="card"><h2>\(t("The centres", "Les centres"))</h2>\(centres)</section>
    <div class="row ends"><button name="dryRun" value="true">\(t("Look first", "Regarder d’abord"))</button>
    <button class="main">\(again == nil ? t("Plan it", "Planifier") : t("Plan it again", "Replanifier"))</button></div></form>
    """
  }

  private var kit: Kit? {
    guard case .kit(let code) = subject else { return nil }
    return kits.first { $0.code == code }
  }

  private var subjectName: String {
    switch subject {
    case .item(let item): register.name(item, t)
    case .kit(let code): kit?.title(t) ?? code.rawValue
    }
  }

  private var unit: String {
    switch subject {
    case .item(let item): register.unit(item, t)
    case .kit: t("tests", "tests")
    }
  }

  /// What the form says without being asked.
  private var given: HTML {
    let named: HTML =
      switch subject {
      case _ where again != nil: .nothing
      case .item(let item): "<input type=\"hidden\" name=\"item\" value=\"\(item)\">"
      case .kit(let code): "<input type=\"hidden\" name=\"kit\" value=\"\(code)\">"
      }
    return """
      \(named)<input type="hidden" name="_revision" value="\(again?.revision ?? 0)"><input type="hidden" name="_given" value="arrivals.sku,targets.centre,targets.ready_on">\
      \((again?.code).markup { "<input type=\"hidden\" name=\"code\" value=\"\($0)\">" })
      """
  }

  private var head: HTML {
    let names: HTML =
      again == nil
      ? """
      \(Form.field(visit, "code", t("Code", "Code"), hint: "FIRST-PCR"))\
      \(Form.field(visit, "title", t("What people call it", "Intitulé"), isRequired: false))\
      \(Form.field(visit, "pack", t("Units in a pack", "Unités par conditionnement"), type: "number", value: "1"))
      """ : .nothing
    let why =
      again == nil
      ? t("the first tests to all centres", "les premiers tests dans chaque centre")
      : t("the reagent comes four days late", "le réactif arrive quatre jours plus tard")
    return """
      <div class="row">\(names)\(Form.field(visit, "day", t("First day that is planned", "Premier jour planifié"), type: "date", value: visit.day.description))</div>
      \(Form.field(visit, "because", t("Why", "Pourquoi"), hint: why))
      """
  }

  // MARK: - Arrivals

  private var items: [Item.SKU] {
    switch subject {
    case .item(let item): [item]
    case .kit: kit?.components.map(\.item) ?? []
    }
  }

  private var arrivals: HTML {
    let isFromOrders = sent.map { $0["fromOrders"] != nil } ?? (again?.supply == .orders)
    let known = again?.supply == .stated ? again?.arrivals ?? [] : []
    let filled = sent.map { ($0.filledRows(of: "arrivals").last ?? 0) + 1 } ?? known.count
    return """
      <label class="check"><input type="checkbox" name="fromOrders" value="true"\(isFromOrders ? " checked" as HTML : "")> <span>\(t("What confirmed orders bring, on the days they promise", "Ce qu’apportent les commandes confirmées, aux jours promis"))</span></label>
      <p class="note">\(t("Or line by line, in base units of each item:", "Ou ligne par ligne, en unités de base de chaque article :"))</p>
      <div class="scroll" tabindex="0"><table class="entry" data-grows><thead><tr><th>\(t("Item", "Article"))</th><th>\(t("Day", "Jour"))</th><th>\(t("Quantity", "Quantité"))</th><th>\(t("From", "Provenance"))</th></tr></thead><tbody>
      \((0..<max(4, filled + 1)).markup { row in arrival(row, row < known.count ? known[row] : nil) })
      </tbody></table></div>
      \(paste("arrivals", "sku\tday\tquantity\torigin"))
      """
  }

  private func arrival(_ row: Int, _ known: RolloutPlan.Arrival?) -> HTML {
    let chosen = value("sku", of: "arrivals", row, known?.item.rawValue)
    let label = t("Item", "Article")
    let options = items.markup { item in
      "<option value=\"\(item)\"\(item.rawValue == chosen ? " selected" as HTML : "")>\(register.name(item, t))</option>"
    }
    return """
      <tr><td data-label="\(label)"><select name="cell.arrivals.sku" aria-label="\(label)">\(options)</select></td>\
      \(cell("day", of: "arrivals", row, t("Day", "Jour"), known?.day.description, "type=\"date\""))\
      \(cell("quantity", of: "arrivals", row, t("Quantity", "Quantité"), known.map { "\($0.quantity)" }, "inputmode=\"numeric\" size=\"9\""))\
      \(cell("origin", of: "arrivals", row, t("From", "Provenance"), known?.origin, "size=\"20\""))</tr>
      """
  }

  // MARK: - Centres

  private var centres: HTML {
    let rows = register.centres
    guard rows.count <= Self.mostRows else {
      return """
        <p class="note">\(t("\(rows.count) centres: paste their table.", "\(rows.count) centres : collez leur tableau."))</p>
        \(pasted("targets", "centre\tready_on\ttarget\tfirst_tranche"))
        """
    }
    let known = Dictionary(uniqueKeysWithValues: (again?.targets ?? []).map { ($0.centre, $0) })
    return """
      <p class="note">\(t("Targets in \(unit). A centre without a target takes no part; a first tranche that is not given is one pack.", "Cibles en \(unit). Un centre sans cible ne participe pas ; une première tranche non renseignée vaut un conditionnement."))</p>
      <div class="scroll" tabindex="0"><table class="entry"><thead><tr><th>\(t("Centre", "Centre"))</th><th>\(t("Ready on", "Prêt le"))</th><th>\(t("Target", "Cible"))</th><th>\(t("First tranche", "Première tranche"))</th></tr></thead><tbody>
      \(rows.indices.markup { row in target(row, rows[row], known[rows[row].code]) })
      </tbody></table></div>
      \(paste("targets", "centre\tready_on\ttarget\tfirst_tranche"))
      """
  }

  private func target(_ row: Int, _ centre: Centre, _ known: RolloutPlan.Target?) -> HTML {
    let ready = known?.ready ?? visit.day
    return """
      <tr><th scope="row">\(centre.name)<input type="hidden" name="cell.targets.centre" value="\(centre.code)"></th>\
      \(cell("ready_on", of: "targets", row, t("Ready on", "Prêt le"), ready.description, "type=\"date\""))\
      \(cell("target", of: "targets", row, t("Target", "Cible"), known.map { "\($0.target)" }, "inputmode=\"numeric\" size=\"9\""))\
      \(cell("first_tranche", of: "targets", row, t("First tranche", "Première tranche"), known.map { "\($0.firstTranche)" }, "inputmode=\"numeric\" size=\"9\""))</tr>
      """
  }

  // MARK: - Cells

  private func paste(_ table: String, _ example: String) -> HTML {
    let isOpen = !visit.sent("table.\(table)").isEmpty
    return """
      <details\(isOpen ? " open" as HTML : "")><summary>\(t("Paste from a spreadsheet instead", "Ou coller depuis un tableur"))</summary>\(pasted(table, example))</details>
      """
  }

  private func pasted(_ table: String, _ example: String) -> HTML {
    """
    <label>\(t("The cells with their headings", "Les cellules avec leurs en-têtes"))<textarea name="table.\(table)" spellcheck="false" placeholder="\(example)">\(visit.sent("table.\(table)"))</textarea></label>
    """
  }

  /// What was sent in a place, or what is known there.
  private func value(_ column: String, of table: String, _ row: Int, _ known: String?) -> String {
    guard let cells = sent?.cells(column, of: table) else { return known ?? "" }
    return row < cells.count ? cells[row] : ""
  }

  /// On a narrow screen the label stands beside the field.
  private func cell(
    _ column: String,
    of table: String,
    _ row: Int,
    _ label: String,
    _ known: String?,
    _ attributes: HTML
  ) -> HTML {
    "<td data-label=\"\(label)\"><input name=\"cell.\(table).\(column)\" value=\"\(value(column, of: table, row, known))\" aria-label=\"\(label)\" \(attributes)></td>"
  }
}
