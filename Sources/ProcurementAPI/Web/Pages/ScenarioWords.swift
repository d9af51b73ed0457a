import Inventory

/// A what-if's figures as pages say them: the evaluators name them for the terminal and for programs.
enum ScenarioWords {
  static func name(_ name: String, _ t: Language) -> String {
    switch name {
    case "expected-life (sum)": t("machine-years past life", "années-machines au-delà de la vie")
    case "age-rule (sum)":
      t("machines beyond the age rule, over the years", "machines hors de la règle d’âge, au fil des ans")
    case "gaps (sum)": t("machines missing, over the years", "machines manquantes, au fil des ans")
    case "availability (sum)": t("time down, over the years", "temps d’arrêt, au fil des ans")
    case "cost (sum)": t("cost, over the years", "coût, au fil des ans")
    case "benefit (sum)": t("benefit, over the years", "bénéfice, au fil des ans")
    default: t.sentence(name)
    }
  }

  /// An amount with its currency; anything else as the language writes it.
  static func value(_ figure: ScenarioFigure, _ t: Language) -> String {
    guard ["budget", "cost", "saved together", "cost (sum)"].contains(figure.name) else {
      return t == .french ? t.sentence(figure.value) : grouped(figure.value, t)
    }
    return money(figure).map { t.amount($0) } ?? t.sentence(figure.value)
  }

  private static func grouped(_ text: String, _ t: Language) -> String {
    Int64(text).map { t.number($0) } ?? text
  }

  /// `60,000,000.00`, as the evaluators write it; sums of cents stand without decimals.
  private static func money(_ figure: ScenarioFigure) -> Money? {
    let digits = figure.value.replacing(",", with: "")
    if figure.name.hasSuffix("(sum)") { return Int64(digits).map(Money.init(cents:)) }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2 else { return nil }
    return Int64(parts[0] + parts[1]).map(Money.init(cents:))
  }
}
