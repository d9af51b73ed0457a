import Inventory
package import Storage

extension Need {
  /// The needs of a campaign, by item and centre.
  package static func all(of campaign: Campaign.ID, in connection: any Connection) throws -> [Need] {
    try connection.query(
      """
      SELECT c.code, i.sku, n.quantity, n.tolerance, n.needed_by, n.justification, n.inputs
      FROM need n JOIN centre c ON c.id = n.centre_id JOIN item i ON i.id = n.item_id
      WHERE n.campaign_id = \(campaign) ORDER BY i.sku, c.code
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

  /// Stores the need in place of what the centre said before; a computed one never replaces an entered one.
  func store(
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
      INSERT INTO need (campaign_id, centre_id, item_id, quantity, tolerance, needed_by, justification, origin,
        inputs, actor, recorded_at)
      VALUES (\(campaign), \(centre), \(item), \(quantity), \(tolerance), \(neededBy), \(justification), \(word),
        \(inputs), \(stamp.actor), \(stamp.at))
      ON CONFLICT (campaign_id, centre_id, item_id) DO UPDATE SET quantity = excluded.quantity,
        tolerance = excluded.tolerance, needed_by = excluded.needed_by,
        justification = excluded.justification, origin = excluded.origin, inputs = excluded.inputs,
        actor = excluded.actor, recorded_at = excluded.recorded_at
      WHERE excluded.origin = 'entered' OR need.origin = 'prefilled'
      """
    )
  }
}
