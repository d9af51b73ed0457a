import Foundation
import HTTPTypes
import Inventory
import Tabular

/// A request whose route is known, before it is read.
struct Incoming: Sendable {
  var shape: RouteForm
  var pathValues: [String: String]
  var query: [(name: String, value: String)]
  var contentType: String?
  var accept: String?
  var body: [UInt8]
  /// `Content-Disposition`: a file may say its name (RFC 6266), by which the answer calls it.
  var disposition: String?
}

extension Incoming {
  var route: Route { shape.route }
  var signature: Signature { shape.signature }

  /// Whether a page of what is kept in memory answers it: a file of the whole list takes its time.
  var isQuick: Bool { route.isQuick && (try? form()) == .json }
}

/// A request that was read: what the operation gets.
struct Understood: Sendable {
  var values: [String: [String]]
  var files: [String: [UInt8]]
  var form: Call.Form
  var page: Page?
  /// Nil where it came by no request of HTTP, as from a page's form.
  var origin: RequestOrigin?
}

extension Incoming {
  /// The rows of a list that are given without being asked for a number.
  static let standardLimit = 100
  static let greatestLimit = 1_000

  /// Reads path, query and body into what the operation takes.
  func understood(for principal: Principal) throws(Problem) -> Understood {
    var fields = Fields(shape)
    let form = try form()
    let page = try takeQuery(into: &fields, form)
    var files: [String: [UInt8]] = [:]
    var origin = RequestOrigin(elsewhere: Set(query.map(\.name)).union(pathValues.keys))
    // What has no body could have had an object.
    if body.isEmpty, !route.takesQueryOnly, contentType == nil { origin.members = [] }
    if !body.isEmpty { try takeBody(into: &fields, files: &files, &origin) }
    for (key, value) in pathValues { fields.take(key, [value]) }
    try Scope.check(&fields, of: principal)
    let tables = Set(files.keys).union(files.isEmpty ? [] : ["file"])
    var values = try fields.finished(tables: tables, origin: origin)
    for (name, bytes) in files where name != Call.jsonFile {
      let path = name == "file" ? fileName : name
      values[name] = [path]
      files[path] = bytes
    }
    if files[Call.jsonFile] != nil { values["file"] = [Call.jsonFile] }
    return Understood(values: values, files: files, form: form, page: page, origin: origin)
  }

  /// What the body is called: a name, never a path that anything is read from.
  private var fileName: String {
    let given = disposition?.components(separatedBy: "filename*=UTF-8''").dropFirst().first
    let name = given?.removingPercentEncoding ?? ""
    return (1...255).contains(name.utf8.count) && name != Call.jsonFile ? name : Call.file
  }

  /// The first form that the caller takes and the route has; JSON where nothing was said.
  private func form() throws(Problem) -> Call.Form {
    if case .document = route.content { return .json }
    if let asked = try askedForm() { return asked }
    guard let accept else { return .json }
    for type in AcceptedTypes.preferred(in: accept) {
      switch type {
      case "application/json", "application/*", "*/*", "application/problem+json": return .json
      case "text/csv" where route.content == .values: return .csv
      case Workbook.mediaType where route.hasForms: return .xlsx
      case JSONLines.mediaType, "application/ndjson",
        "application/jsonl" where route.content == .values:
        return .ndjson
      case "text/plain", "text/*": return .table
      default: continue
      }
    }
    throw Problem(
      .notAcceptable,
      "request.accept",
      "answers are application/json, application/x-ndjson, text/csv, text/plain or, of a list, a workbook"
    )
  }

  /// The form that the query names, for whoever follows a link and sets no header.
  fileprivate func askedForm() throws(Problem) -> Call.Form? {
    guard route.hasForms else { return nil }
    let asked = query.filter { $0.name == Self.formName }.map(\.value)
    guard let first = asked.first else { return nil }
    guard asked.count == 1, let form = Call.Form(rawValue: first) else {
      let mistake = Problem.Mistake(
        field: Self.formName,
        found: asked.joined(separator: ", "),
        expected: "one of " + Call.Form.allCases.map(\.rawValue).joined(separator: ", ")
      )
      throw Problem(.badRequest, "request.parameters", "there is no such form", errors: [mistake])
    }
    return form
  }

  static let formName = "format"

  private func takeQuery(into fields: inout Fields, _ form: Call.Form) throws(Problem) -> Page? {
    let isList = route.method == .get && route.content == .values
    var limit: Int?
    var cursor: Cursor?
    var repeated: [String: [String]] = [:]
    var names: [String] = []
    for (name, value) in query {
      if isList && name == "limit" {
        guard let number = Int(value), (1...Self.greatestLimit).contains(number), limit == nil else {
          fields.wrong("limit", value, "a whole number from 1 to \(Self.greatestLimit), once")
          continue
        }
        limit = number
      } else if isList && name == "after" && !signature.parameters.contains(where: { $0.name == "after" }) {
        cursor = Cursor(value)
        if cursor == nil { fields.wrong("after", value, "a cursor from the link to the next page") }
      } else if name != Self.formName || !route.hasForms {
        if repeated[name] == nil { names.append(name) }
        repeated[name, default: []].append(value)
      }
    }
    for name in names { fields.take(name, repeated[name] ?? []) }
    // A file for a spreadsheet is whole unless a part was asked for.
    guard isList, form == .json || limit != nil || cursor != nil else { return nil }
    return Page(limit: limit ?? Self.standardLimit, after: cursor)
  }

  /// Takes the body, and says what stood where in it.
  private func takeBody(
    into fields: inout Fields,
    files: inout [String: [UInt8]],
    _ origin: inout RequestOrigin
  ) throws(Problem) {
    let type = try mediaType()
    guard route.method != .get, route.method != .delete else {
      throw Problem(.badRequest, "request.body", "this request takes no body")
    }
    switch (route.body, type) {
    case (.report, "application/json"):
      let report = try BodyFields.parsed(body)
      files[Call.jsonFile] = body
      origin.rows = RowOrigin(ofReport: report)
    case (_, "application/json"):
      let members = try BodyFields(body, into: &fields)
      files.merge(members.tables) { first, _ in first }
      origin.members = members.names
      origin.rows = members.rows.map { .member($0) }
    case (.table, "text/csv"), (.report, "text/csv"):
      files["file"] = body
    case (.table, "application/x-ndjson"), (.report, "application/x-ndjson"):
      let (bytes, lines) = try RowsAsTable.bytes(ofLines: body)
      files["file"] = bytes
      origin.rows = .lines(lines)
    default:
      let types =
        route.body == .fields ? "application/json" : "application/json, text/csv or application/x-ndjson"
      throw Problem(.unsupportedMediaType, "request.media-type", "the body of this request is \(types)")
    }
  }
  /// What the body is, without its parameters. Text is read as UTF-8, of which US-ASCII is a part.
  private func mediaType() throws(Problem) -> String {
    let parts = (contentType ?? "").split(separator: ";").map {
      $0.lowercased().filter { $0 != " " && $0 != "\t" }
    }
    for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
      let name = parameter.dropFirst(8).filter { $0 != "\"" }
      guard ["utf-8", "utf8", "us-ascii"].contains(name) else {
        throw Problem(.unsupportedMediaType, "request.media-type", "a body is UTF-8, not \(name.prefix(40))")
      }
    }
    return parts.first ?? ""
  }
}

extension Incoming {
  /// Whether the caller takes an answer of a type that cannot be chosen any more.
  func takes(_ type: String) throws(Problem) -> Bool {
    let essence = type.prefix { $0 != ";" }
    if let asked = try askedForm() { return asked.mediaType.prefix { $0 != ";" } == essence }
    guard let accept else { return true }
    return AcceptedTypes.preferred(in: accept).contains { range in
      range == essence || range == "*/*" || (range.hasSuffix("/*") && essence.hasPrefix(range.dropLast()))
    }
  }
}
