extension AwardProblem {
  /// One supplier's terms for one item. Minimums, tiers and capacity hold for each period's order.
  package struct Offer: Sendable, Equatable {
    /// How tiers price a quantity.
    package enum Pricing: String, Sendable, Codable, CaseIterable {
      /// The tier reached prices every unit.
      case allUnits
      /// Each tier prices only the units beyond its threshold.
      case incremental
    }

    package struct Tier: Sendable, Equatable {
      /// The first unit that has this price; all units: the quantity that gives every unit this price.
      package var from: Int
      /// Cents for `priceFor` base units.
      package var price: Int

      package init(from: Int, price: Int) {
        self.from = from
        self.price = price
      }
    }

    package var item: Int
    package var supplier: Int
    /// Base units in a pack; every delivery point gets whole packs.
    package var pack: Int
    package var pricing: Pricing
    /// Ascending, the first from 0 or 1.
    package var tiers: [Tier]
    /// How many base units a tier's price is for; divides the pack.
    package var priceFor: Int
    package var minimumQuantity: Int
    package var minimumValue: Int
    /// Base units, one number a period; nil is no limit.
    package var capacity: [Int?]
    package var leadTime: Int
    /// An order line has a multiple of so many packs.
    package var multiple: Int

    package init(
      item: Int,
      supplier: Int,
      pack: Int = 1,
      pricing: Pricing = .allUnits,
      tiers: [Tier],
      priceFor: Int = 1,
      minimumQuantity: Int = 0,
      minimumValue: Int = 0,
      capacity: [Int?] = [],
      leadTime: Int = 0,
      multiple: Int = 1
    ) {
      self.item = item
      self.supplier = supplier
      self.pack = pack
      self.pricing = pricing
      self.tiers = tiers
      self.priceFor = priceFor
      self.minimumQuantity = minimumQuantity
      self.minimumValue = minimumValue
      self.capacity = capacity
      self.leadTime = leadTime
      self.multiple = multiple
    }
  }
}

extension AwardProblem.Offer.Tier {
  /// Units that other tiers price before this one's first.
  package var unitsBefore: Int { max(0, from - 1) }
}

/// A range of packs over which an order line costs `fixed + perPack × packs` cents, exactly.
package struct PricePiece: Sendable, Equatable {
  package var packs: ClosedRange<Int>
  package var fixed: Int
  package var perPack: Int
  /// The tier of the offer that this range belongs to.
  package var tier: Int

  func cost(_ packs: Int) -> Int { fixed + perPack * packs }
}

extension AwardProblem.Offer {
  /// What `packs` cost, tiers applied, minimums and capacity not looked at.
  package func cost(packs: Int) -> Int {
    guard packs > 0 else { return 0 }
    return pricePieces(upTo: packs).first { $0.packs.contains(packs) }?.cost(packs) ?? 0
  }

  /// The tiers as ranges of whole packs from one pack to `most`; a tier that no whole number of packs falls
  /// into is left out.
  package func pricePieces(upTo most: Int) -> [PricePiece] {
    var pieces: [PricePiece] = []
    var costOfEarlierTiers = 0
    for (index, tier) in tiers.enumerated() {
      let next = index + 1 < tiers.count ? tiers[index + 1] : nil
      let perPack = tier.price * pack / priceFor
      if let range = packRange(of: tier, next: next, most: most) {
        let fixed = pricing == .allUnits ? 0 : costOfEarlierTiers - tier.price * tier.unitsBefore / priceFor
        pieces.append(PricePiece(packs: range, fixed: fixed, perPack: perPack, tier: index))
      }
      if let next { costOfEarlierTiers += tier.price * (next.unitsBefore - tier.unitsBefore) / priceFor }
    }
    return pieces
  }

  private func packRange(of tier: Tier, next: Tier?, most: Int) -> ClosedRange<Int>? {
    let lowest: Int
    switch pricing {
    case .allUnits: lowest = max(1, tier.from.dividedRoundingUp(by: pack))
    case .incremental: lowest = tier.unitsBefore / pack + 1
    }
    let highest = next.map { $0.unitsBefore / pack } ?? most
    return lowest <= min(highest, most) ? lowest...min(highest, most) : nil
  }
}

extension Int {
  /// The quotient rounded up; both numbers non-negative, the divisor positive.
  func dividedRoundingUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }

  /// The nearest multiple of a positive number that is not below, or not above.
  func roundedUp(to multiple: Int) -> Int { dividedRoundingUp(by: multiple) * multiple }
  func roundedDown(to multiple: Int) -> Int { self / multiple * multiple }
}
