import HTTPTypes
import Inventory
import Tabular

/// What a request says about the parameters of its operation, collected from path, query and body.
struct Fields {
  let form: RouteForm
  private(set) var values: [String: [String]]
  private(set) var mistakes: [Problem.Mistake] = []

  init(_ form: RouteForm) {
    self.form = form
    values = form.route.fixed
  }

  /// Takes a value under the name that HTTP knows it by; `pointer` says where in a body it stood.
  mutating func take(_ key: String, _ texts: [String], pointer: String? = nil) {
    guard let parameter = form.parameter(key) else {
      return wrong(key, texts.first ?? "", "a parameter of this request", pointer)
    }
    guard values[parameter.name] == nil else {
      return wrong(key, texts.first ?? "", "each parameter once", pointer)
    }
    guard parameter.isRepeating || texts.count == 1 else {
      return wrong(key, texts.joined(separator: ", "), "one value", pointer)
    }
    // Nothing of what may be left out is left out; what is needed is missing then.
    if texts.isEmpty {
      if !parameter.isOptional { wrong(key, "an empty list", "at least one", pointer) }
      return
    }
    for text in texts {
      if let expected = parameter.value.expectation(of: text) { return wrong(key, text, expected, pointer) }
    }
    if parameter.kind == .flag {
      if texts == ["true"] { values[parameter.name] = [] }
    } else {
      values[parameter.name] = texts
    }
  }

  mutating func wrong(_ field: String, _ found: String, _ expected: String, _ pointer: String? = nil) {
    mistakes.append(.init(pointer: pointer, field: field, found: found, expected: expected))
  }

  /// Fixes a value that the request left open.
  mutating func fill(_ name: String, _ text: String) { values[name] = [text] }

  /// All values; refused where one is wrong or missing.
  func finished(tables given: Set<String>, origin: RequestOrigin? = nil) throws(Problem) -> [String: [String]]
  {
    var mistakes = mistakes
    for parameter in form.offered where !parameter.isOptional {
      if values[parameter.name] != nil || given.contains(parameter.name) { continue }
      let isTable = form.tables.contains { $0.name == parameter.name }
      let key = isTable ? RouteForm.tableKey(parameter) : parameter.key
      if mistakes.contains(where: { $0.field == key }) { continue }
      let expected = isTable ? Self.table : parameter.expectation
      mistakes.append(.init(pointer: origin?.pointer(to: key), field: key, found: "", expected: expected))
    }
    guard mistakes.isEmpty else {
      throw Problem(
        .badRequest,
        "request.parameters",
        "the request's parameters are not right",
        errors: mistakes
      )
    }
    return values
  }

  private static let table = "a table: as text/csv, as application/x-ndjson, or as a member of a JSON object"
}
