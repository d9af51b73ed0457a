/// A release of HiGHS.
struct HiGHSVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
  let major: Int
  let minor: Int
  let patch: Int

  /// 1.14.0 gave wrong optima on integer models of two columns (ERGO-Code/HiGHS#3043 and #2957, fixed in
  /// 1.15.0); 1.15.1 is the release that our regression models were run on.
  static let oldestTrusted = Self(major: 1, minor: 15, patch: 1)

  var isTrusted: Bool { self >= Self.oldestTrusted }
  var description: String { "\(major).\(minor).\(patch)" }

  static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
