import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Tabular

/// An answer as it goes out.
struct Written {
  var status: HTTPResponse.Status
  var body: String
  /// The body where it is no text.
  private(set) var bytes: [UInt8]?
  var headers: HTTPFields
  /// What a person would be told beside it.
  private(set) var notes: [String] = []

  init(status: HTTPResponse.Status, type: String, body: String) {
    self.status = status
    self.body = body
    headers = [.contentType: type]
  }

  init(_ answer: Answer, _ route: Route, _ form: Call.Form) {
    switch route.content {
    case .document(let type): self.init(status: route.success, type: Self.charset(type), body: answer.body)
    case .notes where form == .table:
      let text = answer.notes.map { $0 + "\n" }.joined()
      self.init(status: route.success, type: "text/plain; charset=utf-8", body: text)
    case .notes:
      let body = (try? AnswerJSON.text(["notes": answer.notes])) ?? ""
      self.init(status: route.success, type: "application/json", body: body)
    case .values:
      let body = form == .ndjson ? JSONLines.text(of: answer.body) : answer.body
      self.init(status: route.success, type: form.mediaType, body: body)
      bytes = answer.bytes
    }
    if let own = answer.status { status = .init(code: own) }
    if let own = answer.type { headers[.contentType] = own }
    notes = answer.notes
    let told = notes.compactMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
    if !told.isEmpty { headers[.notes] = told.joined(separator: ", ") }
  }

  private static func charset(_ type: String) -> String {
    type.hasPrefix("text/") ? type + "; charset=utf-8" : type
  }

  var response: Response {
    let buffer = bytes.map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: body)
    return Response(status: status, headers: headers, body: .init(byteBuffer: buffer))
  }

  /// The mark of the answer as it is.
  func tag(version: String?) -> EntityTag {
    bytes.map { EntityTag(bytes: $0, version: version) } ?? EntityTag(bytes: body.utf8, version: version)
  }
}

extension Call.Form {
  var mediaType: String {
    switch self {
    case .json: "application/json"
    case .csv: "text/csv; charset=utf-8"
    case .table: "text/plain; charset=utf-8"
    case .xlsx: Workbook.mediaType
    case .ndjson: JSONLines.mediaType
    }
  }
}

extension Problem {
  func response(for exchange: Exchange) -> Response {
    let body = (try? json(request: exchange.identifier)) ?? ""
    var headers = headers
    headers[.contentType] = "application/problem+json"
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: body)))
  }
}
