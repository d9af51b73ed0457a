/// Writes records as RFC 4180 text.
package enum CSVText {
  /// One record with its line end. A field is quoted when it holds a separator, a quote or a line end.
  package static func line(_ fields: [String], separator: Character = ",") -> String {
    fields.map { quoted($0, separator: separator) }.joined(separator: String(separator)) + "\n"
  }

  private static func quoted(_ field: String, separator: Character) -> String {
    // Unicode scalars, because a Character may be "\r\n", which equals neither of its parts.
    let special = field.unicodeScalars.contains { scalar in
      scalar == "\"" || scalar == "\n" || scalar == "\r" || Character(scalar) == separator
    }
    return special ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
  }
}
