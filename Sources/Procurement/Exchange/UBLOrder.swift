import Inventory

extension OrderDocument {
  /// The order as UBL 2.1, by Peppol BIS Ordering 3 (transaction T01, profile "order only").
  ///
  /// Each share is a line of its own, with the centre as originator, so that the supplier knows what goes where: line 1
  /// for two centres is 1.1 and 1.2. The quantity is in packages (Rec 21 code XPK). Where a share's cost is no whole
  /// number of cents for a pack, the price stands for all its packs (`BaseQuantity`), which keeps every amount exact.
  /// Amounts are without VAT.
  /// Source: docs.peppol.eu/poacc/upgrade-3, syntax and rules of T01.
  /// - Throws: `OrderError.buyerUnknown` where the agreement does not say who buys, `sellerUnknown` where the supplier
  ///   has no number to be reached by.
  package func ubl() throws(OrderError) -> String {
    guard let buyer = agreement.buyerName, let siret = agreement.buyerSIRET else {
      throw .buyerUnknown(agreement.reference)
    }
    guard supplier.siret != nil || supplier.gln != nil else { throw .sellerUnknown(supplier.code) }
    let header = order.header
    let root = XMLElement(
      "Order",
      attributes: Self.namespaces,
      [
        XMLElement("cbc:CustomizationID", text: "urn:fdc:peppol.eu:poacc:trns:order:3"),
        XMLElement("cbc:ProfileID", text: "urn:fdc:peppol.eu:poacc:bis:order_only:3"),
        XMLElement("cbc:ID", text: header.number.rawValue),
        XMLElement("cbc:IssueDate", text: "\(header.orderedOn)"),
        // 220 in UNCL 1001: order.
        XMLElement("cbc:OrderTypeCode", text: "220"),
        XMLElement("cbc:DocumentCurrencyCode", text: header.currency),
        XMLElement("cac:ValidityPeriod", [XMLElement("cbc:EndDate", text: "\(agreement.ends)")]),
        XMLElement("cac:Contract", [XMLElement("cbc:ID", text: contract)]),
        XMLElement("cac:BuyerCustomerParty", [party(buyer, siret: siret, gln: nil, vat: nil, country: "FR")]),
        XMLElement(
          "cac:SellerSupplierParty",
          [
            party(
              supplier.name,
              siret: supplier.siret,
              gln: supplier.gln,
              vat: supplier.vat,
              country: supplier.country
            )
          ]
        ),
        delivery,
        XMLElement("cac:PaymentTerms", [XMLElement("cbc:Note", text: "\(agreement.paymentDays) days")]),
        freight,
        totals,
      ] + order.lines.flatMap(lines)
    )
    return root.document
  }

  private static let namespaces = [
    (name: "xmlns", value: "urn:oasis:names:specification:ubl:schema:xsd:Order-2"),
    (
      name: "xmlns:cac",
      value: "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    ),
    (name: "xmlns:cbc", value: "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
  ]

  private var contract: String { "\(order.header.agreement) lot \(order.header.lot)" }

  private var delivery: XMLElement? {
    order.header.expectedOn.map { day in
      XMLElement(
        "cac:Delivery",
        [XMLElement("cac:RequestedDeliveryPeriod", [XMLElement("cbc:EndDate", text: "\(day)")])]
      )
    }
  }

  private var freight: XMLElement? {
    guard order.header.freight > .zero else { return nil }
    return XMLElement(
      "cac:AllowanceCharge",
      [
        XMLElement("cbc:ChargeIndicator", text: "true"),
        // FC in UNCL 7161: freight service.
        XMLElement("cbc:AllowanceChargeReasonCode", text: "FC"),
        XMLElement("cbc:AllowanceChargeReason", text: "Freight"),
        amount("cbc:Amount", order.header.freight),
      ]
    )
  }

  private var totals: XMLElement {
    XMLElement(
      "cac:AnticipatedMonetaryTotal",
      [
        amount("cbc:LineExtensionAmount", order.header.goods),
        amount("cbc:TaxExclusiveAmount", order.header.total),
        order.header.freight > .zero ? amount("cbc:ChargeTotalAmount", order.header.freight) : nil,
        amount("cbc:PayableAmount", order.header.total),
      ]
    )
  }

  private func lines(of line: OrderLine) -> [XMLElement] {
    zip(1..., line.shares.filter { $0.packs > 0 }).map { number, share in
      let (price, base) = Self.price(of: share)
      return XMLElement(
        "cac:OrderLine",
        [
          XMLElement(
            "cac:LineItem",
            [
              XMLElement("cbc:ID", text: "\(line.number).\(number)"),
              XMLElement("cbc:Quantity", attributes: [("unitCode", "XPK")], text: "\(share.packs)"),
              amount("cbc:LineExtensionAmount", share.cost), originator(share.centre),
              XMLElement(
                "cac:Price",
                [
                  amount("cbc:PriceAmount", price),
                  XMLElement("cbc:BaseQuantity", attributes: [("unitCode", "XPK")], text: "\(base)"),
                ]
              ), item(line),
            ]
          )
        ]
      )
    }
  }

  /// A price and the packs that it is for.
  private static func price(of share: OrderShare) -> (Money, Int64) {
    let (price, rest) = share.cost.cents.quotientAndRemainder(dividingBy: share.packs)
    return rest == 0 ? (Money(cents: price), 1) : (share.cost, share.packs)
  }

  private func item(_ line: OrderLine) -> XMLElement {
    let article = article(line.item)
    return XMLElement(
      "cac:Item",
      [
        XMLElement("cbc:Description", text: "Pack of \(line.packUnits.units)"),
        XMLElement("cbc:Name", text: article?.name ?? line.item.rawValue),
        XMLElement("cac:BuyersItemIdentification", [XMLElement("cbc:ID", text: line.item.rawValue)]),
        article?.supplierReference.map {
          XMLElement("cac:SellersItemIdentification", [XMLElement("cbc:ID", text: $0)])
        },
        article?.gtin.map {
          XMLElement(
            "cac:StandardItemIdentification",
            [XMLElement("cbc:ID", attributes: [("schemeID", "0160")], text: $0)]
          )
        },
      ]
    )
  }
}
