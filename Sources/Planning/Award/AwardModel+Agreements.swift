extension AwardModel {
  mutating func addAgreements() {
    for agreement in index.problem.agreements {
      let members = agreement.items.flatMap { index.blocks[$0].sources }
      addLimits(agreement.limits, members, charges(under: agreement))
      for holder in agreement.holders {
        addLimits(holder.limits, members.filter { index.sources[$0].supplier == holder.supplier })
      }
      switch agreement.rule {
      case .bestOffer, .sole: break
      case .cascade: for item in agreement.items { addCascade(agreement, item) }
      case .share: for item in agreement.items { addShare(agreement, item) }
      }
    }
  }

  private func charges(under agreement: AwardProblem.Agreement) -> [LinearModel.Term] {
    guard agreement.countsCharges else { return [] }
    let holders = Set(agreement.holders.map(\.supplier))
    return opened.filter { holders.contains($0.key.supplier) }.sorted { $0.key < $1.key }
      .flatMap { chargeTerms($0.key, placed: $0.value) }
  }

  private mutating func addLimits(
    _ limits: AwardProblem.Limits,
    _ members: [Int],
    _ charges: [LinearModel.Term] = []
  ) {
    if let minimum = limits.minimumValue {
      addRow(value(of: members), lower: Double(minimum) / Self.centsPerUnit)
    }
    if let maximum = limits.maximumValue {
      addRow(value(of: members) + charges, upper: Double(maximum) / Self.centsPerUnit)
    }
    if limits.minimumQuantity != nil || limits.maximumQuantity != nil {
      addRow(
        quantity(of: members),
        lower: limits.minimumQuantity.map { Double($0) } ?? -.infinity,
        upper: limits.maximumQuantity.map { Double($0) } ?? .infinity
      )
    }
  }

  /// A later holder's packs need a binary of every earlier source that says it is exhausted.
  private mutating func addCascade(_ agreement: AwardProblem.Agreement, _ item: Int) {
    let block = index.blocks[item]
    var exhausted: [Int: Int] = [:]
    for source in block.sources
    where agreement.holders.contains(where: { $0.supplier == index.sources[source].supplier }) {
      exhausted[source] = addExhausted(source, block)
    }
    for source in block.sources {
      for point in block.points {
        for earlier in index.sourcesBefore(source, in: agreement, at: point.deliveryPoint) {
          guard let e = exhausted[earlier] else { continue }
          addCascadeRow(source, point, e)
        }
      }
    }
  }

  private mutating func addCascadeRow(_ source: Int, _ point: AwardIndex.Point, _ exhausted: Int) {
    let pooled = shipped[source].isEmpty
    let column =
      pooled
      ? packs[source]
      : shipped[source].first { $0.deliveryPoint == point.deliveryPoint }?.column
    guard let column else { return }
    let most = pooled ? index.sources[source].mostPacks : point.most / index.sources[source].pack
    addRow([.init(1, column), .init(-Double(most), exhausted)], upper: 0)
  }

  /// A binary that can be 1 only where the source's capacity, or its offer's share, is used up.
  private mutating func addExhausted(_ source: Int, _ block: AwardIndex.Block) -> Int {
    let this = index.sources[source]
    let e = addBinary()
    var reasons: [LinearModel.Term] = []
    if let capacity = this.capacityPacks {
      let full = addBinary()
      addRow([.init(1, packs[source]), .init(-Double(capacity), full)], lower: 0)
      reasons.append(.init(-1, full))
    }
    if let share = block.sharePacks[this.offer] {
      let full = addBinary()
      let members = block.sources.filter { index.sources[$0].offer == this.offer }
      addRow(members.map { .init(1, packs[$0]) } + [.init(-Double(share), full)], lower: 0)
      reasons.append(.init(-1, full))
    }
    addRow([.init(1, e)] + reasons, upper: 0)
    return e
  }

  /// `|1000 × holder's quantity − share × all holders'| ≤ 1000 × largest pack`.
  private mutating func addShare(_ agreement: AwardProblem.Agreement, _ item: Int) {
    let holders = Set(agreement.holders.map(\.supplier))
    let sources = index.blocks[item].sources.filter { holders.contains(index.sources[$0].supplier) }
    let slack = 1000 * Double(index.largestPack(of: agreement, item))
    for holder in agreement.holders {
      let terms = sources.flatMap { source -> [LinearModel.Term] in
        let pack = Double(index.sources[source].pack)
        let own = index.sources[source].supplier == holder.supplier ? 1000 * pack : 0
        return [.init(own, packs[source]), .init(-Double(holder.share) * pack, packs[source])]
      }
      addRow(terms, lower: -slack, upper: slack)
    }
  }
}
