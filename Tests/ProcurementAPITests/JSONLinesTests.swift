import Testing

@testable import ProcurementAPI

@Suite struct JSONLinesTests {
  @Test(arguments: [
    (
      "[\n  {\n    \"a\" : 1,\n    \"b\" : [ 1, 2 ]\n  },\n  {\n    \"a\" : 2\n  }\n]\n",
      "{\"a\":1,\"b\":[1,2]}\n{\"a\":2}\n"
    ),
    ("[\n\n]\n", ""),
    ("{ \"a\" : [ ] }", "{\"a\":[]}\n"),
    (#"[ "a, b", "[ \" ]", "c\\" ]"#, "\"a, b\"\n\"[ \\\" ]\"\n\"c\\\\\"\n"),
    ("[ 12345678901234567890.10, null ]", "12345678901234567890.10\nnull\n"),
  ])
  func `each element is a line with the same values`(json: String, lines: String) {
    #expect(JSONLines.text(of: json) == lines)
  }
}
