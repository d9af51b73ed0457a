import Inventory

/// An explanation by what its lines are: the arithmetic first, then what it starts from.
struct GapTraceView {
  let trace: [GapTrace]
  let words: TraceWords
  private var t: Language { words.language }

  private enum Kind { case sum, norm, machine, silence, report, journey }

  /// A page holds no more lines of a kind; how many there are is said.
  private static let shown = 110

  private static func kind(_ line: GapTrace) -> Kind {
    let what = line.what
    if what.hasPrefix("need: ") || line.source.hasPrefix("norm ") || NormName(rawValue: what) != nil {
      return .norm
    }
    if what.hasPrefix("machine ") { return .machine }
    if what == "presence" { return .silence }
    if what.hasPrefix("activity of ") || what.hasPrefix("maker ") && what != "maker gone" { return .report }
    return what.hasPrefix("nearest") || what.hasPrefix("catchment") ? .journey : .sum
  }

  var markup: HTML {
    let kinds = Dictionary(grouping: trace, by: Self.kind)
    let sums = kinds[.sum] ?? []
    return """
      \(section(t("The arithmetic", "Le calcul"), Set(sums.map(\.area)).count > 1 ? groups(sums) : table(sums, hasArea: false)))
      \((kinds[.norm]).markup { section(t("Norms and factors", "Normes et facteurs"), table($0, hasArea: false)) })
      \((kinds[.machine]).markup { section(t("The machines", "Les machines"), machines($0)) })
      \((kinds[.silence]).markup { section(t("Nobody said whether there is one", "Personne n’a dit s’il y en a une"), silence($0)) })
      \((kinds[.report]).markup { section(t("Activity and makers", "Activité et fabricants"), table($0, hasArea: true)) })
      \((kinds[.journey]).markup(journeys))
      """
  }

  private func section(_ title: String, _ body: HTML) -> HTML {
    "<section class=\"card\"><h2>\(title)</h2>\(body)</section>"
  }

  private func table(_ lines: [GapTrace], hasArea: Bool) -> HTML {
    """
    <div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(hasArea ? "<th>\(t("Of", "De"))</th>" as HTML : .nothing)<th>\(t("Figure", "Chiffre"))</th><th class="n">\(t("Value", "Valeur"))</th><th>\(t("From", "D’où il vient"))</th></tr></thead><tbody>
    \(lines.prefix(Self.shown).markup { line in
      "<tr>\(hasArea ? "<td>\(words.area(line.area))</td>" as HTML : .nothing)<th scope=\"row\">\(words.what(line.what))</th><td class=\"n\">\(words.value(line.value))</td><td class=\"note why\">\(words.text(line.source))</td></tr>"
    })
    </tbody></table></div>\(rest(lines.count))
    """
  }

  /// The lines of several areas: area by area where each has several, figure by figure where each has one.
  private func groups(_ lines: [GapTrace]) -> HTML {
    let counts = Dictionary(grouping: lines, by: \.area).mapValues(\.count)
    let shown = Array(lines.prefix(Self.shown))
    var order: [String] = []
    var groups: [String: [GapTrace]] = [:]
    for line in shown {
      let key = (counts[line.area] ?? 0) > 1 ? line.area : line.what
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(line)
    }
    return """
      <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Figure", "Chiffre"))</th><th class="n">\(t("Value", "Valeur"))</th><th>\(t("From", "D’où il vient"))</th></tr></thead>
      \(order.markup { key in group(key, groups[key] ?? [], isOfArea: (counts[key] ?? 0) > 1) })</table></div>\(rest(lines.count))
      """
  }

  private func group(_ key: String, _ lines: [GapTrace], isOfArea: Bool) -> HTML {
    """
    <tbody class="group"><tr><th colspan="3" scope="rowgroup">\(isOfArea ? words.area(key) : words.what(key))</th></tr>
    \(lines.markup { line in
      "<tr><td>\(isOfArea ? words.what(line.what) : words.area(line.area))</td><td class=\"n\">\(words.value(line.value))</td><td class=\"note why\">\(words.text(line.source))</td></tr>"
    })</tbody>
    """
  }

  private func rest(_ count: Int) -> HTML {
    guard count > Self.shown else { return .nothing }
    return
      "<p class=\"note why\">\(t("The first \(Self.shown) of \(count).", "Les \(Self.shown) premières lignes sur \(count)."))</p>"
  }

  private func machines(_ lines: [GapTrace]) -> HTML {
    """
    <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>\(t("Machine", "Machine"))</th><th>\(t("At", "À"))</th><th>\(t("Counts as", "Comptée comme"))</th><th>\(t("Who says so", "Source"))</th></tr></thead><tbody>
    \(lines.prefix(Self.shown).markup { line in
      let code = String(line.what.dropFirst(8))
      return "<tr><th scope=\"row\"><a href=\"\(WebPath("equipment", "machines", code))\"><code>\(code)</code></a></th><td>\(words.area(line.area))</td><td>\(words.text(line.value))</td><td class=\"note why\">\(words.text(line.source))</td></tr>"
    })
    </tbody></table></div>\(rest(lines.count))
    """
  }

  private func silence(_ lines: [GapTrace]) -> HTML {
    "<p>\(lines.prefix(Self.shown).map { words.area($0.area) }.joined(separator: " · "))</p>\(rest(lines.count))"
  }

  /// Department by department, out of the way until somebody asks.
  private func journeys(_ lines: [GapTrace]) -> HTML {
    let kinds = Dictionary(grouping: lines, by: \.what)
    return """
      <section class="card"><h2>\(t("Journeys and reach", "Trajets et portée"))</h2>\(kinds.keys.sorted().markup { what in
        "<details><summary>\(words.what(what))</summary>\(places(kinds[what] ?? []))</details>"
      })</section>
      """
  }

  private func places(_ lines: [GapTrace]) -> HTML {
    """
    <div class="scroll" tabindex="0"><table class="stack"><tbody>\(lines.prefix(Self.shown).markup { line in
      "<tr><th scope=\"row\">\(words.area(line.area))</th><td>\(words.value(line.value))</td><td class=\"note why\">\(words.text(line.source))</td></tr>"
    })</tbody></table></div>\(rest(lines.count))
    """
  }
}
