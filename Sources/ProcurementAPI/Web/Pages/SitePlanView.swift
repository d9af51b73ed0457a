import Inventory
import Tabular

/// One answer with everything it rests on, and what more or fewer machines would buy.
struct SitePlanView {
  let plan: SitePlan
  let inputs: SiteInputs
  let curve: SiteCurve
  let category: String
  let language: Language
  private var t: Language { language }
  private var answer: SiteAnswer { plan.answer }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/equipment/sites">\(t("Best sites", "Meilleurs sites"))</a> ›</p>
    <h1>\(answer.newSites.map(\.name).joined(separator: ", "))</h1>
    <p class="lead">\(category) · \(plan.question.objective.name(t)) · \(t("within", "à moins de")) \(plan.question.limitMinutes)\u{00A0}min · <code>\(plan.code)</code></p>
    \(stale)
    <div class="figures">
    <div class="figure good"><b>+\(t.number(answer.peopleGained))</b><span>\(t("people brought within the limit", "habitants rapprochés sous la limite"))</span></div>
    <div class="figure"><b>\(t.number(answer.after.peopleWithin))</b><span>\(t("within after, of \(t.number(answer.people))", "sous la limite ensuite, sur \(t.number(answer.people))"))</span></div>
    <div class="figure"><b>\(mean(answer.before)) → \(mean(answer.after))</b><span>\(t("mean minutes", "minutes en moyenne"))</span></div>
    <div class="figure"><b>\(answer.isProven ? t("proven", "prouvé") : t("not proven", "non prouvé"))</b><span>\(t("no better choice exists", "aucun meilleur choix n’existe"))</span></div>
    </div>
    <section class="card"><h2>\(t("What one machine more buys", "Ce qu’apporte une machine de plus"))</h2>\(SiteCurveView(curve: curve, inputs: inputs, language: t).markup)</section>
    <div class="split"><section class="card"><h2>\(t("Map", "Carte"))</h2>\(HTML(drawing: TravelMap.picture(of: inputs, answer, in: t.mapWords).partOfPage))</section>
    <div><section class="card"><h2>\(t("The next best", "Les suivants"))</h2>\(exchanges)</section>
    <section class="card"><h2>\(t("Would it change?", "Cela changerait-il ?"))</h2>\(neighbours)</section>
    <section class="card"><h2>\(t("Sites", "Sites"))</h2>\(sites)</section></div></div>
    """
  }

  /// The answer is kept as it was given; map and curve are of the register as it is.
  private var stale: HTML {
    guard inputs.digest != plan.inputs else { return .nothing }
    return """
      <div class="notice"><p>\(t("The register has changed since this answer: the map and the curve show it as it is now.", "Le registre a changé depuis cette réponse : la carte et la courbe le montrent tel qu’il est."))</p></div>
      """
  }

  private func mean(_ reach: SiteAnswer.Reach) -> String {
    reach.meanSeconds.map { t.number(Rounding.halfUp.divide($0, by: 60)) } ?? t.unknown
  }

  private func name(_ code: String) -> String { inputs.name(code) }

  // MARK: - How firm it is

  private var exchanges: HTML {
    """
    <ul class="plain">\(answer.nextBest.prefix(8).markup { exchange in
      "<li>\(name(exchange.out)) → \(exchange.into.map(name) ?? "–") <span class=\"note\">\(change(exchange.change))\(within(exchange))</span></li>"
    })</ul>
    """
  }

  /// What an exchange costs in coverage, beside an objective that is not coverage.
  private func within(_ exchange: SiteAnswer.Exchange) -> String {
    guard plan.question.objective != .coverage, let people = exchange.changeWithin else { return "" }
    let sign = people > 0 ? "+" : people < 0 ? "−" : ""
    return t(
      ", \(sign)\(t.number(abs(people))) people within \(plan.question.limitMinutes) min",
      ", \(sign)\(t.number(abs(people))) habitants à moins de \(plan.question.limitMinutes) min"
    )
  }

  /// Those whom no choice of sites serves.
  private var apart: HTML {
    guard let apart = answer.apart, !apart.isEmpty else { return .nothing }
    let names = apart.map { "\($0.name) (\(t.number($0.people)))" }.joined(separator: ", ")
    return """
      <p class="note">\(t("In no sum, for no journey to any site is known", "Dans aucune somme, faute de trajet connu vers un site"))\(t(":", "\u{00A0}:")) \(names)</p>
      """
  }

  /// What an exchange does to the objective, in the objective's own unit.
  private func change(_ value: Int64) -> String {
    let size = abs(value)
    switch plan.question.objective {
    case .coverage:
      return value < 0
        ? t(
          "\(t.number(size)) people fewer within the limit",
          "\(t.number(size)) habitants de moins sous la limite"
        )
        : t(
          "\(t.number(size)) people more within the limit",
          "\(t.number(size)) habitants de plus sous la limite"
        )
    case .median:
      let hours = t.number(Rounding.halfUp.divide(size, by: 3_600))
      return value > 0
        ? t("\(hours) hours of travel more in all", "\(hours) heures de trajet de plus au total")
        : t("\(hours) hours of travel fewer in all", "\(hours) heures de trajet de moins au total")
    case .centre, .worstRegion:
      let minutes = t.number(Rounding.halfUp.divide(size, by: 60))
      return value > 0
        ? t("\(minutes) min longer", "\(minutes) min de plus")
        : t("\(minutes) min shorter", "\(minutes) min de moins")
    }
  }

  private var neighbours: HTML {
    """
    <ul class="plain">\(answer.neighbours.markup { other in
      """
      <li>\(t.sentence(other.question))\(t(":", "\u{00A0}:")) \(tag(other)) \
      <span class="note">\(other.newSites.map(name).joined(separator: ", "))\(other.isProven ? "" : t(" (not proven)", " (non prouvé)"))</span></li>
      """
    })</ul>
    """
  }

  /// How a neighbour's new sites stand to those chosen.
  private func tag(_ other: SiteAnswer.Neighbour) -> HTML {
    let (chosen, moved) = (Set(answer.newSites.map(\.code)), Set(other.newSites))
    let (style, word) =
      if chosen == moved {
        ("good", t("the same sites", "les mêmes sites"))
      } else if moved.isSubset(of: chosen) {
        ("good", t("some of the same sites", "une partie des mêmes sites"))
      } else if moved.isSuperset(of: chosen) {
        ("good", t("the same sites and more", "les mêmes sites et d’autres"))
      } else {
        ("warn", t("other sites", "autres sites"))
      }
    return "<span class=\"tag \(style)\">\(word)</span>"
  }

  private var sites: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Site", "Site"))</th><th class="n">\(t("People nearest to it", "Habitants les plus proches"))</th><th class="n">\(t("within", "sous la limite"))</th></tr></thead><tbody>
    \(answer.sites.markup { site in
      "<tr><th scope=\"row\">\(site.name)\(site.isNew ? " <span class=\"tag accent\">\(t("new", "nouveau"))</span>" as HTML : .nothing)</th><td class=\"n\">\(t.number(site.people))</td><td class=\"n\">\(t.number(site.peopleWithin))</td></tr>"
    })
    </tbody></table></div>\(apart)
    """
  }
}

extension SiteInputs {
  /// A site by its code; a code that is none, as it is.
  func name(_ code: String) -> String { sites.first { $0.code == code }?.name ?? code }
}
