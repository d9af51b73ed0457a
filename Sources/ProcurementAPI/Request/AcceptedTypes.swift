/// The media types of an Accept header (RFC 9110, section 12.5.1).
enum AcceptedTypes {
  /// The types in the order in which the caller would rather have them, as they stand where it does not say, without
  /// those that it refuses by `q=0`.
  static func preferred(in header: String) -> [String] {
    let ranges = header.split(separator: ",").map { range in
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      return (type: parts.first ?? "", weight: weight(parts.dropFirst()))
    }
    let wanted = ranges.enumerated().filter { $0.element.weight > 0 }
    return wanted.sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(
      \.element.type
    )
  }

  /// In thousandths; what cannot be read counts as nothing said.
  private static func weight(_ parameters: some Sequence<String>) -> Int {
    guard let text = parameters.first(where: { $0.hasPrefix("q=") })?.dropFirst(2) else { return 1_000 }
    guard let value = Double(text), (0...1).contains(value) else { return 1_000 }
    return Int((value * 1_000).rounded())
  }
}
