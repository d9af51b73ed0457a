import Foundation

/// The last row that a reader has seen, by its key: rows that come in before it do not move what follows.
package struct Cursor: Sendable, Equatable {
  /// The cells that identify the row.
  package var key: [String]

  package init(key: [String]) { self.key = key }

  /// Opaque text for a link: the key as JSON in base64 for URLs.
  package var text: String {
    let json = (try? JSONEncoder().encode(key)) ?? Data()
    return json.base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  package init?(_ text: String) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    guard let json = Data(base64Encoded: padded),
      let key = try? JSONDecoder().decode([String].self, from: json),
      !key.isEmpty
    else { return nil }
    self.key = key
  }
}

/// A cursor whose row is not in the list any more.
package struct CursorGone: Error, Equatable {
  package init() {}
}
