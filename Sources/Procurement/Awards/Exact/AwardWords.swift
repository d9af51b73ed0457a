import Inventory
import Planning

extension AwardQuestion {
  /// A limit as a buyer would say it.
  func words(for limit: AwardLimit) -> String {
    switch limit {
    case .need(let index): return words(for: needs[index])
    case .most(let item, let centre):
      return
        "\(centres[centre]) takes no more of \(items[item]) than its need, its tolerance and the last pack"
    case .offerMinimum(let index): return minimumWords(offers[index])
    case .offerCapacity(let index): return capacityWords(offers[index])
    case .maximumShare(let item):
      return "no supplier gets more than \(request.maximumShare ?? 100) % of \(items[item])"
    case .supplierMinimum(let order):
      let minimum = Money(cents: Int64(problem.suppliers[order].minimumOrderValue))
      return "\(orders[order].supplier) takes no order below \(minimum) under \(orders[order].lot.words)"
    case .supplierCapacity(let order): return "\(orders[order].supplier) can deliver only so much in all"
    case .rule(let agreement): return ruleWords(lots[agreement])
    case .minimum(let agreement): return "\(lots[agreement].key.words) has a minimum to reach"
    case .maximum(let agreement): return ceilingWords(lots[agreement])
    case .budget: return "the budget is \(request.budget ?? .zero)"
    }
  }

  /// Whether a limit is counted in money.
  func isValue(_ limit: AwardLimit) -> Bool {
    switch limit {
    case .budget: true
    case .maximum(let agreement): lots[agreement].ceiling.roomInValue != nil
    default: false
    }
  }

  private func words(for need: Need) -> String {
    let date = need.neededBy ?? input.neededBy
    let late = offers.contains { $0.item == need.item && input.day + $0.terms.leadDays <= date }
    let seller = late ? "" : latenessWords(need.item)
    return "\(need.centre) needs \(need.quantity) of \(need.item) by \(date)\(seller)"
  }

  private func latenessWords(_ item: Item.SKU) -> String {
    let first = input.offers.filter { $0.item == item }.map { input.day + $0.terms.leadDays }.min()
    return first.map { ", and the first delivery possible is on \($0)" } ?? ", and nobody offers it"
  }

  private func minimumWords(_ offer: Offer) -> String {
    let terms = offer.terms
    let least =
      "\(offer.supplier) sells no fewer than \(terms.packUnits * terms.minimumPacks) of \(offer.item)"
    guard terms.multiplePacks > 1 else { return least }
    return least + ", in multiples of \(terms.packUnits * terms.multiplePacks)"
  }

  private func capacityWords(_ offer: Offer) -> String {
    let most = offer.terms.packUnits * ((capacities[offer.code] ?? []).compactMap { $0 }.reduce(0, +))
    return "\(offer.supplier) can deliver only \(most) of \(offer.item) in time"
  }

  private func ceilingWords(_ lot: AwardInput.Lot) -> String {
    let value = lot.ceiling.roomInValue.map { "\($0)" }
    let quantity = lot.ceiling.roomInQuantity.map { "\($0) units" }
    return "\(lot.key.words) has \([value, quantity].compactMap { $0 }.joined(separator: " and ")) left"
  }

  private func ruleWords(_ lot: AwardInput.Lot) -> String {
    let holders = lot.holders.sorted { $0.rank < $1.rank }
    switch lot.rule {
    case .sole, .bestOffer:
      return "\(lot.key.words) is held by \(holders.map(\.supplier.rawValue).joined(separator: ", "))"
    case .cascade:
      return "\(lot.key.words) is a cascade: \(holders.map(\.supplier.rawValue).joined(separator: ", then "))"
    case .share:
      let parts = holders.map { "\($0.supplier) \(Self.percent($0.sharePermille ?? 0))" }
      return "\(lot.key.words) is shared: \(parts.joined(separator: ", "))"
    }
  }

  private static func percent(_ permille: Int64) -> String {
    permille % 10 == 0 ? "\(permille / 10) %" : "\(permille / 10).\(permille % 10) %"
  }
}
