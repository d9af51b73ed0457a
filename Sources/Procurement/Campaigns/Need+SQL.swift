import Inventory
package import Storage

extension Need {
  /// The needs of a campaign, by item, centre and day.
  package static func all(of campaign: Campaign.ID, in connection: any Connection) throws -> [Need] {
    try connection.query(
      """
      SELECT c.code, i.sku, n.quantity, n.tolerance, n.needed_by, n.justification, n.inputs
      FROM need n JOIN centre c ON c.id = n.centre_id JOIN item i ON i.id = n.item_id
      WHERE n.campaign_id = \(campaign) ORDER BY i.sku, c.code, n.part
      """
    ).map { row in
      let (centre, item, quantity, tolerance, neededBy, justification, inputs) = try row.decode(
        as: Centre.Code.self,
        Item.SKU.self,
        Quantity.self,
        Quantity.self,
        Day?.self,
        String.self,
        String?.self
      )
      return Need(
        centre: centre,
        item: item,
        quantity: quantity,
        tolerance: tolerance,
        neededBy: neededBy,
        justification: justification,
        origin: inputs.map { .prefilled(inputs: $0) } ?? .entered
      )
    }
  }

  /// Stores the need as one part of what the centre needs of the item, in place of what it said before; a computed one
  /// never replaces an entered one.
  private func store(
    part: Int64,
    for campaign: Campaign.ID,
    centre: Centre.ID,
    item: Item.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let (word, inputs): (String, String?) =
      switch origin {
      case .entered: ("entered", nil)
      case .prefilled(let inputs): ("prefilled", inputs)
      }
    try connection.execute(
      """
      INSERT INTO need (campaign_id, centre_id, item_id, part, quantity, tolerance, needed_by, justification, origin,
        inputs, actor, recorded_at)
      VALUES (\(campaign), \(centre), \(item), \(part), \(quantity), \(tolerance), \(neededBy), \(justification),
        \(word), \(inputs), \(stamp.actor), \(stamp.at))
      ON CONFLICT (campaign_id, centre_id, item_id, part) DO UPDATE SET quantity = excluded.quantity,
        tolerance = excluded.tolerance, needed_by = excluded.needed_by,
        justification = excluded.justification, origin = excluded.origin, inputs = excluded.inputs,
        actor = excluded.actor, recorded_at = excluded.recorded_at
      WHERE excluded.origin = 'entered' OR need.origin = 'prefilled'
      """
    )
  }

  /// Stores all that a centre needs of an item, by day, in place of all that it said before.
  static func store(
    _ needs: [Need],
    for campaign: Campaign.ID,
    centre: Centre.ID,
    item: Item.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    // What has no day of its own is due on the campaign's, the last of all.
    let parts = needs.sorted { ($0.neededBy?.rawValue ?? .max) < ($1.neededBy?.rawValue ?? .max) }
    for (part, need) in zip(Int64(1)..., parts) {
      try need.store(part: part, for: campaign, centre: centre, item: item, by: stamp, in: connection)
    }
    guard needs.contains(where: { $0.origin == .entered }) else { return }
    try connection.execute(
      """
      DELETE FROM need WHERE campaign_id = \(campaign) AND centre_id = \(centre) AND item_id = \(item)
        AND part > \(Int64(parts.count))
      """
    )
  }
}
