import Testing

@testable import Inventory

@Suite struct GS1ElementTests {
  @Test(arguments: [
    "]d201034531200000111719112510ABCD1234\u{1D}2110",
    "01034531200000111719112510ABCD1234\u{1D}2110",
    "\u{1D}01034531200000111719112510ABCD1234\u{1D}2110",
    "(01)03453120000011(17)191125(10)ABCD1234(21)10",
    "2110\u{1D}10ABCD1234\u{1D}171911250103453120000011",
  ])
  func `a label reads the same from a scanner and from under the bars`(text: String) throws {
    let element = try GS1Element(text)
    #expect(
      element
        == GS1Element(
          gtin: "03453120000011",
          lot: "ABCD1234",
          expiry: Day("2019-11-25"),
          serial: "10"
        )
    )
  }

  @Test func `day 00 is the last of the month, leap years included`() throws {
    #expect(try GS1Element("17240200").expiry == Day("2024-02-29"))
    #expect(try GS1Element("17250200").expiry == Day("2025-02-28"))
    #expect(try GS1Element("11251200").production == Day("2025-12-31"))
  }

  @Test func `a field of fixed length needs no separator and may have one`() throws {
    let expected = GS1Element(lot: "A1", expiry: Day("2026-03-31"))
    #expect(try GS1Element("1726033110A1") == expected)
    #expect(try GS1Element("17260331\u{1D}10A1") == expected)
  }

  @Test func `other identifiers are passed over`() throws {
    #expect(try GS1Element("30120\u{1D}10A1\u{1D}240REF-9\u{1D}17260331").lot == "A1")
    #expect(try GS1Element("7112345678\u{1D}10A1").lot == "A1")
  }

  @Test(arguments: [
    ("0103453120000012", GS1Error(found: "(01)03453120000012", expected: "a GTIN with a valid check digit")),
    ("010345312", GS1Error(found: "(01)0345312", expected: "14 digits")),
    ("17261301", GS1Error(found: "(17)261301", expected: "a date as YYMMDD")),
    ("17260230", GS1Error(found: "(17)260230", expected: "a date as YYMMDD")),
    ("10", GS1Error(found: "(10)", expected: "1 to 20 characters")),
    ("10ABCDEFGHIJKLMNOPQRSTU", GS1Error(found: "(10)ABCDEFGHIJKLMNOPQRSTU", expected: "1 to 20 characters")),
    (
      "99X", GS1Error(found: "99X", expected: "an application identifier: (01), (10), (11), (17) or (21)")
    ),
    ("]d2", GS1Error(found: "]d2", expected: "a GS1 element string")),
  ])
  func `what is no label is refused with what was expected`(text: String, error: GS1Error) {
    #expect(throws: error) { try GS1Element(text) }
  }
}
