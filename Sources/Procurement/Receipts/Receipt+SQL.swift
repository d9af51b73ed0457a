import Foundation
import Inventory
package import Storage

extension Receipt {
  private static let selection: SQL = """
    SELECT r.id, o.number, r.key, r.received_on, r.actor, r.recorded_at FROM receipt r
    JOIN purchase_order o ON o.id = r.order_id
    """

  private init(row: Row, in connection: any Connection) throws {
    (id, order, key, receivedOn, actor, recordedAt) = try row.decode(
      as: ID.self,
      PurchaseOrder.Number.self,
      String.self,
      Day.self,
      String.self,
      Instant.self
    )
    lines = try Line.all(of: id, in: connection)
  }

  package static func find(
    _ order: PurchaseOrder.Number,
    key: String,
    in connection: any Connection
  ) throws -> Receipt {
    let rows = try connection.query("\(selection) WHERE o.number = \(order) AND r.key = \(key)")
    guard let row = rows.first else { throw ReceiptError.noSuchReceipt(order, key) }
    return try Receipt(row: row, in: connection)
  }

  /// Receipts with their lines, the latest first; of one order where it is given.
  package static func all(
    of order: PurchaseOrder.Number? = nil,
    limit: Int64 = 1_000,
    in connection: any Connection
  ) throws -> [Receipt] {
    let filter: SQL = if let order { "WHERE o.number = \(order)" } else { "" }
    return try connection.query(
      "\(selection) \(filter) ORDER BY r.received_on DESC, r.id DESC LIMIT \(limit)"
    ).map { try Receipt(row: $0, in: connection) }
  }

  /// The receipt that the key was used for.
  /// - Throws: `ReceiptError.keyDiffers` where it says something else.
  static func known(
    _ request: ReceiptRequest,
    of order: PurchaseOrder.ID,
    in connection: any Connection
  ) throws -> Receipt? {
    let rows = try connection.query(
      "SELECT content FROM receipt WHERE order_id = \(order) AND key = \(request.key)"
    )
    guard let content: String = try rows.first?.decode(as: String.self) else { return nil }
    let kept = try JSONDecoder().decode(ReceiptRequest.self, from: Data(content.utf8))
    guard kept == request else {
      let differences = request.differences(from: kept)
      throw ReceiptError.keyDiffers(request.order, key: request.key, differences: differences)
    }
    return try find(request.order, key: request.key, in: connection)
  }

  static func store(
    _ request: ReceiptRequest,
    _ entries: [AttributedEntry],
    of order: PurchaseOrder.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content = String(decoding: try encoder.encode(request), as: UTF8.self)
    let rows = try connection.query(
      """
      INSERT INTO receipt (order_id, key, received_on, content, actor, recorded_at)
      VALUES (\(order), \(request.key), \(request.day), \(content), \(stamp.actor), \(stamp.at)) RETURNING id
      """
    )
    guard let receipt: ID = try rows.first?.decode(as: ID.self) else { return }
    let centres = try Keys.centres(Set(entries.map(\.centre)).sorted(), in: connection)
    for (number, attributed) in zip(Int64(1)..., entries) {
      guard let centre = centres[attributed.centre] else {
        throw CentreError.noSuchCentre(attributed.centre.rawValue)
      }
      let entry = attributed.entry
      try connection.execute(
        """
        INSERT INTO receipt_line (receipt_id, entry, order_id, line, centre_id, lot, expiry, accepted, refused,
          reason)
        VALUES (\(receipt), \(number), \(order), \(entry.line), \(centre), \(entry.lot), \(entry.expiry),
          \(entry.accepted), \(entry.refused), \(entry.reason))
        """
      )
    }
  }
}

extension Receipt.Line {
  fileprivate static func all(of receipt: Receipt.ID, in connection: any Connection) throws -> [Receipt.Line]
  {
    try connection.query(
      """
      SELECT r.line, i.sku, c.code, r.lot, r.expiry, r.accepted, r.refused, r.reason FROM receipt_line r
      JOIN order_line l ON l.order_id = r.order_id AND l.line = r.line JOIN item i ON i.id = l.item_id
      JOIN centre c ON c.id = r.centre_id WHERE r.receipt_id = \(receipt) ORDER BY r.entry
      """
    ).map { row in
      let (line, item, centre, lot, expiry, accepted, refused, reason) = try row.decode(
        as: Int64.self,
        Item.SKU.self,
        Centre.Code.self,
        String?.self,
        Day?.self,
        Quantity.self,
        Quantity.self,
        String?.self
      )
      return Receipt.Line(
        line: line,
        item: item,
        centre: centre,
        lot: lot,
        expiry: expiry,
        accepted: accepted,
        refused: refused,
        reason: reason
      )
    }
  }
}

extension ReceiptRequest {
  /// What a request says otherwise than the one that is kept, entry by entry.
  fileprivate func differences(from kept: ReceiptRequest) -> [Finding] {
    var findings: [Finding] = []
    if day != kept.day { findings.append(Finding(field: "day", found: "\(day)", expected: "\(kept.day)")) }
    for index in 0..<max(entries.count, kept.entries.count) {
      let found = index < entries.count ? entries[index].words : "nothing"
      let expected = index < kept.entries.count ? kept.entries[index].words : "nothing"
      guard found != expected else { continue }
      findings.append(Finding(line: index + 1, field: "entry", found: found, expected: expected))
    }
    return findings
  }
}

extension ReceiptRequest.Entry {
  fileprivate var words: String {
    [
      "line \(line)", centre.map { "at \($0)" }, lot.map { "lot \($0)" }, expiry.map { "until \($0)" },
      "\(accepted) accepted", "\(refused) refused", reason,
    ].compactMap(\.self).joined(separator: ", ")
  }
}
