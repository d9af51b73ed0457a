/// A real both engines hold alike: finite, and zero without a sign (SQLite drops it).
func storable(_ real: Double) throws(DatabaseError) -> Double {
  guard real.isFinite else { throw .unstorable("the real \(real) is not finite, and cannot be stored") }
  return real == 0 ? 0 : real
}

func nulInText(_ text: String) -> DatabaseError {
  let start = text.prefix { $0 != "\0" }.suffix(40)
  return .unstorable("a text holds a NUL character, which cannot be stored, after \"\(start)\"")
}
