package import Storage

/// Someone said that an organisation has, or has not, a kind of machine.
package struct PresenceStatement: Equatable, Sendable, Codable {
  package var organisation: Organisation.Code
  package var centre: Centre.Code?
  package var category: EquipmentCategory.Code
  package var statedOn: Day
  package var isPresent: Bool
  package var note: String
  package var source: String
  package var certainty: String
}

extension PresenceStatement {
  init(absent draft: Equipment.Draft, on day: Day) {
    self.init(
      organisation: draft.organisation,
      centre: draft.centre,
      category: draft.category,
      statedOn: day,
      isPresent: false,
      note: draft.note,
      source: draft.source,
      certainty: draft.certainty
    )
  }

  /// Stores the statement and logs it.
  package func state(by stamp: Stamp, in connection: any Connection) throws {
    try store(in: connection)
    try Audit.record(
      "equipment.presence",
      subject: "equipment \(organisation) \(category)",
      after: self,
      by: stamp,
      in: connection
    )
  }

  func store(in connection: any Connection) throws {
    let owner = try Organisation.find(organisation, in: connection).id
    let site = try centre.map { try Centre.find($0, in: connection).id }
    let kind = try EquipmentCategory.find(category, in: connection).id
    try connection.execute(
      """
      INSERT INTO presence_statement (organisation_id, centre_id, category_id, stated_on, present, note, source,
        certainty)
      VALUES (\(owner), \(site), \(kind), \(statedOn), \(isPresent ? 1 : 0 as Int64), \(note), \(source),
        \(certainty))
      ON CONFLICT (organisation_id, category_id, stated_on) DO UPDATE SET centre_id = excluded.centre_id,
        present = excluded.present, note = excluded.note, source = excluded.source,
        certainty = excluded.certainty
      """
    )
  }
}

/// What is known of one organisation and one category.
package struct PresenceCell: Equatable, Sendable, Codable {
  package var organisation: Organisation.Code
  package var category: EquipmentCategory.Code
  package var presence: Presence
  /// Machines in service, confirmed to be so.
  package var confirmed: Int64
  /// Machines that someone named, of which nobody said whether they still run.
  package var toConfirm: Int64
}

extension Presence {
  /// The whole table, organisation by category: present where a machine is known that was not retired or the last
  /// statement says so, absent where the last statement says so, unknown where nobody said anything.
  package static func table(in connection: any Connection) throws -> [PresenceCell] {
    try connection.query(
      """
      SELECT o.code, k.code,
        (SELECT count(*) FROM equipment e WHERE e.organisation_id = o.id AND e.category_id = k.id
          AND e.lifecycle = 'in_service' AND e.confirmed = 1),
        (SELECT count(*) FROM equipment e WHERE e.organisation_id = o.id AND e.category_id = k.id
          AND (e.lifecycle = 'unknown' OR e.lifecycle = 'in_service' AND e.confirmed = 0)),
        (SELECT p.present FROM presence_statement p
          WHERE p.organisation_id = o.id AND p.category_id = k.id ORDER BY p.stated_on DESC LIMIT 1)
      FROM organisation o CROSS JOIN equipment_category k ORDER BY o.code, k.code
      """
    ).map { row in
      let (organisation, category, confirmed, toConfirm, stated) = try row.decode(
        as: Organisation.Code.self,
        EquipmentCategory.Code.self,
        Int64.self,
        Int64.self,
        Int64?.self
      )
      let presence: Presence =
        if confirmed + toConfirm > 0 || stated == 1 {
          .present
        } else {
          stated == 0 ? .absent : .unknown
        }
      return PresenceCell(
        organisation: organisation,
        category: category,
        presence: presence,
        confirmed: confirmed,
        toConfirm: toConfirm
      )
    }
  }
}
