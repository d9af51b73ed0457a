/// The columns of a report, by their names in English and French. Titles are compared without case, spaces,
/// punctuation and accents.
enum ReportColumns {
  static let all: [Sheet.Column] = [
    .init("centre", aliases: ["center", "site", "établissement"], required: false),
    .init("day", aliases: ["date", "jour"], required: false),
    .init("report", aliases: ["report key", "key", "rapport", "clé"], required: false),
    .init("item", aliases: ["sku", "article", "code article", "produit", "product"], required: false),
    .init("barcode", aliases: ["gs1", "datamatrix", "code-barres", "scan"], required: false),
    .init(
      "lot",
      aliases: ["lot number", "batch", "numéro de lot", "no lot", "n° lot", "n° de lot"],
      required: false
    ),
    .init(
      "expiry",
      aliases: ["expiry date", "expiration", "péremption", "date de péremption", "exp"],
      required: false
    ),
    .init("unit", aliases: ["unité", "pack", "conditionnement"], required: false),
    .init(
      "counted",
      aliases: ["count", "on hand", "stock", "compté", "comptage", "inventaire", "quantité comptée"],
      required: false
    ),
    .init("received", aliases: ["receipts", "reçu", "reçus", "entrées", "quantité reçue"], required: false),
    .init(
      "used",
      aliases: ["use", "consumed", "utilisé", "utilisés", "consommé", "consommation", "sorties"],
      required: false
    ),
    .init("lost", aliases: ["losses", "perdu", "perdus", "pertes"], required: false),
    .init("adjusted", aliases: ["adjustment", "ajusté", "ajustement"], required: false),
    .init("note", aliases: ["comment", "remarque", "commentaire"], required: false),
  ]

  /// Where each column stands in cells that are written in the order of `all`.
  static let positions = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($0.element.name, $0.offset) }
  )
}
