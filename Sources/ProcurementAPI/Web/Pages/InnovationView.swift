import Inventory
import Procurement

/// One innovation: what it is, where each centre stands, its pitches, and the next steps.
struct InnovationView {
  let innovation: Innovation
  /// The name of the kind of machine that it brings.
  let category: String?
  let rollout: [CentreRollout]
  let pitches: [Pitch]
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }
  private var terms: Innovation.Terms { innovation.terms }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/innovations">\(t("Innovations", "Innovations"))</a> ›</p>
    <h1>\(terms.title)</h1>
    <p class="lead"><span class="tag accent">\(innovation.state.name(t))</span> \(terms.kind.name(t)) · <code>\(terms.code)</code></p>
    <div class="split"><div><section class="card"><h2>\(t("Where the centres stand", "Où en sont les centres"))</h2>\(centres)\(centreForm)</section>
    <section class="card"><h2>\(t("Pitches", "Présentations"))</h2>\(pitchList)</section></div>
    <div><section class="card"><h2>\(t("Facts", "Faits"))</h2>\(facts)</section>\(steps)</div></div>
    """
  }

  private var facts: HTML {
    """
    \(terms.summary.isEmpty ? .nothing : "<p>\(terms.summary)</p>" as HTML)
    <dl class="facts"><dt>\(t("Followed by", "Suivie par"))</dt><dd>\(t.sentence(terms.owner))</dd>
    <dt>\(t("Proposed", "Proposée"))</dt><dd>\(t.day(terms.proposedOn))</dd>
    \(category.markup { "<dt>\(t("Brings equipment", "Équipement"))</dt><dd>\($0)</dd>" })
    \(terms.items.isEmpty ? .nothing : "<dt>\(t("Items", "Articles"))</dt><dd>\(terms.items.markup { "\(register.link($0, t)) " })</dd>" as HTML)
    \(terms.agreements.isEmpty ? .nothing : "<dt>\(t("Bought under", "Accords-cadres"))</dt><dd>\(terms.agreements.map(\.rawValue).joined(separator: ", "))</dd>" as HTML)
    <dt>\(t("Source", "Source"))</dt><dd>\(terms.source)</dd><dt>\(t("Certainty", "Certitude"))</dt><dd>\(t.sentence(terms.certainty))</dd></dl>
    """
  }

  private var centres: HTML {
    guard !rollout.isEmpty else {
      return "<p class=\"empty\">\(t("No centre has begun.", "Aucun centre n’a commencé."))</p>"
    }
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th>\(t("State", "État"))</th><th>\(t("Since", "Depuis"))</th><th>\(t("Note", "Note"))</th></tr></thead><tbody>
      \(rollout.markup { one in
        """
        <tr><th scope="row">\(register.link(one.centre, for: visit))</th><td><span class="tag\(one.state == .live ? " good" : "")">\(one.state.name(t))</span></td>\
        <td>\(one.since.map { t.day($0) } ?? t("day unknown", "jour inconnu"))</td><td class="note">\(one.note)</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private var centreForm: HTML {
    let mine = register.centres.filter { visit.covers($0.code) }
    guard visit.may(.planner, .reporter), innovation.state != .closed, !mine.isEmpty else { return .nothing }
    let states = CentreRollout.State.allCases.map { ($0.rawValue, $0.name(t)) }
    return """
      <details><summary>\(t("Say where a centre stands", "Dire où en est un centre"))</summary>\(Form.filled(visit, "innovationCentre", t("Record it", "Enregistrer"), """
      <input type="hidden" name="code" value="\(terms.code)">
      <div class="row">\(Form.choice(visit, "centre", t("Centre", "Centre"), mine.map { ($0.code.rawValue, $0.name) }))\
      \(Form.choice(visit, "state", t("It is", "Il en est à"), states))\(Form.field(visit, "since", t("Since", "Depuis"), type: "date", value: visit.day.description))\
      \(Form.field(visit, "note", t("Note", "Note"), isRequired: false))</div>
      """))</details>
      """
  }

  // MARK: - Pitches and steps

  private var pitchList: HTML {
    guard !pitches.isEmpty else {
      return "<p class=\"empty\">\(t("It was not pitched.", "Elle n’a pas été présentée."))</p>"
    }
    return """
      <ul class="plain">\(pitches.markup { pitch in
        let wanting = pitch.interest.filter { $0.level == .wants }.map { register.name($0.centre) }
        let curious = pitch.interest.count { $0.level == .curious }
        return """
          <li><strong>\(pitch.number). \(pitch.presenter)</strong> <span class="tag">\(pitch.state.name(t))</span> \(pitch.heldOn.markup { "<span class=\"note\">\(t.day($0))</span>" })\
          <br><span class="note">\(t("want it:", "la veulent :")) \(wanting.isEmpty ? "–" : wanting.joined(separator: ", ")) · \(t("curious:", "intéressés :")) \(curious)</span>\
          \(pitch.nextStep.isEmpty ? .nothing : "<br>\(t("Next:", "Suite :")) \(pitch.nextStep)\(pitch.dueOn.map { ", \(t.day($0))" } ?? "")" as HTML)</li>
          """
      })</ul>
      """
  }

  private var steps: HTML {
    let open = Innovation.Step.allCases.filter { innovation.state.after($0) != nil }
    guard visit.may(.planner), !open.isEmpty else { return .nothing }
    return """
      <section class="card"><h2>\(t("Next step", "Étape suivante"))</h2>\(Form.filled(visit, "innovationStep", t("Do it", "Franchir"), """
      <input type="hidden" name="code" value="\(terms.code)">
      <div class="row">\(Form.choice(visit, "step", t("Step", "Étape"), open.map { ($0.rawValue, $0.name(t)) }))\
      \(Form.field(visit, "reason", t("Why", "Pourquoi")))</div>
      """))</section>
      """
  }
}

extension Innovation.Step {
  func name(_ t: Language) -> String {
    switch self {
    case .pitch: t("pitch it", "la présenter")
    case .assess: t("assess it", "l’évaluer")
    case .release: t("release it", "la diffuser")
    case .rollOut: t("declare it rolled out", "la dire déployée")
    case .close: t("close it", "la clore")
    }
  }
}

extension Pitch.State {
  func name(_ t: Language) -> String {
    switch self {
    case .proposed: t("proposed", "proposée")
    case .selected: t("selected", "retenue")
    case .scheduled: t("scheduled", "programmée")
    case .presented: t("held", "tenue")
    case .followedUp: t("followed up", "suivie")
    case .adopted: t("adopted", "adoptée")
    case .closed: t("closed", "close")
    }
  }
}
