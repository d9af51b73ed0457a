import HTTPTypes
import Inventory

extension RequestTarget {
  subscript(name: String) -> String? { query.first { $0.name == name }?.value }

  /// The day that the address names, as `/stock?day=2020-10-12`; nil for none.
  ///
  /// - Throws: `Problem` 400 for one that is no day.
  var day: Day? {
    get throws(Problem) {
      guard let text = self["day"] else { return nil }
      guard let day = Day(text) else {
        let mistake = Problem.Mistake(field: "day", found: text, expected: "a day as YYYY-MM-DD")
        throw Problem(.badRequest, "request.parameters", "the address names no day", errors: [mistake])
      }
      return day
    }
  }

  /// The same address without its day: what a form comes back to.
  var withoutDay: String {
    WebPath(segments: segments, query: query.filter { $0.name != "day" }.map { ($0.name, $0.value) })
      .description
  }
}
