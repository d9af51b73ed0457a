import ArgumentParser
package import Inventory

/// An amount as people say it: `60M`, `7.5M`, `500k`, `1200000` or `1200000.50`, in units of the currency.
package struct Amount: ExpressibleByArgument, Equatable {
  package let money: Money

  package init?(argument: String) {
    let scales: [Character: Int64] = ["k": 1_000, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000]
    let scale = argument.last.flatMap { scales[$0] }
    guard let decimal = ExactDecimal(scale == nil ? argument : String(argument.dropLast())),
      decimal.decimals <= 9
    else { return nil }
    let power = (0..<decimal.decimals).reduce(Int64(1)) { power, _ in power * 10 }
    let (cents, overflow) = decimal.digits.multipliedReportingOverflow(by: 100 * (scale ?? 1))
    guard !overflow, cents % power == 0, cents >= 0 else { return nil }
    money = Money(cents: cents / power)
  }
}

/// Amounts separated by commas.
package struct Amounts: ExpressibleByArgument, Equatable {
  package let moneys: [Money]

  package init?(argument: String) {
    let amounts = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { Amount(argument: String($0)) }
    guard !amounts.contains(nil) else { return nil }
    moneys = amounts.compactMap { $0?.money }
  }
}
