import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct UBLTests {
  @Test(arguments: Backend.available)
  func `an order is written as Peppol expects it, every element in its place`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs(berard: 13, curie: 7))
    let ubl = try await network.database.read { try OrderDocument.read(number, in: $0) }.ubl()
    #expect(ubl == Self.expected)
  }

  @Test func `markup is escaped and what XML forbids is left out`() {
    #expect("a<b & \"c\">\u{1}\u{FFFF}\nd".escapedForXML == "a&lt;b &amp; &quot;c&quot;&gt;\nd")
  }

  @Test(arguments: Backend.available)
  func `a cost that no pack price makes is a price for all the packs`(backend: Backend) async throws {
    let network = try await Network(backend)
    // 30 packs at birch: 20 × 6.00 and 10 × 4.50, 165.00; a third of it is 55.00 for 10 packs.
    let number = try await network.place(
      OrderRequest(
        key: "b",
        supplier: "birch",
        agreement: "AC-1",
        lot: 1,
        reason: "test",
        lines: [
          .init(item: "SWAB", shares: [.init(centre: "berard", packs: 23), .init(centre: "curie", packs: 7)])
        ]
      )
    )
    let document = try await network.database.read { try OrderDocument.read(number, in: $0) }
    #expect(document.order.lines[0].shares.map(\.cost.cents) == [12_650, 3_850])
    #expect(throws: OrderError.sellerUnknown("birch")) { try document.ubl() }
    var reachable = document
    reachable.supplier.gln = "2900001000017"
    reachable.order.lines[0].shares[0].cost = Money(cents: 12_651)
    let ubl = try reachable.ubl()
    #expect(ubl.contains(#"<cbc:PriceAmount currencyID="EUR">126.51</cbc:PriceAmount>"#))
    #expect(ubl.contains(#"<cbc:BaseQuantity unitCode="XPK">23</cbc:BaseQuantity>"#))
    #expect(ubl.contains(#"<cbc:PriceAmount currencyID="EUR">5.50</cbc:PriceAmount>"#))
  }

  @Test(arguments: Backend.available)
  func `the page and the table say the same amounts`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.place(.swabs(berard: 13, curie: 7))
    let document = try await network.database.read { try OrderDocument.read(number, in: $0) }
    #expect(
      document.table.csv() == """
        order,line,sku,name,supplier_reference,gtin,centre,packs,pack_units,units,cost,currency,received_units
        CA-2020-00001,1,SWAB,SWAB,,,berard,13,100,1300,117.00,EUR,0
        CA-2020-00001,1,SWAB,SWAB,,,curie,7,100,700,63.00,EUR,0

        """
    )
    #expect(
      document.page == """
        Order     CA-2020-00001   draft
        Date      2020-05-18
        Expected  2020-05-25
        Buyer     Network of centres
        Supplier  Alder & Sons <Ltd>, SIRET 73282932000074
        Under     AC-1 lot 1, Swabs
        Payment   30 days

        Line  Article  Name  Packs   of  Units  Amount
        ────  ───────  ────  ─────  ───  ─────  ──────
           1  SWAB     SWAB     20  100  2,000  180.00

        Goods                                 180.00 EUR
        Freight                                45.00 EUR
        Total without VAT                     225.00 EUR

        Deliver to  City  Line  Article  Packs  Received
        ──────────  ────  ────  ───────  ─────  ────────
        berard      City     1  SWAB        13         0
        curie       City     1  SWAB         7         0

        """
    )
  }

  static let expected = """
    <?xml version="1.0" encoding="UTF-8"?>
    <Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" \
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
      <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:order_only:3</cbc:ProfileID>
      <cbc:ID>CA-2020-00001</cbc:ID>
      <cbc:IssueDate>2020-05-18</cbc:IssueDate>
      <cbc:OrderTypeCode>220</cbc:OrderTypeCode>
      <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
      <cac:ValidityPeriod>
        <cbc:EndDate>2021-12-31</cbc:EndDate>
      </cac:ValidityPeriod>
      <cac:Contract>
        <cbc:ID>AC-1 lot 1</cbc:ID>
      </cac:Contract>
      <cac:BuyerCustomerParty>
        <cac:Party>
          <cbc:EndpointID schemeID="0009">73282932000074</cbc:EndpointID>
          <cac:PartyIdentification>
            <cbc:ID schemeID="0009">73282932000074</cbc:ID>
          </cac:PartyIdentification>
          <cac:PartyName>
            <cbc:Name>Network of centres</cbc:Name>
          </cac:PartyName>
          <cac:PostalAddress>
            <cac:Country>
              <cbc:IdentificationCode>FR</cbc:IdentificationCode>
            </cac:Country>
          </cac:PostalAddress>
          <cac:PartyLegalEntity>
            <cbc:RegistrationName>Network of centres</cbc:RegistrationName>
            <cbc:CompanyID schemeID="0009">73282932000074</cbc:CompanyID>
          </cac:PartyLegalEntity>
        </cac:Party>
      </cac:BuyerCustomerParty>
      <cac:SellerSupplierParty>
        <cac:Party>
          <cbc:EndpointID schemeID="0009">73282932000074</cbc:EndpointID>
          <cac:PartyIdentification>
            <cbc:ID schemeID="0009">73282932000074</cbc:ID>
          </cac:PartyIdentification>
          <cac:PartyName>
            <cbc:Name>Alder &amp; Sons &lt;Ltd&gt;</cbc:Name>
          </cac:PartyName>
          <cac:PostalAddress>
            <cac:Country>
              <cbc:IdentificationCode>FR</cbc:IdentificationCode>
            </cac:Country>
          </cac:PostalAddress>
          <cac:PartyLegalEntity>
            <cbc:RegistrationName>Alder &amp; Sons &lt;Ltd&gt;</cbc:RegistrationName>
            <cbc:CompanyID schemeID="0009">73282932000074</cbc:CompanyID>
          </cac:PartyLegalEntity>
        </cac:Party>
      </cac:SellerSupplierParty>
      <cac:Delivery>
        <cac:RequestedDeliveryPeriod>
          <cbc:EndDate>2020-05-25</cbc:EndDate>
        </cac:RequestedDeliveryPeriod>
      </cac:Delivery>
      <cac:PaymentTerms>
        <cbc:Note>30 days</cbc:Note>
      </cac:PaymentTerms>
      <cac:AllowanceCharge>
        <cbc:ChargeIndicator>true</cbc:ChargeIndicator>
        <cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>
        <cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason>
        <cbc:Amount currencyID="EUR">45.00</cbc:Amount>
      </cac:AllowanceCharge>
      <cac:AnticipatedMonetaryTotal>
        <cbc:LineExtensionAmount currencyID="EUR">180.00</cbc:LineExtensionAmount>
        <cbc:TaxExclusiveAmount currencyID="EUR">225.00</cbc:TaxExclusiveAmount>
        <cbc:ChargeTotalAmount currencyID="EUR">45.00</cbc:ChargeTotalAmount>
        <cbc:PayableAmount currencyID="EUR">225.00</cbc:PayableAmount>
      </cac:AnticipatedMonetaryTotal>
    \(line(1, packs: 13, cost: "117.00", centre: "berard"))
    \(line(2, packs: 7, cost: "63.00", centre: "curie"))
    </Order>

    """

  private static func line(_ number: Int, packs: Int, cost: String, centre: String) -> String {
    """
      <cac:OrderLine>
        <cac:LineItem>
          <cbc:ID>1.\(number)</cbc:ID>
          <cbc:Quantity unitCode="XPK">\(packs)</cbc:Quantity>
          <cbc:LineExtensionAmount currencyID="EUR">\(cost)</cbc:LineExtensionAmount>
          <cac:OriginatorParty>
            <cac:PartyName>
              <cbc:Name>\(centre)</cbc:Name>
            </cac:PartyName>
          </cac:OriginatorParty>
          <cac:Price>
            <cbc:PriceAmount currencyID="EUR">9.00</cbc:PriceAmount>
            <cbc:BaseQuantity unitCode="XPK">1</cbc:BaseQuantity>
          </cac:Price>
          <cac:Item>
            <cbc:Description>Pack of 100</cbc:Description>
            <cbc:Name>SWAB</cbc:Name>
            <cac:BuyersItemIdentification>
              <cbc:ID>SWAB</cbc:ID>
            </cac:BuyersItemIdentification>
          </cac:Item>
        </cac:LineItem>
      </cac:OrderLine>
    """
  }
}
