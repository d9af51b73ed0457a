import Inventory

/// The parts of a UBL order that say who and how much.
extension OrderDocument {
  func amount(_ name: String, _ money: Money) -> XMLElement {
    XMLElement(name, attributes: [("currencyID", order.header.currency)], text: money.decimal)
  }

  /// A party by its numbers: SIRET under ICD 0009, GLN under ICD 0088. Its electronic address is the same number.
  func party(_ name: String, siret: String?, gln: String?, vat: String?, country: String) -> XMLElement {
    let number = siret.map { ("0009", $0) } ?? gln.map { ("0088", $0) }
    let id = number.map { scheme, text in XMLElement("cbc:ID", attributes: [("schemeID", scheme)], text: text)
    }
    return XMLElement(
      "cac:Party",
      [
        number.map { scheme, text in
          XMLElement("cbc:EndpointID", attributes: [("schemeID", scheme)], text: text)
        },
        id.map { XMLElement("cac:PartyIdentification", [$0]) },
        XMLElement("cac:PartyName", [XMLElement("cbc:Name", text: name)]),
        XMLElement("cac:PostalAddress", [nation(country)]),
        vat.map { vat in
          XMLElement(
            "cac:PartyTaxScheme",
            [
              XMLElement("cbc:CompanyID", text: vat),
              XMLElement("cac:TaxScheme", [XMLElement("cbc:ID", text: "VAT")]),
            ]
          )
        },
        XMLElement(
          "cac:PartyLegalEntity",
          [
            XMLElement("cbc:RegistrationName", text: name),
            siret.map { XMLElement("cbc:CompanyID", attributes: [("schemeID", "0009")], text: $0) },
          ]
        ),
      ]
    )
  }

  private func nation(_ code: String) -> XMLElement {
    XMLElement("cac:Country", [XMLElement("cbc:IdentificationCode", text: code)])
  }

  /// The centre that a line is for.
  func originator(_ code: Centre.Code) -> XMLElement {
    let centre = centre(code)
    let number =
      centre?.identifiers.siret.map { ("0009", $0) } ?? centre?.identifiers.gln.map { ("0088", $0) }
    return XMLElement(
      "cac:OriginatorParty",
      [
        number.map { scheme, text in
          XMLElement(
            "cac:PartyIdentification",
            [XMLElement("cbc:ID", attributes: [("schemeID", scheme)], text: text)]
          )
        },
        XMLElement("cac:PartyName", [XMLElement("cbc:Name", text: centre?.name ?? code.rawValue)]),
      ]
    )
  }
}
