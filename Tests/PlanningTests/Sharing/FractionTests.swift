import Testing

@testable import Planning

struct FractionTests {
  @Test func `a fraction is kept in lowest terms with a positive denominator`() {
    #expect(Fraction(6, over: -4) == Fraction(-3, over: 2))
    #expect("\(Fraction(6, over: -4))" == "-3/2")
    #expect(Fraction(1, over: 3) + Fraction(1, over: 6) == Fraction(1, over: 2))
    #expect(Fraction(1, over: 3) / Fraction(2, over: 9) == Fraction(3, over: 2))
  }

  @Test(arguments: [(7, 2, 3, 4), (-7, 2, -4, -3), (8, 2, 4, 4), (0, 5, 0, 0)])
  func `it rounds down and up to the neighbouring whole numbers`(p: Int, q: Int, down: Int, up: Int) {
    #expect(Fraction(p, over: q).roundedDown == down)
    #expect(Fraction(p, over: q).roundedUp == up)
  }

  @Test func `it is written in decimals rounded half away from zero`() {
    #expect(Fraction(1, over: 8).decimal(places: 2) == "0.13")
    #expect(Fraction(-1, over: 8).decimal(places: 2) == "-0.13")
    #expect(Fraction(-1, over: 800).decimal(places: 1) == "0.0")
    #expect(Fraction(7, over: 2).decimal(places: 0) == "4")
    #expect(Fraction(1234).decimal(places: 1) == "1234.0")
  }
}
