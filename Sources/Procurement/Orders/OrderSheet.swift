package import Inventory
package import Tabular

extension OrderRequest {
  package static let sheetColumns: [Sheet.Column] = [
    .init("sku", aliases: ["item", "article"]), .init("centre", aliases: ["centre_code", "etablissement"]),
    .init("packs", aliases: ["colis"]),
  ]

  /// Reads the lines of an order: a row for each item and centre. Everything wrong in them is told at once.
  package static func lines(from input: consuming ByteInput) throws -> [Line] {
    let rows: [(Item.SKU, Share)] = try Sheet.values(of: input, columns: sheetColumns) { row in
      let item = row.code("sku", of: Item.self)
      let centre = row.code("centre", of: Centre.self)
      let packs = row.integer("packs", in: 1...100_000_000)
      guard let item, let centre, let packs else { return nil }
      return (item, Share(centre: centre, packs: packs))
    }
    return rows.reduce(into: []) { lines, row in
      if let index = lines.firstIndex(where: { $0.item == row.0 }) {
        lines[index].shares.append(row.1)
      } else {
        lines.append(Line(item: row.0, shares: [row.1]))
      }
    }
  }
}
