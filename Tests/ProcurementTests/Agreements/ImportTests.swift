import Glibc
import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct ImportTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `every bad line of a table of suppliers is told at once`() {
    let table = """
      code;name;country;siret;gln;active
      ok;Fine;FR;73282932000074;;oui
      a b;Wrong;france;73282932000075;123;maybe

      """
    let expected = [
      Finding(line: 3, field: "code", found: "a b", expected: Supplier.Code.expectation),
      Finding(line: 3, field: "siret", found: "73282932000075", expected: IdentifierScheme.siret.expectation),
      Finding(line: 3, field: "gln", found: "123", expected: IdentifierScheme.gln.expectation),
      Finding(
        line: 3,
        field: "country",
        found: "france",
        expected: "a country as two capital letters (ISO 3166-1)"
      ),
      Finding(line: 3, field: "active", found: "maybe", expected: "yes or no"),
    ]
    #expect(throws: SheetError(findings: expected)) { try Supplier.drafts(from: ByteInput(bytes(table))) }
  }

  @Test func `a lot without a maximum is refused`() {
    let table = """
      agreement_reference,lot,title,allocation_rule,limit_kind,maximum
      AC-1,1,Swabs,sole,,
      AC-1,2,Tubes,best_offer,weight,10

      """
    let expected = [
      Finding(
        line: 2,
        field: "maximum",
        found: "",
        expected: "a maximum in value or in quantity (CJEU C-23/20)"
      ),
      Finding(line: 3, field: "limit_kind", found: "weight", expected: "one of value, quantity"),
      Finding(line: 3, field: "limit_kind", found: "weight", expected: "value or quantity"),
    ]
    #expect(throws: SheetError(findings: expected)) { try AgreementLot.drafts(from: ByteInput(bytes(table))) }
  }

  @Test(arguments: Backend.available)
  func `holders must suit the rule of their lot`(backend: Backend) async throws {
    let network = try await Network(backend)
    let lots = Network.lots.replacing("best_offer", with: "share")
    let expected = Finding(
      line: 2,
      field: "rule",
      found: "share: alder, birch",
      expected: "the holders' shares add up to 1000 thousandths"
    )
    await #expect(throws: SheetError(findings: [expected])) {
      try await network.database.write { connection in
        try AgreementLot.take(
          AgreementLot.drafts(from: ByteInput(bytes(lots))),
          holders: [],
          by: Network.stamp,
          in: connection
        )
      }
    }
    #expect(
      try await network.database.read { try Agreement.find("AC-1", in: $0).lot(1).terms.rule } == .bestOffer
    )
  }

  @Test(arguments: Backend.available)
  func `a maximum below what orders hold is refused`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.approve(try await network.place(.swabs()))
    let lots = Network.lots.replacing("10000000", with: "20000")
    await #expect(throws: SheetError.self) {
      try await network.database.write { connection in
        try AgreementLot.take(
          AgreementLot.drafts(from: ByteInput(bytes(lots))),
          holders: [],
          by: Network.stamp,
          in: connection
        )
      }
    }
    #expect(try await network.ceiling(lot: 1).maximumValue == Money(cents: 10_000_000))
  }

  @Test(arguments: Backend.available)
  func `everything wrong between offers, tiers and what they name is told at once`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    let header =
      "code,supplier_code,agreement_reference,lot,sku,pack_base_units,lead_time_days,valid_from,valid_until,tier_kind,minimum_packs\n"
    let offers =
      header + """
        n1,alder,AC-1,1,GLOVE,10,1,2022-01-01,2022-12-31,all_units,1
        n2,cedar,AC-1,1,SWAB,10,1,2022-01-01,2022-12-31,all_units,1
        n3,alder,AC-1,1,SWAB,10,1,2021-06-01,2022-12-31,all_units,5

        """
    let tiers = "offer_code,from_packs,price_cents_per_pack\nn1,1,5\nn2,1,5\nn3,10,5\nn9,1,5\n"
    let expected = [
      Finding(line: 5, field: "offer_code", found: "n9", expected: "an offer of the table"),
      Finding(line: 2, field: "sku", found: "GLOVE", expected: "a known item"),
      Finding(line: 3, field: "supplier_code", found: "cedar", expected: "a holder of lot 1 of AC-1"),
      Finding(
        line: 4,
        field: "minimum_packs",
        found: "5",
        expected: "at least 10, from which the first tier has a price"
      ),
      Finding(line: 4, field: "valid_from", found: "n3", expected: "days on which alder-swab does not hold"),
    ]
    await #expect(throws: SheetError(findings: expected)) {
      try await network.database.write { connection in
        try Offer.take(
          Offer.drafts(from: ByteInput(bytes(offers))),
          tiers: Offer.tierDrafts(from: ByteInput(bytes(tiers))),
          by: Network.stamp,
          in: connection
        )
      }
    }
    #expect(try await network.database.read { try Offer.all(in: $0).count } == 4)
  }

  @Test(arguments: Backend.available)
  func `an offer that something was ordered from keeps its terms`(backend: Backend) async throws {
    let network = try await Network(backend)
    _ = try await network.place(.swabs())
    await #expect(throws: SheetError.self) {
      try await network.database.write { connection in
        try Offer.take(
          Offer.drafts(from: ByteInput(bytes(Network.offers))),
          tiers: Offer.tierDrafts(from: ByteInput(bytes(Network.tiers))),
          by: Network.stamp,
          in: connection
        )
      }
    }
  }

  /// The tables of the demonstration, which `swift test` finds in the folder that it runs in.
  @Test(
    .enabled(if: access("seeds/offers.csv", R_OK) == 0, "the seeds are not in the working folder"),
    arguments: Backend.available
  )
  func `the seeds load`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let (lots, offers) = try await database.write { connection in
      func seed(_ name: String) throws -> ByteInput { try ByteInput(path: "seeds/\(name).csv") }
      try Item.take(Item.drafts(from: seed("items")), by: Network.stamp, in: connection)
      try Supplier.take(Supplier.drafts(from: seed("suppliers")), by: Network.stamp, in: connection)
      try Agreement.take(Agreement.drafts(from: seed("agreements")), by: Network.stamp, in: connection)
      try AgreementLot.take(
        AgreementLot.drafts(from: seed("agreement_lots")),
        holders: AgreementLot.holderDrafts(from: seed("agreement_holders")),
        by: Network.stamp,
        in: connection
      )
      try Offer.take(
        Offer.drafts(from: seed("offers")),
        tiers: Offer.tierDrafts(from: seed("offer_tiers")),
        by: Network.stamp,
        in: connection
      )
      return (
        try Agreement.all(in: connection).map(\.lots.count).reduce(0, +), try Offer.all(in: connection).count
      )
    }
    #expect(lots == 8)
    #expect(offers == 19)
  }
}
