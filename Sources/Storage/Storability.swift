import Glibc

/// A real both engines hold alike: finite, and zero without a sign (SQLite drops it).
func storable(_ real: Double) throws(DatabaseError) -> Double {
  guard real.isFinite else { throw .unstorable("the real \(real) is not finite, and cannot be stored") }
  return real == 0 ? 0 : real
}

/// Whether a byte is zero, at the speed of the C library.
func hasNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
}

func nulInText(_ text: String) -> DatabaseError {
  let start = text.prefix { $0 != "\0" }.suffix(40)
  return .unstorable("a text holds a NUL character, which cannot be stored, after \"\(start)\"")
}
