/// A line that appears when something changed elsewhere.
enum Live {
  static func notice(_ visit: Visit, _ types: [String]) -> HTML {
    let t = visit.language
    guard !visit.isLookingBack else { return .nothing }
    return """
      <p class="notice warn" role="status" data-live="\(types.joined(separator: ","))" hidden>\
      \(t("Something has changed since this page was made.", "Des données ont changé depuis l’affichage de cette page.")) \
      <a href="\(visit.address)">\(t("Show it again", "Actualiser"))</a></p>
      """
  }
}
