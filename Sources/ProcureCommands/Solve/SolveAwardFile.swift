import Foundation
import Inventory
import Planning

/// A group order as a JSON file: read to its end, every fault reported with its path.
struct AwardFile {
  private let root: AwardField
  private let findings = AwardFindings()
  private var problem = AwardProblem()
  private var centres = Names()
  private var deliveryPoints = Names()
  private var items = Names()
  private var suppliers = Names()
  private var isDated = false
  private var sold: Set<[Int]> = []

  /// The problem that `data` states; throws `AwardRefusal.badFile` with every finding.
  static func problem(_ data: Data) throws(AwardRefusal) -> AwardProblem {
    let node: AwardNode
    do {
      node = try JSONDecoder().decode(AwardNode.self, from: data)
    } catch {
      throw .notJSON("\((error as NSError).userInfo["NSDebugDescription"] ?? "the text ends or breaks off")")
    }
    var file = AwardFile(node)
    file.read()
    guard file.findings.findings.isEmpty else { throw .badFile(file.findings.findings) }
    return file.problem
  }

  private init(_ node: AwardNode) {
    root = AwardField(path: "", node: node, findings: findings)
  }

  private mutating func read() {
    let keys: Set = [
      "agreements", "budget", "items", "maximumShare", "needs", "offers", "orderDate", "periods", "suppliers",
    ]
    guard root.expectObject(keys) else { return }
    readPeriods()
    for element in root["items"].elements { readItem(element) }
    for element in root["suppliers"].elements { readSupplier(element) }
    for element in expected("offers") { readOffer(element) }
    for element in expected("needs") { readNeed(element) }
    for element in root["agreements"].elements { readAgreement(element) }
    problem.budget = root["budget"].integer(0...1_000_000_000_000_000)
    applyMaximumShare()
    checkSize()
    problem.centres = centres.all
    problem.deliveryPoints = deliveryPoints.all
  }

  private func expected(_ key: String) -> [AwardField] {
    if root[key].isAbsent { root[key].refuse(expected: "a list of \(key)") }
    return root[key].elements
  }

  private mutating func readPeriods() {
    let orderDate = root["orderDate"].day
    isDated = orderDate != nil
    let field = root["periods"]
    if field.isAbsent {
      problem.periods = [.init(orderDay: orderDate ?? 0)]
    } else if case .integer = field.node {
      let count = field.integer(1...1_000) ?? 1
      if isDated { field.refuse(expected: "a list of periods with their order dates, as orderDate is given") }
      problem.periods = (0..<count).map { .init(name: String($0 + 1), orderDay: $0, lastDay: $0) }
    } else {
      readNamedPeriods(field)
    }
  }

  private mutating func readNamedPeriods(_ field: AwardField) {
    let elements = field.elements
    var periods: [AwardProblem.Period] = []
    if elements.isEmpty { field.refuse(expected: "a number of periods, or a list of at least one") }
    let dates = elements.map { $0["orderDate"].day }
    isDated = dates.contains { $0 != nil }
    for (index, element) in elements.enumerated() where element.expectObject(["name", "orderDate"]) {
      let name = element["name"].text ?? String(index + 1)
      if periods.contains(where: { $0.name == name }) {
        element["name"].refuse(expected: "a name given once")
      }
      if isDated, dates[index] == nil {
        element["orderDate"].refuse(expected: "a day, as other periods have one")
      }
      let day = dates[index] ?? index
      if let last = periods.last, day <= last.orderDay {
        element["orderDate"].refuse(expected: "a day after the period before")
      }
      if !periods.isEmpty, isDated { periods[periods.count - 1].lastDay = day - 1 }
      periods.append(.init(name: name, orderDay: day, lastDay: isDated ? .max : day))
    }
    if !periods.isEmpty { problem.periods = periods }
  }

  private mutating func readItem(_ field: AwardField) {
    guard field.expectObject(["code", "holdingCost", "maximumShare"]) else { return }
    guard let code = field["code"].requiredText else { return }
    guard items.known(code) == nil else { return field["code"].refuse(expected: "a code given once") }
    let item = addItem(code)
    problem.items[item].holdingCost = field["holdingCost"].integer() ?? 0
    problem.items[item].maximumShare = field["maximumShare"].integer(1...100)
  }

  private mutating func addItem(_ code: String) -> Int {
    let index = items.number(of: code)
    if index == problem.items.count { problem.items.append(.init(code: code)) }
    return index
  }

  private mutating func readSupplier(_ field: AwardField) {
    let keys: Set = ["capacity", "code", "freight", "minimumOrderValue", "orderFee"]
    guard field.expectObject(keys), let code = field["code"].requiredText else { return }
    guard suppliers.known(code) == nil else { return field["code"].refuse(expected: "a code given once") }
    let supplier = addSupplier(code)
    problem.suppliers[supplier].minimumOrderValue = field["minimumOrderValue"].integer() ?? 0
    problem.suppliers[supplier].orderFee = field["orderFee"].integer() ?? 0
    problem.suppliers[supplier].capacity = capacity(field["capacity"])
    let freight = field["freight"]
    guard !freight.isAbsent, freight.expectObject(["charge", "freeFrom"]) else { return }
    guard let charge = freight["charge"].requiredInteger() else { return }
    problem.suppliers[supplier].freight = .init(charge: charge, freeFrom: freight["freeFrom"].integer())
  }

  private mutating func addSupplier(_ code: String) -> Int {
    let index = suppliers.number(of: code)
    if index == problem.suppliers.count { problem.suppliers.append(.init(code: code)) }
    return index
  }

  /// One number for every period, or a list with one a period in which null is no limit.
  private func capacity(_ field: AwardField) -> [Int?] {
    guard !field.isAbsent else { return [] }
    if case .integer = field.node { return [field.integer()] }
    let values = field.elements.map { $0.integer() }
    if values.count != problem.periods.count {
      field.refuse(
        expected: "a whole number, or a list with one for each of \(problem.periods.count) periods"
      )
    }
    return values
  }

  /// Sums of cents must stay exact in 64 bits, and in the solver's 53.
  private func checkSize() {
    var needs = [Double](repeating: 0, count: problem.items.count)
    for need in problem.needs { needs[need.item] += Double(need.quantity + need.tolerance) }
    let most = problem.offers.reduce(0.0) { sum, offer in
      let price = Double(offer.tiers.map(\.price).max() ?? 0) / Double(offer.priceFor)
      return sum + price * (needs[offer.item] + Double(offer.pack))
    }
    if most > 1e14 { root["offers"].refuse(expected: "prices and needs whose costs stay below 10¹⁴ cents") }
  }

  private mutating func applyMaximumShare() {
    guard let share = root["maximumShare"].integer(1...100) else { return }
    for item in problem.items.indices where problem.items[item].maximumShare == nil {
      problem.items[item].maximumShare = share
    }
  }
}

extension AwardFile {
  private mutating func readNeed(_ field: AwardField) {
    let keys: Set = [
      "centre", "deliveryPoint", "item", "neededBy", "period", "priority", "quantity", "tolerance",
    ]
    guard field.expectObject(keys), let code = field["centre"].requiredText,
      let item = field["item"].requiredText, let quantity = field["quantity"].requiredInteger()
    else { return }
    problem.needs.append(
      AwardProblem.Need(
        centre: centres.number(of: code),
        item: addItem(item),
        quantity: quantity,
        tolerance: field["tolerance"].integer() ?? 0,
        deliveryPoint: deliveryPoints.number(of: field["deliveryPoint"].text ?? code),
        dueDay: dueDay(field),
        priority: field["priority"].integer(1...1_000) ?? 1
      )
    )
  }

  private func dueDay(_ field: AwardField) -> Int {
    let date = field["neededBy"]
    let period = field["period"]
    if !date.isAbsent, !period.isAbsent { period.refuse(expected: "nothing, as neededBy is given") }
    if !date.isAbsent {
      if !isDated { date.refuse(expected: "nothing, as the order has no orderDate") }
      return date.day ?? .max
    }
    guard !period.isAbsent else { return .max }
    let names = problem.periods.map(\.name)
    let index: Int? =
      switch period.node {
      case .integer(let number): names.firstIndex(of: String(number))
      case .text(let name): names.firstIndex(of: name)
      default: nil
      }
    guard let index else {
      period.refuse(expected: "one of the periods \(names.joined(separator: ", "))")
      return .max
    }
    return problem.periods[index].lastDay
  }

  private mutating func readOffer(_ field: AwardField) {
    let keys: Set = [
      "capacity", "item", "leadTimeDays", "minimumQuantity", "minimumValue", "multiple", "pack", "price",
      "priceFor", "pricing", "supplier", "tiers",
    ]
    guard field.expectObject(keys), let item = field["item"].requiredText,
      let supplier = field["supplier"].requiredText
    else { return }
    let offer = AwardProblem.Offer(
      item: addItem(item),
      supplier: addSupplier(supplier),
      pack: field["pack"].integer(1...AwardField.largest) ?? 1,
      pricing: field["pricing"].choice(AwardProblem.Offer.Pricing.self) ?? .allUnits,
      tiers: tiers(field),
      priceFor: field["priceFor"].integer(1...AwardField.largest) ?? 1,
      minimumQuantity: field["minimumQuantity"].integer() ?? 0,
      minimumValue: field["minimumValue"].integer(0...1_000_000_000_000_000) ?? 0,
      capacity: capacity(field["capacity"]),
      leadTime: leadTime(field["leadTimeDays"]),
      multiple: field["multiple"].integer(1...AwardField.largest) ?? 1
    )
    check(offer, field)
    problem.offers.append(offer)
  }

  private func leadTime(_ field: AwardField) -> Int {
    let days = field.integer(0...100_000) ?? 0
    if days > 0, !isDated { field.refuse(expected: "0, as the order has no orderDate") }
    return days
  }

  private func tiers(_ field: AwardField) -> [AwardProblem.Offer.Tier] {
    let list = field["tiers"]
    guard !list.isAbsent else {
      let price = field["price"]
      return price.required(price.integer(), "a price in cents, or tiers").map { [.init(from: 0, price: $0)] }
        ?? []
    }
    if !field["price"].isAbsent { field["price"].refuse(expected: "nothing, as tiers are given") }
    var tiers: [AwardProblem.Offer.Tier] = []
    for element in list.elements {
      guard element.expectObject(["from", "price"]), let price = element["price"].requiredInteger() else {
        continue
      }
      let from = element["from"].integer() ?? 0
      if tiers.isEmpty, from > 1 { element["from"].refuse(expected: "0 or 1 in the first tier") }
      if let last = tiers.last, from <= max(1, last.from) {
        element["from"].refuse(expected: "a number above the tier before")
      }
      tiers.append(.init(from: from, price: price))
    }
    if tiers.isEmpty { list.refuse(expected: "at least one tier with from and price") }
    return tiers
  }

  private mutating func check(_ offer: AwardProblem.Offer, _ field: AwardField) {
    if !sold.insert([offer.item, offer.supplier]).inserted {
      field["supplier"].refuse(expected: "one offer for each item and supplier")
    }
    if offer.pack % offer.priceFor != 0 {
      field["priceFor"].refuse(expected: "a divisor of the pack, \(offer.pack)")
    }
    guard offer.pricing == .incremental else { return }
    for (tier, element) in zip(offer.tiers, field["tiers"].elements)
    where tier.unitsBefore % offer.priceFor != 0 {
      element["from"].refuse(expected: "a multiple of priceFor, \(offer.priceFor), plus one")
    }
  }
}

extension AwardFile {
  private static let limitKeys: Set = [
    "maximumQuantity", "maximumValue", "minimumQuantity", "minimumValue",
  ]

  private mutating func readAgreement(_ field: AwardField) {
    let keys = Self.limitKeys.union(["holders", "items", "reference", "rule"])
    guard field.expectObject(keys), let reference = field["reference"].requiredText else { return }
    let rule = field["rule"].choice(AwardProblem.Agreement.Rule.self) ?? .bestOffer
    let named = field["items"].elements.compactMap { element in
      element.text.flatMap { code in known(code, items, element, "an item of the offers or needs") }
    }
    let agreement = AwardProblem.Agreement(
      reference: reference,
      items: field["items"].isAbsent ? Array(problem.items.indices) : named,
      holders: field["holders"].elements.compactMap { holder($0, rule) },
      rule: rule,
      limits: limits(field)
    )
    check(agreement, field)
    problem.agreements.append(agreement)
  }

  private func known(_ code: String, _ names: Names, _ field: AwardField, _ expected: String) -> Int? {
    let index = names.known(code)
    if index == nil { field.refuse(expected: expected) }
    return index
  }

  private func limits(_ field: AwardField) -> AwardProblem.Limits {
    AwardProblem.Limits(
      minimumValue: field["minimumValue"].integer(0...1_000_000_000_000_000),
      maximumValue: field["maximumValue"].integer(0...1_000_000_000_000_000),
      minimumQuantity: field["minimumQuantity"].integer(),
      maximumQuantity: field["maximumQuantity"].integer()
    )
  }

  private func holder(_ field: AwardField, _ rule: AwardProblem.Agreement.Rule) -> AwardProblem.Agreement
    .Holder?
  {
    guard field.expectObject(Self.limitKeys.union(["share", "supplier"])),
      let code = field["supplier"].requiredText,
      let supplier = known(code, suppliers, field["supplier"], "a supplier of the offers")
    else { return nil }
    if rule != .share, !field["share"].isAbsent {
      field["share"].refuse(expected: "nothing, as the rule is \(rule.rawValue)")
    }
    let share = rule == .share ? field["share"].requiredInteger(0...100).map { 10 * $0 } ?? 0 : 0
    return .init(supplier: supplier, share: share, limits: limits(field))
  }

  private func check(_ agreement: AwardProblem.Agreement, _ field: AwardField) {
    let holders = agreement.holders
    if Set(holders.map(\.supplier)).count < holders.count {
      field["holders"].refuse(expected: "each supplier once")
    }
    switch agreement.rule {
    case .bestOffer: break
    case .sole:
      if holders.count != 1 { field["holders"].refuse(expected: "exactly one holder under the rule sole") }
    case .cascade:
      if holders.isEmpty { field["holders"].refuse(expected: "the holders in the order of the cascade") }
    case .share:
      let total = holders.reduce(0) { $0 + $1.share }
      if total != 1000 { field["holders"].refuse(expected: "shares that add up to 100, not \(total / 10)") }
    }
  }
}
