import Inventory
import Procurement
import Storage
import Tabular

extension Seeds {
  /// Fills an empty database with the network: centres, equipment, items, suppliers and agreements.
  func load(into database: any Database, by stamp: Stamp) async throws {
    try await loadRegister(into: database, by: stamp)
    try await loadItems(into: database, by: stamp)
    try await loadPurchasing(into: database, by: stamp)
  }

  private func loadRegister(into database: any Database, by stamp: Stamp) async throws {
    let centres = try Centre.drafts(from: input("centres.csv"))
    let departments = try Department.drafts(from: input("departments.csv"))
    let categories = try EquipmentCategory.drafts(from: input("equipment_categories.csv"))
    let norms = try EquipmentCategory.Norm.drafts(
      from: input("category_norms.csv"),
      validFrom: stamp.at.day
    )
    let machines = try Equipment.drafts(from: input("equipment.csv"))
    let analysers = try Analyser.all(from: input("pcr_analysers.csv"))
    try await database.write { connection in
      try Department.take(departments, by: stamp, in: connection)
      try Centre.take(centres, by: stamp, in: connection)
      try EquipmentCategory.take(categories, by: stamp, in: connection)
      try EquipmentCategory.Norm.take(norms, by: stamp, in: connection)
      _ = try Equipment.take(machines, by: stamp, in: connection)
      let placed = try analysers.map { try $0.draft(in: connection) }
      _ = try Equipment.take(placed, by: stamp, in: connection)
    }
  }

  private func loadItems(into database: any Database, by stamp: Stamp) async throws {
    let items = try Item.drafts(from: input("items.csv"))
    let packs = try Item.packDrafts(from: input("item_packs.csv"))
    let substitutes = try Item.substituteDrafts(from: input("item_substitutes.csv"))
    let kits = try Kit.drafts(from: input("kits.csv"))
    let components = try Kit.componentDrafts(from: input("kit_items.csv"))
    try await database.write { connection in
      try Item.take(items, by: stamp, in: connection)
      try Item.take(packs: packs, by: stamp, in: connection)
      try Item.take(substitutes: substitutes, by: stamp, in: connection)
      try Kit.take(kits, by: stamp, in: connection)
      try Kit.take(components: components, by: stamp, in: connection)
    }
  }

  private func loadPurchasing(into database: any Database, by stamp: Stamp) async throws {
    let suppliers = try Supplier.drafts(from: input("suppliers.csv"))
    let agreements = try Agreement.drafts(from: input("agreements.csv"))
    let lots = try AgreementLot.drafts(from: input("agreement_lots.csv"))
    let holders = try AgreementLot.holderDrafts(from: input("agreement_holders.csv"))
    let offers = try Offer.drafts(from: input("offers.csv"))
    let tiers = try Offer.tierDrafts(from: input("offer_tiers.csv"))
    try await database.write { connection in
      try Supplier.take(suppliers, by: stamp, in: connection)
      try Agreement.take(agreements, by: stamp, in: connection)
      try AgreementLot.take(lots, holders: holders, by: stamp, in: connection)
      try Offer.take(offers, tiers: tiers, by: stamp, in: connection)
    }
  }
}
