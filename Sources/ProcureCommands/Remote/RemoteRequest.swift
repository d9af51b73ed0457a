import Foundation
import ProcurementAPI
import Tabular

/// The request to a server that says what a command line says.
struct RemoteRequest {
  var method: String
  var path: String
  var accept: String
  var contentType: String?
  var body: [UInt8] = []
  /// The name of the file that the body was read from.
  private(set) var fileName: String?
  /// Whether the answer is only what a person is told.
  private(set) var answersInWords = false
  /// Whether the work is better left to the server, and asked after.
  private(set) var isLeft = false
  /// Whether only so many rows are wanted as one page holds.
  private(set) var isLimited = false

  init(_ signature: Signature, _ values: [String: [String]], format: OutputFormat) throws {
    var values = values.filter { !["database", "server", "as", "format"].contains($0.key) }
    let routes = RouteTable.all.routes.filter { $0.words == signature.words }
    guard let route = routes.first(where: { $0.isSaid(by: values) }) else {
      throw RemoteRefusal.local(signature.words.joined(separator: " "))
    }
    if let withheld = route.withheld.sorted().first(where: { values[$0] != nil }) {
      throw RemoteRefusal.withheld(withheld)
    }
    for name in route.fixed.keys { values[name] = nil }
    // What a shell leaves out without a word, a server would page through.
    let limit = signature.parameters.first { $0.name == "limit" }?.standard
    if route.isList, let limit {
      values["limit"] = values["limit"] ?? [limit]
      isLimited = true
    }
    method = route.verb
    answersInWords = route.content == .notes
    isLeft = route.isLong
    accept = format.mediaType
    let keys = Dictionary(uniqueKeysWithValues: signature.parameters.map { ($0.key, $0.name) })
    path = route.segments.map { segment in
      guard segment.first == "{", let name = keys[String(segment.dropFirst().dropLast())] else {
        return String(segment)
      }
      defer { values[name] = nil }
      return Self.encoded(values[name]?.first ?? "")
    }.reduce("") { $0 + "/" + $1 }
    try say(values, route, signature)
  }

  /// Puts what is left into the query or the body.
  private mutating func say(_ values: [String: [String]], _ route: Route, _ signature: Signature) throws {
    var values = values
    let tables = route.tables(of: signature).filter { values[$0.name] != nil }
    if route.body != .fields, tables.count == 1, let table = tables.first,
      let file = values[table.name]?.first
    {
      values[table.name] = nil
      fileName = file
      (body, contentType) = (
        try Self.contents(of: file), file.hasSuffix(".json") ? "application/json" : "text/csv"
      )
      return addQuery(values, signature)
    }
    guard !route.takesQueryOnly else { return addQuery(values, signature) }
    var members: [String: String] = [:]
    for parameter in signature.parameters {
      guard let texts = values[parameter.name] else { continue }
      if tables.contains(parameter), let file = texts.first {
        if parameter.name == "file" { fileName = file }
        let contents = String(decoding: try Self.contents(of: file), as: UTF8.self)
        members[parameter.name == "file" ? "rows" : parameter.key] = try Self.quoted(contents)
      } else if parameter.kind == .flag {
        members[parameter.key] = "true"
      } else {
        let values = try texts.map { try Self.json($0, of: parameter.value) }
        members[parameter.key] =
          parameter.isRepeating ? "[\(values.joined(separator: ","))]" : values.first ?? "null"
      }
    }
    let pairs = try members.sorted { $0.key < $1.key }.map { "\(try Self.quoted($0.key)):\($0.value)" }
    body = Array("{\(pairs.joined(separator: ","))}".utf8)
    contentType = "application/json"
  }

  /// A value as the service describes it: a number with its digits as they were written.
  private static func json(_ text: String, of kind: ValueKind) throws -> String {
    switch kind {
    case .integer, .number:
      guard case .number(let digits)? = try? JSONText.parse(text).value else { return try quoted(text) }
      return digits
    case .boolean: return text
    case .day, .code, .text, .choice: return try quoted(text)
    }
  }

  private static func quoted(_ text: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(text), as: UTF8.self)
  }

  private mutating func addQuery(_ values: [String: [String]], _ signature: Signature) {
    var pairs: [String] = []
    for parameter in signature.parameters {
      guard let texts = values[parameter.name] else { continue }
      let shown = parameter.kind == .flag ? ["true"] : texts
      pairs += shown.map { "\(parameter.key)=\(Self.encoded($0))" }
    }
    if !pairs.isEmpty { path += "?" + pairs.joined(separator: "&") }
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "!"..."~"))
    )
      ?? ""
  }

  private static func contents(of file: String) throws -> [UInt8] {
    if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CSVError.unreadable("cannot read \(file): \(String(cString: strerror(errno)))")
    }
    return Array(data)
  }
}

extension Route {
  /// Whether the route is the one for these values: what it fixes is said, and what its path needs.
  fileprivate func isSaid(by values: [String: [String]]) -> Bool {
    let keys = Set(
      values.keys.map { name in
        let words = name.split(separator: "-")
        return words.dropFirst().reduce(String(words.first ?? "")) {
          $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
      }
    )
    let isFixed = fixed.allSatisfy {
      values[$0.key] == $0.value || (values[$0.key] == nil && $0.value == ["page"])
    }
    return isFixed && keys.isSuperset(of: pathKeys)
  }
}

extension OutputFormat {
  fileprivate var mediaType: String {
    switch self {
    case .table: "text/plain"
    case .json: "application/json"
    case .csv: "text/csv"
    case .xlsx: Workbook.mediaType
    }
  }
}
