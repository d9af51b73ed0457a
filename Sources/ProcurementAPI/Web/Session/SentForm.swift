import Foundation
import HTTPTypes

/// A form as it was sent: `application/x-www-form-urlencoded`, or `multipart/form-data` (RFC 7578) with files.
struct SentForm: Sendable {
  /// Names and values, in the order in which they were sent.
  private(set) var fields: [(name: String, value: String)] = []
  /// Files by the name of their field; those that were left empty are not there.
  private(set) var files: [String: [UInt8]] = [:]

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// - Throws: `Problem` 415 for another type, 400 for what cannot be read.
  init(_ body: [UInt8], type: String?) throws(Problem) {
    let parts = (type ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    switch parts.first?.lowercased() {
    case "application/x-www-form-urlencoded": try takePairs(body)
    case "multipart/form-data":
      let boundary = parts.first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst(9)
      guard let boundary, (1...70).contains(boundary.count) else { throw Self.unreadable }
      try takeParts(body, boundary: boundary.filter { $0 != "\"" })
    default: throw Problem(.unsupportedMediaType, "request.media-type", "this takes a form")
    }
  }

  private static var unreadable: Problem { Problem(.badRequest, "request.form", "the form cannot be read") }

  private mutating func takePairs(_ body: [UInt8]) throws(Problem) {
    for pair in body.split(separator: 0x26) {
      let halves = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      fields.append((try Self.decoded(halves[0]), halves.count == 2 ? try Self.decoded(halves[1]) : ""))
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Problem) -> String {
    let text = String(decoding: bytes.map { $0 == 0x2B ? 0x20 : $0 }, as: UTF8.self)
    guard let decoded = text.removingPercentEncoding else { throw unreadable }
    return decoded
  }

  /// Each part lies between two lines of the boundary, its headers before an empty line.
  private mutating func takeParts(_ body: [UInt8], boundary: String) throws(Problem) {
    let bytes = Data(body)
    let mark = Data("--\(boundary)".utf8)
    guard var start = bytes.range(of: mark)?.upperBound else { throw Self.unreadable }
    while let end = bytes.range(of: mark, in: start..<bytes.endIndex)?.lowerBound {
      let part = bytes[start..<end]
      guard let gap = part.range(of: Data("\r\n\r\n".utf8)), part.suffix(2) == Data("\r\n".utf8),
        gap.upperBound <= part.endIndex - 2
      else { throw Self.unreadable }
      let content = part[gap.upperBound..<(part.endIndex - 2)]
      try take(content, headers: String(decoding: part[..<gap.lowerBound], as: UTF8.self))
      start = end + mark.count
    }
  }

  private mutating func take(_ content: Data, headers: String) throws(Problem) {
    let disposition = headers.components(separatedBy: "\r\n").first {
      $0.lowercased().hasPrefix("content-disposition:")
    }
    guard let disposition, let name = Self.parameter("name", of: disposition) else { throw Self.unreadable }
    if Self.parameter("filename", of: disposition) == nil {
      fields.append((name, String(decoding: content, as: UTF8.self)))
    } else if !content.isEmpty {
      files[name] = Array(content)
    }
  }

  private static func parameter(_ name: String, of header: String) -> String? {
    header.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      .first { $0.hasPrefix("\(name)=\"") && $0.hasSuffix("\"") }
      .map { String($0.dropFirst(name.count + 2).dropLast()) }
  }
}
