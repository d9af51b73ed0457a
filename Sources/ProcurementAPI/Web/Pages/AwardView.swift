import Inventory
import Procurement

/// An award in words: what it costs, what it saves, how good it is, what would change it.
struct AwardView {
  let award: Award
  let names: PurchasingNames
  /// The offers that advice speaks of, by code.
  let offers: [Offer.Code: Offer]
  let language: Language
  private var t: Language { language }
  private var register: Register { names.register }

  /// A need that was left out is never left unsaid; a page holds no more than these.
  private static let shown = 300

  var markup: HTML {
    """
    <section class="card"><h2>\(t("Award", "Attribution")) \(award.number)</h2>
    <div class="figures">\(figures)</div>
    <p>\(quality)</p>
    <div class="split"><div><h3>\(t("By supplier", "Par fournisseur"))</h3>\(lines)\(advice)</div>
    <div><h3>\(t("By centre, against buying alone", "Par centre, comparé à un achat seul"))</h3>\(savings)</div></div>
    \(uncovered)\(remarks)
    </section>
    """
  }

  private var figures: HTML {
    """
    <div class="figure"><b>\(t.money(award.cost))</b><span>\(t("goods and freight", "fournitures et transport"))</span></div>
    <div class="figure good"><b>\(award.saving.map { t.money($0) } ?? "–")</b><span>\(t("saved against each centre alone", "économisés par rapport à des achats séparés"))</span></div>
    <div class="figure"><b>\(award.slack.map { t.money($0) } ?? "–")</b><span>\(t("at most above the optimum", "au plus au-dessus de l’optimum"))</span></div>
    \(award.report.remarks.markup { "<div class=\"figure\"><b>\(t.money($0.greedy.cost))</b><span>\(t("the greedy rule would cost", "coûterait la règle gloutonne"))</span></div>" })
    """
  }

  /// Bound and gap in plain words.
  private var quality: String {
    switch award.method.status {
    case .optimal:
      t(
        "No cheaper award exists under these offers, limits and tolerances: that is proven.",
        "Aucune attribution moins chère n’existe avec ces offres, limites et tolérances : c’est démontré."
      )
    case .withinGap, .feasible:
      t(
        "The search stopped before the proof: a cheaper award may exist, but by no more than \(award.slack.map { t.money($0) } ?? t.unknown).",
        "La recherche s’est arrêtée avant la preuve : une attribution moins chère peut exister, mais d’au plus \(award.slack.map { t.money($0) } ?? t.unknown)."
      )
    case nil:
      t(
        "Made by the greedy rule: the cheapest feasible offer first. How far it is from the best is not known.",
        "Établie par la règle gloutonne : l’offre réalisable la moins chère d’abord. L’écart à l’optimum est inconnu."
      )
    }
  }

  private var lines: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Supplier", "Fournisseur"))</th><th>\(t("Item", "Article"))</th><th class="n">\(t("Packs", "Conditionnements"))</th>\
    <th class="n">\(t("Cost", "Coût"))</th></tr></thead><tbody>
    \(award.lines.markup { line in
      """
      <tr><td>\(names.supplier(line.supplier)) <span class="note">\(line.agreement)/\(line.lot)</span></td><td>\(register.link(line.item, t))\(line.orderOn.markup { " <span class=\"note\">\(t("ordered on", "commandé le")) \(t.shortDay($0))</span>" })</td>\
      <td class="n">\(t.number(line.packs)) × \(t.number(line.packUnits))</td><td class="n">\(t.money(line.cost))</td></tr>
      """
    })
    </tbody><tfoot><tr><th colspan="3">\(t("Goods", "Fournitures")) / \(t("freight", "transport"))</th>\
    <td class="n">\(t.money(award.goods)) / \(t.money(award.freight))</td></tr></tfoot></table></div>
    """
  }

  private var savings: HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Centre", "Centre"))</th><th class="n">\(t("Pays", "Paie"))</th><th class="n">\(t("Alone", "Seul"))</th>\
    <th class="n">\(t("Saves", "Économise"))</th></tr></thead><tbody>
    \(award.report.savings.markup { saving in
      """
      <tr><td>\(register.link(saving.centre))</td><td class="n">\(t.money(saving.cost))</td>\
      <td class="n">\(saving.alone.map { t.money($0) } ?? t("not possible", "impossible"))</td><td class="n">\(saving.saving.map { t.money($0) } ?? "–")</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private var uncovered: HTML {
    let parts = award.report.uncovered
    guard !parts.isEmpty else { return .nothing }
    let list: HTML = """
      <ul>\(parts.prefix(Self.shown).markup { part in
        "<li>\(register.name(part.centre))\(colon) \(names.quantity(part.quantity, of: part.item)), \(register.name(part.item, t)) — \(names.sentence(part.reason))</li>"
      })</ul>\(parts.count > Self.shown ? "<p>\(t("The first \(Self.shown) of \(parts.count).", "Les \(Self.shown) premiers sur \(parts.count)."))</p>" as HTML : .nothing)
      """
    return """
      <div class="notice bad"><strong>\(t("Not covered", "Non couvert"))\(colon) \(needs(parts.count))</strong>\
      \(parts.count <= 12 ? list : "<details><summary>\(t("Show all of them", "Les voir tous"))</summary>\(list)</details>")</div>
      """
  }

  private var colon: String { t(":", "\u{00A0}:") }

  private func needs(_ count: Int) -> String {
    count == 1 ? t("1 need", "1 besoin") : t("\(count) needs", "\(count) besoins")
  }

  private var advice: HTML {
    guard !award.report.advice.isEmpty else { return .nothing }
    return """
      <h3>\(t("What would reach the next price", "Ce qui atteindrait le palier suivant"))</h3><ul>\(award.report.advice.prefix(12).markup { advice in
        """
        <li>\(offer(advice.offer))\(colon) \(t("\(t.number(advice.packs)) packs more", "\(t.number(advice.packs)) conditionnements de plus")) → \
        \(t.money(advice.price)) \(t("a pack", "le conditionnement")), \(advice.extraCost < .zero ? t("\(t.money(.zero - advice.extraCost)) less in all", "\(t.money(.zero - advice.extraCost)) de moins au total") : t("\(t.money(advice.extraCost)) more in all", "\(t.money(advice.extraCost)) de plus au total"))</li>
        """
      })</ul>
      """
  }

  /// An offer as a buyer says it: who sells what.
  private func offer(_ code: Offer.Code) -> HTML {
    guard let offer = offers[code] else { return "<code>\(code)</code>" }
    return "\(register.name(offer.item, t)), \(names.supplier(offer.supplier)) <code>\(code)</code>"
  }

  private var remarks: HTML {
    guard let remarks = award.report.remarks, !remarks.binding.isEmpty || !remarks.dearer.isEmpty else {
      return .nothing
    }
    return """
      <details><summary>\(t("What holds the cost up", "Ce qui pèse sur le coût"))</summary><ul>
      \(remarks.binding.markup { "<li>\(names.sentence($0.limit))\(colon) \(t("easing it would save", "l’assouplir économiserait")) \(t.money($0.saving.amount))</li>" })
      \(remarks.dearer.markup { "<li>\(register.name($0.centre))\(colon) \(t("pays \(t.money($0.excess)) more than alone", "paie \(t.money($0.excess)) de plus que seul")) — \(names.sentence($0.reason))</li>" })
      </ul></details>
      """
  }
}
