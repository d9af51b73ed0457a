import Inventory
import Planning

/// The codes of an order's parts, and sentences about its limits.
struct AwardNames {
  let problem: AwardProblem

  init(_ problem: AwardProblem) { self.problem = problem }

  func item(_ index: Int) -> String { problem.items[index].code }
  func supplier(_ index: Int) -> String { problem.suppliers[index].code }
  func deliveryPoint(_ index: Int) -> String { problem.deliveryPoints[index] }

  /// Nothing where the order has but one period without a name.
  func period(_ index: Int) -> String? {
    let name = problem.periods[index].name
    return name.isEmpty ? nil : name
  }

  /// A day, or the period's name where moments are the periods' numbers.
  func moment(_ day: Int) -> String {
    let isNumbered = problem.periods.last.map { $0.lastDay == $0.orderDay } ?? false
    guard isNumbered else { return Day(rawValue: Int64(day)).description }
    return problem.periods.first { $0.orderDay == day }?.name ?? "period \(day + 1)"
  }

  func words(for limit: AwardLimit) -> String {
    switch limit {
    case .need(let index):
      let need = problem.needs[index]
      return "\(problem.centres[need.centre]) needs \(need.quantity) of \(item(need.item))"
    case .most(let item, let deliveryPoint):
      return
        "\(self.deliveryPoint(deliveryPoint)) takes no more of \(self.item(item)) than its need and tolerance"
    case .offerMinimum(let index): return minimumWords(problem.offers[index])
    case .offerCapacity(let index):
      let offer = problem.offers[index]
      return "\(supplier(offer.supplier)) can deliver only \(list(offer.capacity)) of \(item(offer.item))"
    case .maximumShare(let item):
      return
        "no supplier may get more than \(problem.items[item].maximumShare ?? 100) % of \(self.item(item))"
    case .supplierMinimum(let index):
      return "\(supplier(index)) takes no order below \(euros(problem.suppliers[index].minimumOrderValue))"
    case .supplierCapacity(let index):
      return "\(supplier(index)) can deliver only \(list(problem.suppliers[index].capacity)) in all"
    case .rule(let agreement): return ruleWords(problem.agreements[agreement])
    case .minimum(let agreement): return "agreement \(reference(agreement)) has a minimum to reach"
    case .maximum(let agreement): return "agreement \(reference(agreement)) has a maximum to keep"
    case .budget: return "the budget is \(euros(problem.budget ?? 0))"
    }
  }

  func words(for reason: AwardAttribution.Reason) -> String {
    switch reason {
    case .groupCostsMore(let cents):
      "The limits that bind only the group make its order \(euros(cents)) dearer than all centres alone, so "
        + "somebody must pay more than alone; the difference is divided by what each gets."
    }
  }

  func reference(_ agreement: Int) -> String { problem.agreements[agreement].reference }

  /// `1 234.50 €`; negative amounts keep their sign.
  func euros(_ cents: Int) -> String {
    let digits = String(abs(cents) / 100)
    let grouped = digits.reversed().enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, digit.offset % 3 == 0 { text.append(" ") }
      text.append(digit.element)
    }
    let rest = abs(cents) % 100
    return (cents < 0 ? "−" : "") + String(grouped.reversed()) + (rest < 10 ? ".0" : ".") + "\(rest) €"
  }

  private func minimumWords(_ offer: AwardProblem.Offer) -> String {
    let name = supplier(offer.supplier)
    if offer.minimumQuantity == 0, offer.minimumValue == 0 {
      return "\(name) sells \(item(offer.item)) only in multiples of \(offer.multiple * offer.pack)"
    }
    let seller =
      "\(supplier(offer.supplier)) sells no fewer than \(offer.minimumQuantity) of \(item(offer.item))"
    let priced =
      offer.minimumValue > 0 ? seller + ", nor for less than \(euros(offer.minimumValue))" : seller
    return offer.multiple > 1 ? priced + ", in multiples of \(offer.multiple * offer.pack)" : priced
  }

  private func ruleWords(_ agreement: AwardProblem.Agreement) -> String {
    let holders = agreement.holders.map { supplier($0.supplier) }
    return switch agreement.rule {
    case .sole: "under agreement \(agreement.reference) only \(holders.joined()) may sell"
    case .bestOffer: "under agreement \(agreement.reference) only \(holders.joined(separator: ", ")) may sell"
    case .cascade: "agreement \(agreement.reference) is a cascade: \(holders.joined(separator: ", then "))"
    case .share:
      "agreement \(agreement.reference) is shared: "
        + zip(holders, agreement.holders).map { "\($0) \($1.share / 10) %" }.joined(separator: ", ")
    }
  }

  private func list(_ capacity: [Int?]) -> String {
    capacity.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
  }
}

/// The earliest moment at which what conflicts would be possible.
struct AwardEarliest: Encodable {
  /// A day, or the name of a period where the order has no dates.
  var by: String
  /// Whether the whole order is possible then; otherwise what is named is, beside another conflict.
  var whole: Bool
  var text: String

  init(_ earliest: Award.Earliest, _ names: AwardNames) {
    by = names.moment(earliest.day)
    whole = earliest.isWhole
    text =
      earliest.isWhole
      ? "Due by \(by), these needs can be met with all the others: no earlier."
      : "Due by \(by), these needs could be met, no earlier; something else is still in the way of the order."
  }
}

/// A need or a limit of a conflict.
struct AwardClause: Encodable {
  var kind: String
  var text: String

  init(_ limit: AwardLimit, _ names: AwardNames) {
    kind = limit.kind
    text = names.words(for: limit)
  }
}

extension AwardLimit {
  var kind: String {
    switch self {
    case .need: "need"
    case .most: "tolerance"
    case .offerMinimum: "offerMinimum"
    case .offerCapacity: "offerCapacity"
    case .maximumShare: "maximumShare"
    case .supplierMinimum: "supplierMinimum"
    case .supplierCapacity: "supplierCapacity"
    case .rule: "allocationRule"
    case .minimum: "agreementMinimum"
    case .maximum: "agreementMaximum"
    case .budget: "budget"
    }
  }
}

/// One piece of advice.
struct AwardHint: Encodable {
  var kind: String
  var text: String
  var item: String?
  var supplier: String?
  /// Units missing to the next tier, or by how much a limit was eased.
  var step: Int?
  /// What the step costs more, in cents; negative where it costs less.
  var extraCost: Int?
  var saving: Int?
  var evidence: String?

  init(_ advice: AwardAdvice, _ names: AwardNames) {
    switch advice {
    case .nextTier(let index, _, let missing, let price, let extra):
      let offer = names.problem.offers[index]
      kind = "nextTier"
      item = names.item(offer.item)
      supplier = names.supplier(offer.supplier)
      step = missing
      extraCost = extra
      text =
        "\(missing) more of \(names.item(offer.item)) from \(names.supplier(offer.supplier)) reach the price "
        + "of \(names.euros(price))\(offer.priceFor > 1 ? " for \(offer.priceFor)" : ""): the order "
        + (extra < 0 ? "costs \(names.euros(-extra)) less" : "costs \(names.euros(extra)) more")
    case .binding(let limit, let step, let saving):
      kind = limit.kind
      self.step = step
      self.saving = saving.cents
      evidence = saving.evidence.rawValue
      text = "\(names.words(for: limit)); \(step) more would save \(names.euros(saving.cents))"
    case .maximumShares(let saving):
      kind = "maximumShare"
      self.saving = saving.cents
      evidence = saving.evidence.rawValue
      text = "buying from several suppliers costs \(names.euros(saving.cents))"
    }
  }
}
