import Testing

@testable import Planning

struct ClaimsRuleTests {
  private static let reference = "instances/flow_alloc/claims_talmud.json"

  @Test func `the Talmud's three estates are divided as it says`() {
    let awards = [100, 200, 300].map { ClaimsRule.talmud.awards(of: $0, claims: [100, 200, 300]) }
    let third = Fraction(100, over: 3)
    #expect(awards[0] == [third, third, third])
    #expect(awards[1] == [50, 75, 75].map { Fraction($0) })
    #expect(awards[2] == [50, 100, 150].map { Fraction($0) })
  }

  @Test(
    .enabled(if: ReferenceFile.exists(reference), "the reference instances are not beside the repository")
  )
  func `every rule gives the published awards`() throws {
    let file = try ReferenceFile.object(Self.reference)
    let claims = try #require(file["claims"] as? [Int])
    let cases = try #require(file["cases"] as? [[String: Any]])
    let rules: [(String, ClaimsRule)] = [
      ("max_min_CEA", .equalAwards), ("CEL", .equalLosses), ("proportional", .proportional),
      ("talmud", .talmud),
    ]
    for published in cases {
      let estate = try #require(published["estate"] as? Int)
      for (name, rule) in rules {
        let expected = try #require(published[name] as? [Double])
        #expect(
          rule.awards(of: estate, claims: claims).map(\.approximate) == expected,
          "\(name) of \(estate)"
        )
      }
    }
    #expect(cases.count == 3)
  }

  @Test(arguments: ClaimsRule.allCases)
  func `awards add up to the estate and stay between nothing and the claim`(rule: ClaimsRule) {
    var cases = SeededCases(seed: 7)
    for _ in 0..<300 {
      let claims = (0..<cases.int(1...7)).map { _ in cases.int(0...60) }
      let estate = cases.int(0...claims.reduce(0, +))
      let awards = rule.awards(of: estate, claims: claims)
      #expect(awards.reduce(.zero, +) == Fraction(estate))
      for (award, claim) in zip(awards, claims) { #expect(award >= .zero && award <= Fraction(claim)) }
    }
  }

  @Test func `the Talmud rule is consistent for every two claimants: they contest what both claim`() {
    var cases = SeededCases(seed: 11)
    for _ in 0..<300 {
      let claims = (0..<3).map { _ in cases.int(1...60) }
      let awards = ClaimsRule.talmud.awards(of: cases.int(0...claims.reduce(0, +)), claims: claims)
      let both = awards[0] + awards[1]
      let conceded = max(.zero, both - Fraction(claims[1]))
      let other = max(.zero, both - Fraction(claims[0]))
      #expect(awards[0] == conceded + (both - conceded - other) / Fraction(2))
    }
  }
}
