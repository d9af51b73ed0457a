/// Names in the order in which they are met.
///
/// Tables repeat their names in runs or in the same order again and again: the last name and the one after it are
/// tried before the name is looked up, and mostly no text is made of the bytes.
struct Names {
  private(set) var all: [String] = []
  private var number: [String: Int] = [:]
  private var last = 0

  func known(_ name: String) -> Int? { number[name] }

  mutating func number(of name: String) -> Int {
    if let known = number[name] { return known }
    number[name] = all.count
    all.append(name)
    return all.count - 1
  }

  /// The number of the name at `range` of `bytes`; nil when it is not known.
  mutating func known(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if let guess = guess(bytes, range) { return guess }
    guard let found = number[String(decoding: bytes[range], as: UTF8.self)] else { return nil }
    last = found
    return found
  }

  /// The number of the name at `range` of `bytes`, which is added when it is not known.
  mutating func number(of bytes: [UInt8], _ range: Range<Int>) -> Int {
    if let guess = guess(bytes, range) { return guess }
    last = number(of: String(decoding: bytes[range], as: UTF8.self))
    return last
  }

  private mutating func guess(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    for candidate in [last, last + 1 < all.count ? last + 1 : 0] where candidate < all.count {
      guard isName(candidate, bytes, range) else { continue }
      last = candidate
      return candidate
    }
    return nil
  }

  private func isName(_ candidate: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let name = all[candidate].utf8
    return name.count == range.count && name.elementsEqual(bytes[range])
  }
}
