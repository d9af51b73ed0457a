import Foundation
import Inventory
import Procurement

/// An alert in words of the reader's language: why it is there, what it rests on, what would help.
struct AlertText {
  let alert: ShortageAlert
  let language: Language
  let register: Register
  /// Whether the reader may open the plan that it rests on.
  var opensPlans = false
  /// What its log had said of it by the day that the reader looks back to: what it rested on then is not kept.
  var said: String?
  private var t: Language { language }
  private var evidence: ShortageEvidence { alert.evidence }

  private func units(_ quantity: Quantity) -> String {
    register.amount(quantity.units, of: alert.item, t)
  }

  /// The figure that decides.
  var short: String {
    if let said {
      return said.components(separatedBy: "; ").prefix(1)
        .map { t.dated(t.sentence($0) { register.name(of: $0, t) }) }.joined()
    }
    if let risk = evidence.outlook?.risk {
      if risk.permille < 100, let reason = evidence.outlook?.signals.first(where: { $0.severity != nil }) {
        return reason.text(register, t)
      }
      // It is watched for what would come of waiting: that figure decides, and orders the list.
      if alert.severity == .watch || risk.permille < 10, risk.waitingPermille > risk.permille {
        let chance = t.percent(permille: risk.waitingPermille)
        return t(
          "\(chance) to run out if it waits for the next review",
          "\(chance) de risque de rupture si l’on attend la prochaine revue"
        )
      }
      let chance = t.percent(permille: risk.permille)
      return t("\(chance) to run out before a delivery", "\(chance) de risque de rupture avant une livraison")
    }
    return evidence.coverDays.map { t("\(t.days($0)) of cover", "\(t.days($0)) de couverture") }
      ?? t("cover unknown", "couverture inconnue")
  }

  var facts: HTML {
    """
    <dl class="facts">
    <dt>\(t("Usable stock", "Stock utilisable"))</dt><dd>\(units(evidence.usable))</dd>
    <dt>\(t("On the way, confirmed", "En route, confirmé"))</dt><dd>\(units(evidence.coming))</dd>
    <dt>\(t("Use", "Consommation"))</dt><dd>\(use)</dd>
    <dt>\(t("Cover", "Couverture"))</dt><dd>\(evidence.coverDays.map { t.days($0) } ?? t.unknown)</dd>
    <dt>\(t("Reorder point", "Point de commande"))</dt><dd>\(units(evidence.reorderPoint))</dd>
    <dt>\(t("Last report", "Dernière déclaration"))</dt><dd>\(age)</dd>
    \(risk)
    </dl>
    """
  }

  private var use: String {
    guard let used = evidence.used else { return t.unknown }
    return t(
      "\(units(used)) in \(t.days(evidence.observedDays))",
      "\(units(used)) en \(t.days(evidence.observedDays))"
    )
  }

  private var age: HTML {
    guard let day = evidence.reportedOn else {
      return "<span class=\"tag warn\">\(t("never reported", "jamais déclaré"))</span>"
    }
    let stale: HTML = evidence.isStale ? " <span class=\"tag warn\">\(t("old", "ancienne"))</span>" : .nothing
    return "\(t.day(day))\(stale)"
  }

  private func plan(_ run: Int64) -> HTML {
    let name = t("plan \(run)", "plan \(run)")
    return opensPlans ? "<a href=\"\(WebPath("planning", run))\">\(name)</a>" : "\(name)"
  }

  private var risk: HTML {
    guard let outlook = evidence.outlook else { return .nothing }
    guard let risk = outlook.risk else {
      return
        "<dt>\(t("Risk", "Risque"))</dt><dd>\(t("unknown: no use is known", "inconnu : consommation inconnue"))</dd>"
    }
    let span = risk.median.map { median in
      let late = risk.late.map { t.day($0) } ?? t("later", "plus tard")
      let early = risk.early.map { t.day($0) } ?? t.day(median)
      return "\(t.day(median)) (\(t("8 in 10 between", "8 sur 10 entre")) \(early) – \(late))"
    }
    return """
      <dt>\(t("Risk of running out if ordered today", "Risque de rupture si commandé aujourd’hui"))</dt><dd>\(t.percent(permille: risk.permille))</dd>
      <dt>\(t("If it waits for the next review", "Si l’on attend la prochaine revue"))</dt><dd>\(t.percent(permille: risk.waitingPermille))</dd>
      \(span.markup { "<dt>\(t("Expected day", "Date attendue"))</dt><dd>\($0)</dd>" })
      <dt>\(t("Not served, mean", "Non servi, moyenne"))</dt><dd>\(units(risk.meanShort)) (\(t("in 1 of 10 futures more than", "dans 1 avenir sur 10 plus de")) \(units(risk.highShort)))</dd>
      <dt>\(t("Forecast of", "Prévision"))</dt><dd>\(plan(outlook.run))</dd>
      """
  }

  var signals: [String] { (evidence.outlook?.signals ?? []).map { $0.text(register, t) } }
  var actions: [PlanLine.Action] { evidence.outlook?.actions ?? [] }
}

extension SupplySignal {
  /// With the names of the suppliers.
  func text(_ register: Register, _ t: Language) -> String {
    switch self {
    case .declared(let supplier, let state, let since, let source):
      t(
        "\(register.name(supplier)) declared “\(state.name(t))” since \(t.day(since)) (\(source))",
        "\(register.name(supplier)) a déclaré « \(state.name(t)) » depuis le \(t.day(since)) (\(source))"
      )
    case .owed(let supplier, let state, let quantity, let from):
      owed(
        t(
          "\(t.number(quantity)) that \(register.name(supplier)) owes",
          "\(t.number(quantity)) dus par \(register.name(supplier))"
        ),
        state,
        from,
        t
      )
    case .late(let document, let supplier, let quantity, let days):
      t(
        "\(document) of \(register.name(supplier)): \(t.number(quantity)) are \(t.days(days)) late",
        "\(document) de \(register.name(supplier)) : \(t.number(quantity)) en retard de \(t.days(days))"
      )
    case .ceiling(let agreement, let lot, let percent, let weeks):
      t(
        "agreement \(agreement), lot \(lot): \(percent) % of the ceiling used",
        "accord-cadre \(agreement), lot \(lot) : \(percent) % du plafond consommé"
      )
        + (weeks.map { weeks in
          weeks == 0
            ? t(", what is left lasts less than a week", ", le reste dure moins d’une semaine")
            : t(", what is left lasts \(t.weeks(weeks))", ", le reste dure \(t.weeks(weeks))")
        } ?? "")
    case .soleSource(let supplier):
      t("\(register.name(supplier)) alone holds every offer", "\(register.name(supplier)) est seul titulaire")
    case .noOffer:
      t("no offer is valid: nothing can be ordered", "aucune offre valide : rien ne peut être commandé")
    case .recall(let lot, let quantity, let since):
      t(
        "lot \(lot) recalled since \(t.day(since)): \(t.number(quantity))",
        "lot \(lot) rappelé depuis le \(t.day(since)) : \(t.number(quantity))"
      )
    }
  }
}

extension SupplySignal {
  private func owed(_ what: String, _ state: SupplyDeclaration.State, _ from: Day?, _ t: Language) -> String {
    switch (state, from) {
    case (.tension, _):
      t("\(what): expected late, under strain", "\(what) : attendus en retard, sous tension")
    case (.discontinued, _): t("\(what): not expected, discontinued", "\(what) : non attendus, arrêt")
    case (_, .some(let day)):
      t(
        "\(what): not expected before \(t.day(day)), the end of the rupture",
        "\(what) : non attendus avant le \(t.day(day)), fin de la rupture"
      )
    case (_, nil):
      t(
        "\(what): not expected, in rupture without an end that is known",
        "\(what) : non attendus, rupture sans fin connue"
      )
    }
  }
}

extension SupplyDeclaration.State {
  func name(_ t: Language) -> String {
    switch self {
    case .available: t("available", "disponible")
    case .tension: t("under strain", "en tension")
    case .rupture: t("out of stock", "en rupture")
    case .back: t("available again", "de nouveau disponible")
    case .discontinued: t("discontinued", "arrêté")
    }
  }
}

extension PlanLine.Action {
  /// What to do, with the names of the centre or the item that it is done with.
  func text(_ item: Item.SKU, _ register: Register, _ t: Language) -> String {
    let units = quantity.map { register.amount($0.units, of: item, t) } ?? ""
    let from = name(of: with ?? "", register, t)
    let there = arrives.map { t(", there on \(t.shortDay($0))", ", sur place le \(t.shortDay($0))") } ?? ""
    switch kind {
    case .transfer:
      return t("Transfer \(units) from \(from)\(there)", "Transférer \(units) depuis \(from)\(there)")
    case .order: return t("Order \(units) from \(from)\(there)", "Commander \(units) à \(from)\(there)")
    case .bringForward:
      return t(
        "Bring campaign \(from) forward for \(units)\(there)",
        "Avancer la campagne \(from) pour \(units)\(there)"
      )
    case .raiseCeiling:
      return t(
        "Renew \(from), or raise its ceiling by \(units)\(there)",
        "Renouveler \(from) ou relever son plafond de \(units)\(there)"
      )
    case .newSupplier:
      return t(
        "Find another supplier for \(units)\(there)",
        "Trouver un autre fournisseur pour \(units)\(there)"
      )
    case .substitute: return t("Use \(from) instead, for \(units)", "Remplacer par \(from), pour \(units)")
    case .ration:
      let share = percent.map { "\($0)" } ?? ""
      return t("Ration to \(share) % of the demand", "Rationner à \(share) % de la demande")
    }
  }

  private func name(of code: String, _ register: Register, _ t: Language) -> String {
    switch kind {
    case .transfer: Centre.Code(rawValue: code).map(register.name) ?? code
    case .substitute: Item.SKU(rawValue: code).map { register.name($0, t) } ?? code
    case .order: register.offer(code)
    case .bringForward, .raiseCeiling, .newSupplier, .ration: code
    }
  }

  /// What it makes of the risk, and of the donor's.
  func effect(_ t: Language) -> String {
    let left = t(
      "risk then \(t.percent(permille: waitingPermille))",
      "risque ensuite \(t.percent(permille: waitingPermille))"
    )
    let lacking = meanShort.map {
      t(", \(t.number($0)) lacking on average", ", manque moyen de \(t.number($0))")
    }
    let later = horizonPermille.map { permille in
      let share = t.percent(permille: permille)
      return t(
        ", \(share) by the end of the forecast if nothing more is ordered",
        ", \(share) d’ici la fin de la prévision si rien d’autre n’est commandé"
      )
    }
    let donor = donorPermille.map { permille in
      let share = t.percent(permille: permille)
      return t(", the donor's \(share)", ", celui du donneur \(share)")
    }
    return left + [lacking, later, donor].compactMap(\.self).joined()
  }
}

extension ShortageAlert.Event {
  /// What was noted, sentence by sentence in the reader's language; what a person wrote as it was written.
  func text(_ t: Language, name: (String) -> String? = { _ in nil }) -> String {
    let parts = note.components(separatedBy: "; ").map { t.sentence($0, name: name) }
    return t.dated(parts.joined(separator: t("; ", " ; ")))
  }
}

extension ShortageAlert {
  /// Which of two alerts is read first: what stands before what is over, then the graver, then what is likelier to run
  /// out, then the older.
  static func comesFirst(_ one: ShortageAlert, _ other: ShortageAlert) -> Bool {
    (one.state == .resolved ? 1 : 0, other.severity, other.chance, one.openedOn)
      < (other.state == .resolved ? 1 : 0, one.severity, one.chance, other.openedOn)
  }

  /// Of running out, ordered or not, in thousandths; a reason that no plan has weighed counts nothing.
  private var chance: Int64 {
    evidence.outlook?.risk.map { Int64(max($0.permille, $0.waitingPermille)) } ?? 0
  }
}
