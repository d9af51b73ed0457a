/// How long a stock lasts at the present use.
package enum Cover: Hashable, Sendable {
  /// Whole days, rounded down.
  case days(Int64)
  /// Nothing is used: the stock has no end that use would give it.
  case noUse
  /// Nobody said what is used.
  case unknown

  /// Usable stock ÷ mean daily use.
  package init(usable: Int64, use: DailyUse) {
    switch use {
    case .unknown: self = .unknown
    case .known(0, _): self = .noUse
    case .known(let units, let days):
      let exact = Int128(usable) * Int128(days) / Int128(units)
      self = .days(Int64(clamping: exact))
    }
  }

  /// Nil where it is undefined.
  package var days: Int64? {
    if case .days(let days) = self { days } else { nil }
  }
}

extension Cover: CustomStringConvertible {
  package var description: String {
    switch self {
    case .days(let days): "\(days)"
    case .noUse: "no use"
    case .unknown: "unknown"
    }
  }
}
