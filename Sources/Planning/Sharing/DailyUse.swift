/// Mean use as it was counted: `quantity` units over `days` days, never a rounded quotient.
package struct DailyUse: Hashable, Sendable {
  package let quantity: Int
  package let days: Int

  /// - Precondition: the quantity is not negative and the days are positive.
  package init(_ quantity: Int, perDays days: Int = 1) {
    precondition(quantity >= 0 && days > 0, "a use is a quantity over at least one day")
    (self.quantity, self.days) = (quantity, days)
  }

  package var perDay: Fraction { Fraction(quantity, over: days) }

  /// Days that a stock lasts; nil, not infinite, when nothing is used.
  package func cover(of stock: Int) -> Fraction? {
    quantity == 0 ? nil : Fraction(Int128(stock) * Int128(days), Int128(quantity))
  }

  /// Units used in so many days, a started unit counted whole.
  package func units(in span: Int) -> Int { (perDay * Fraction(span)).roundedUp }
}
