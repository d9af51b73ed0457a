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
  func finished(tables given: Set<String>) throws(Problem) -> [String: [String]] {
    var mistakes = mistakes
    for parameter in form.offered where !parameter.isOptional {
      let isThere = values[parameter.name] != nil || given.contains(parameter.name)
      if !isThere {
        let isTable = form.tables.contains { $0.name == parameter.name }
        let key = isTable ? RouteForm.tableKey(parameter) : parameter.key
        if mistakes.contains(where: { $0.field == key }) { continue }
        mistakes.append(.init(field: key, found: "", expected: parameter.meaning))
      }
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
}
