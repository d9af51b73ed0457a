import Tabular

extension AwardReport {
  /// What is bought from whom, one delivery a row.
  var lineTable: TextTable {
    var table = TextTable([
      .init("supplier"), .init("period"), .init("item"), .init("delivery point"), .init("packs", .right),
      .init("quantity", .right), .init("price", .right), .init("line quantity", .right),
      .init("line amount", .right),
    ])
    for line in lines {
      for delivery in line.deliveries {
        table.add(
          line.supplier,
          line.period ?? "",
          line.item,
          delivery.deliveryPoint,
          String(delivery.packs),
          String(delivery.quantity),
          String(line.price),
          String(line.quantity),
          String(line.amount)
        )
      }
    }
    return table
  }

  private var shareTable: TextTable {
    var table = TextTable([
      .init("centre"), .init("pays", .right), .init("alone", .right), .init("saves", .right),
    ])
    for share in attribution {
      table.add(
        share.centre,
        String(share.cost),
        share.alone.map { share.aloneProven ? String($0) : "≥ \($0)" } ?? "impossible or unknown",
        share.saving.map(String.init) ?? ""
      )
    }
    return table
  }

  /// The report as a person reads it; amounts are cents.
  func text(width: Int?) -> String {
    var parts = [headline]
    if !lines.isEmpty { parts.append(lineTable.text(width: width)) }
    if !attribution.isEmpty { parts.append(shareTable.text(width: width)) }
    if let attributionNote { parts.append(attributionNote + "\n") }
    if !advice.isEmpty { parts.append(advice.map { "• \($0.text)\n" }.joined()) }
    if !conflict.isEmpty {
      parts.append("These cannot all be kept, and any one fewer could:\n")
      parts.append(conflict.map { "• \($0.text)\n" }.joined())
      if let earliest { parts.append(earliest.text + "\n") }
    }
    return parts.joined(separator: "\n")
  }

  private var headline: String {
    guard let totalCost else { return "\(status): \(method) found no plan\n" }
    guard let bound else { return "\(status): \(totalCost) cents by \(method); nothing is proven\n" }
    let proof = gap == 0 ? "proven best" : above(totalCost, bound)
    return "\(status): \(totalCost) cents, \(proof) (bound \(bound)), \(solver)\n"
  }

  /// How far the cost may be above the best: the best is no less than the bound. Thousandths of a percent, rounded up.
  private func above(_ cost: Int, _ bound: Int) -> String {
    guard bound > 0 else { return "nothing is known of how far it is above the best" }
    let thousandths = (Double(cost - bound) / Double(bound) * 100_000).rounded(.up) / 1_000
    return "at most \(thousandths) % above the best"
  }
}
