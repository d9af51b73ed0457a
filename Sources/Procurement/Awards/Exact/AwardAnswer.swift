import Inventory
import Planning

/// What the mathematics answered, in the words of the domain.
struct AwardAnswer {
  let question: AwardQuestion
  let found: Planning.Award
  /// With everyone's share of the costs settled.
  let plan: AwardPlan
  private let settled: SettledShares

  init(_ question: AwardQuestion, _ found: Planning.Award) {
    self.question = question
    self.found = found
    let first = AwardPlan(lines: Self.lines(question, found), uncovered: [])
    settled = SettledShares(first, alone: Self.alone(question, found))
    plan = AwardPlan(lines: settled.lines, uncovered: [])
  }

  /// The lines by item, offer and round, each cost by packs: every centre pays the same for a pack.
  private static func lines(_ question: AwardQuestion, _ found: Planning.Award) -> [AwardPlan.Line] {
    found.lines.compactMap { line -> AwardPlan.Line? in
      let offer = question.offers[line.offer]
      guard let cost = offer.terms.prices.cost(of: Int64(line.packs)) else { return nil }
      let packs = line.deliveries.map { Int64($0.packs) }
      let parts = split(cost.cents, inProportionTo: packs)
      let shares = zip(line.deliveries, zip(packs, parts)).map { delivery, part in
        let centre = question.centres[delivery.deliveryPoint]
        return OrderRequest.Share(centre: centre, packs: part.0, cost: Money(cents: part.1))
      }
      return AwardPlan.Line(
        offer: offer,
        packs: Int64(line.packs),
        cost: cost,
        shares: shares,
        orderOn: line.period == 0 ? nil : question.input.orderDays[line.period]
      )
    }.sorted { left, right in
      (left.offer.item, left.offer.code, left.orderOn?.rawValue ?? .min)
        < (right.offer.item, right.offer.code, right.orderOn?.rawValue ?? .min)
    }
  }

  /// The exact optimum of each centre alone, or a bound of it; centres that could not buy alone are left out.
  private static func alone(_ question: AwardQuestion, _ found: Planning.Award) -> [Centre.Code: Money] {
    let shares = found.attribution?.shares ?? []
    return Dictionary(
      uniqueKeysWithValues: shares.compactMap { share in
        share.alone.map { (question.centres[share.centre], Money(cents: Int64($0))) }
      }
    )
  }

  /// No award costs less than this. Where freight or minimums differ within an order, of the mildest reading.
  func bound(
    _ solver: any Solver,
    _ options: AwardOptions,
    _ cancellation: Cancellation
  ) throws(SolverError) -> Money? {
    if question.isOneReading { return found.bound.map { Money(cents: Int64($0)) } }
    let mild = AwardQuestion(question.input, question.request, .mildest)
    let bound = try AwardSearch(solver, options).solve(AwardIndex(mild.problem), cancellation).bound
    return bound.map { min(Money(cents: Int64($0)), plan.goods + plan.totalFreight) }
  }

  var report: Award.Report {
    let alone = Self.alone(question, found)
    return Award.Report(
      savings: settled.costs.sorted { $0.key < $1.key }.map { centre, cost in
        CentreSaving(centre: centre, cost: cost, alone: alone[centre])
      },
      uncovered: [],
      advice: plan.advice,
      remarks: remarks
    )
  }

  private var remarks: AwardRemarks {
    var remarks = AwardRemarks(
      greedy: .init(GreedyAward.plan(for: question.input)),
      binding: [],
      dualSourcing: nil,
      soleItems: question.request.maximumShare == nil ? [] : question.soleItems,
      tolerances: tolerances,
      dearer: dearer
    )
    for advice in found.advice {
      switch advice {
      case .nextTier: break
      case .binding(let limit, let step, let saving):
        remarks.binding.append(
          .init(
            limit: question.words(for: limit),
            step: Int64(step),
            isValue: question.isValue(limit),
            saving: .init(saving)
          )
        )
      case .maximumShares(let saving): remarks.dualSourcing = .init(saving)
      }
    }
    return remarks
  }

  /// Centres that get more than they need, by item and centre.
  private var tolerances: [AwardRemarks.Tolerance] {
    question.input.needs.addedUp.filter { $0.quantity > .zero }.compactMap { need in
      let units = plan.lines.filter { $0.offer.item == need.item }.reduce(Int64(0)) { sum, line in
        let packs = line.shares.first { $0.centre == need.centre }?.packs ?? 0
        return sum + packs * line.offer.terms.packUnits.units
      }
      guard units > need.quantity.units else { return nil }
      return .init(
        centre: need.centre,
        item: need.item,
        needed: need.quantity,
        tolerated: need.tolerance,
        received: Quantity(units)
      )
    }
  }

  private var dearer: [AwardRemarks.Dearer] {
    settled.costs.keys.sorted().compactMap { centre in
      guard let saving = settled.saving(centre), saving < 0 else { return nil }
      return .init(centre: centre, excess: Money(cents: -saving), reason: dearness)
    }
  }

  private var dearness: String {
    switch found.attribution?.reason {
    case .groupCostsMore(let cents):
      let more = Money(cents: Int64(cents))
      return "limits that bind only the group make its order \(more) dearer than all centres alone"
    case nil:
      return "no centre that shares its order lines saves enough to take the rest over"
    }
  }
}

extension AwardRemarks.Saving {
  init(_ saving: AwardAdvice.Saving) {
    self.init(amount: Money(cents: Int64(saving.cents)), isProven: saving.evidence == .exact)
  }
}
