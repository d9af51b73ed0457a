import Inventory
package import Tabular

extension OrderDocument {
  /// The order as a table, a line for each share: for a spreadsheet.
  package var table: TextTable {
    var table = TextTable([
      .init("order"), .init("line", .right), .init("sku"), .init("name"), .init("supplier_reference"),
      .init("gtin"), .init("centre"), .init("packs", .right), .init("pack_units", .right),
      .init("units", .right), .init("cost", .right), .init("currency"), .init("received_units", .right),
    ])
    for line in order.lines {
      let article = article(line.item)
      for share in line.shares {
        table.add(
          order.header.number.rawValue,
          "\(line.number)",
          line.item.rawValue,
          article?.name ?? "",
          article?.supplierReference ?? "",
          article?.gtin ?? "",
          share.centre.rawValue,
          "\(share.packs)",
          "\(line.packUnits.units)",
          "\((line.packUnits * share.packs).units)",
          share.cost.decimal,
          order.header.currency,
          "\(share.received.units)"
        )
      }
    }
    return table
  }

  /// The order as a page to print, in plain text of 96 columns.
  package var page: String {
    let header = order.header
    let facts = [
      ("Order", "\(header.number)   \(order.state.title)"),
      ("Date", header.sendOn.map { "\(header.orderedOn), to be sent on \($0)" } ?? "\(header.orderedOn)"),
      ("Expected", header.expectedOn.map { "\($0)" } ?? "not known"),
      ("Buyer", agreement.buyerName ?? "not known"),
      (
        "Supplier",
        [supplier.name, supplier.siret.map { "SIRET \($0)" }].compactMap(\.self).joined(separator: ", ")
      ),
      ("Under", "\(agreement.reference) lot \(header.lot), \(lotTitle)"),
      ("Payment", "\(agreement.paymentDays) days"),
    ]
    let head = facts.map { name, value in
      name + String(repeating: " ", count: 10 - name.count) + value + "\n"
    }.joined()
    return head + "\n" + lineTable.text(width: 96) + "\n" + totals + "\n" + deliveries.text(width: 96)
  }

  private var lineTable: TextTable {
    var table = TextTable([
      .init("Line", .right), .init("Article"), .init("Name"), .init("Packs", .right), .init("of", .right),
      .init("Units", .right), .init("Amount", .right),
    ])
    for line in order.lines {
      let article = article(line.item)
      table.add(
        "\(line.number)",
        article?.supplierReference ?? line.item.rawValue,
        article?.name ?? "",
        "\(line.packs)",
        "\(line.packUnits)",
        "\(line.units)",
        "\(line.cost)"
      )
    }
    return table
  }

  private var totals: String {
    [
      ("Goods", order.header.goods), ("Freight", order.header.freight),
      ("Total without VAT", order.header.total),
    ]
    .map { name, amount in
      let value = "\(amount) \(order.header.currency)"
      return name + String(repeating: " ", count: max(1, 48 - name.count - value.count)) + value + "\n"
    }.joined()
  }

  private var deliveries: TextTable {
    var table = TextTable([
      .init("Deliver to"), .init("City"), .init("Line", .right), .init("Article"), .init("Packs", .right),
      .init("Received", .right),
    ])
    for centre in centres {
      for line in order.lines {
        for share in line.shares where share.centre == centre.code {
          table.add(
            centre.name,
            centre.city,
            "\(line.number)",
            line.item.rawValue,
            "\(share.packs)",
            "\(share.received)"
          )
        }
      }
    }
    return table
  }
}
