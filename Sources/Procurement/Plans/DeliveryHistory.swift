import Inventory
import Planning
import Storage

/// How the suppliers' deliveries went, from what was ordered and what was received.
enum DeliveryHistory {
  /// The latest order lines of a supplier that are looked at, and for how long back.
  static let longest = 40
  static let days: Int64 = 400
  /// A delivery that is still running teaches nothing until so many days after its promised one.
  static let settledAfter: Int64 = 42

  /// The records of each supplier, the latest first. Cost: one pass over the orders of the time looked at.
  static func records(
    asOf day: Day,
    knownAt: Instant,
    in connection: any Connection
  ) throws -> [String: [DeliveryRecord]] {
    var records: [String: [DeliveryRecord]] = [:]
    var open: Line?
    func finish() {
      guard let line = open, line.isSettled(on: day) else { return }
      if records[line.supplier, default: []].count < longest {
        records[line.supplier, default: []].append(line.record)
      }
    }
    try connection.forEach(query(day, knownAt)) { row in
      let (supplier, key, ordered, promised, runs, received, accepted) = try row.decode(
        as: String.self,
        String.self,
        Int64.self,
        Day.self,
        Int64.self,
        Day?.self,
        Int64?.self
      )
      if open?.key != key {
        finish()
        open = Line(supplier: supplier, key: key, ordered: ordered, promised: promised, runs: runs == 1)
      }
      if let received, let accepted { open?.came.append((received - promised, accepted)) }
    }
    finish()
    return records
  }

  /// One row a line and day on which something of it came, the latest orders of a supplier first.
  private static func query(_ day: Day, _ knownAt: Instant) -> SQL {
    """
    SELECT s.code, o.number || '/' || CAST(l.line AS TEXT), l.packs * l.pack_units,
      COALESCE(o.expected_on, o.ordered_on + f.lead_days),
      CASE WHEN \(PlanSurroundings.ran(on: day, knownAt: knownAt)) THEN 1 ELSE 0 END,
      t.received_on, CAST(SUM(r.accepted) AS BIGINT)
    FROM purchase_order o JOIN order_line l ON l.order_id = o.id JOIN supplier s ON s.id = o.supplier_id
    JOIN supplier_offer f ON f.id = l.offer_id
    LEFT JOIN receipt_line r ON r.order_id = l.order_id AND r.line = l.line
      AND r.receipt_id IN (SELECT k.id FROM receipt k WHERE k.order_id = o.id AND k.received_on <= \(day)
        AND k.recorded_at <= \(knownAt))
    LEFT JOIN receipt t ON t.id = r.receipt_id
    WHERE o.ordered_on BETWEEN \(day - days) AND \(day) AND o.state NOT IN ('draft', 'cancelled')
    GROUP BY s.code, o.id, o.number, l.line, l.packs, l.pack_units, o.expected_on, o.ordered_on, f.lead_days,
      o.state, t.received_on
    ORDER BY s.code, o.ordered_on DESC, o.number DESC, l.line, t.received_on NULLS FIRST
    """
  }

  private struct Line {
    let supplier: String
    let key: String
    let ordered: Int64
    let promised: Day
    let runs: Bool
    var came: [(delay: Int64, units: Int64)] = []

    /// Everything came, or nothing more will, or it is long overdue.
    func isSettled(on day: Day) -> Bool {
      !runs || came.reduce(0) { $0 + $1.units } >= ordered || day - promised >= settledAfter
    }

    var record: DeliveryRecord {
      DeliveryRecord(
        came.filter { $0.units > 0 }.map { part in
          .init(delay: Int(part.delay), permille: Int(min(1000, part.units * 1000 / max(1, ordered))))
        }
      )
    }
  }
}
