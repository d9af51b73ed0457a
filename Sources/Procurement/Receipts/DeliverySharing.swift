import Inventory
import Planning

/// How what came of an order is shared where the delivery note names no centre: first what decisions promised, then
/// by the rule of the order or its lot. Pure: it is given every figure that it uses.
struct DeliverySharing {
  /// What one centre gets, in packs, and why.
  struct Part: Equatable {
    var centre: Centre.Code
    var packs: Int64
    var sentence: String?
  }

  var promises: [Promise] = []
  var rule: AllocationRule?
  /// Stock, use and terms by item and centre; need and floor are set for each delivery.
  var claims: [Item.SKU: [Centre.Code: AllocationRequest.Claim]] = [:]
  /// The receipt's own words for the keys of its decisions, and the day of its figures.
  var document = ""
  var day = Day(rawValue: 0)
  /// What was decided on the way, to be kept with the receipt.
  private(set) var decisions: [AllocationRequest] = []

  init(promises: [Promise] = [], rule: AllocationRule? = nil) {
    self.promises = promises
    self.rule = rule
  }

  func governs(_ line: OrderLine) -> Bool {
    rule != nil || promises.contains { $0.line == line.number && $0.outstanding > .zero }
  }

  /// The parts of some packs of a line; nil where neither a promise nor a rule says how, so that the order's shares do.
  mutating func parts(of packs: Int64, of line: OrderLine, entry: ReceiptRequest.Entry, number: Int)
    -> [Part]?
  {
    guard governs(line), packs > 0 else { return nil }
    var parts: [Part] = []
    var left = packs
    func given(to centre: Centre.Code) -> Int64 {
      parts.reduce(0) { $1.centre == centre ? $0 + $1.packs : $0 }
    }
    func add(_ more: [Part]) {
      parts += more.filter { $0.packs > 0 }
      left -= more.reduce(0) { $0 + $1.packs }
    }
    let round = Round(line: line, entry: entry, key: "\(document)/\(number)")
    if let first = promises.first(where: { $0.line == line.number && $0.outstanding > .zero }) {
      add(share(left, among: promised(on: line, reserve: false), by: first.rule, in: round, step: "promised"))
      add(share(left, among: promised(on: line, reserve: true), by: nil, in: round, step: "reserve"))
      keep(parts, of: line)
    }
    func waiting() -> [Centre.Code: Int64] {
      line.shares.reduce(into: [:]) { waiting, share in
        let packs = share.outstanding(in: line.packUnits).packs(of: line.packUnits, rounding: .down)
        waiting[share.centre] = max(0, packs - given(to: share.centre))
      }
    }
    add(share(left, among: waiting(), by: rule, in: round, step: "rule"))
    // What the rule leaves over, because a centre uses none, still belongs to those who ordered it.
    add(share(left, among: waiting(), by: nil, in: round, step: "rest"))
    let rest = split(left, inProportionTo: line.shares.map(\.packs))
    add(zip(line.shares, rest).map { Part(centre: $0.centre, packs: $1, sentence: nil) })
    return parts
  }

  private struct Round {
    var line: OrderLine
    var entry: ReceiptRequest.Entry
    var key: String
  }

  /// The floor that a decision gave a centre and that is still promised to it.
  private func guaranteed(to centre: Centre.Code, of line: OrderLine) -> Quantity {
    promises.filter { $0.line == line.number && $0.centre == centre && $0.outstanding > .zero }
      .map(\.floor).max() ?? .zero
  }

  private func promised(on line: OrderLine, reserve: Bool) -> [Centre.Code: Int64] {
    promises.filter { $0.line == line.number && $0.isReserve == reserve }.reduce(into: [:]) {
      $0[$1.centre, default: 0] += $1.outstanding.packs(of: line.packUnits, rounding: .down)
    }
  }

  /// Everyone's need where it suffices; otherwise by the rule, or in proportion where there is none or it lacks a figure.
  private mutating func share(
    _ packs: Int64,
    among needs: [Centre.Code: Int64],
    by rule: AllocationRule?,
    in round: Round,
    step: String
  ) -> [Part] {
    let needs = needs.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    let wanted = needs.reduce(0) { $0 + $1.value }
    guard packs > 0, wanted > 0 else { return [] }
    if packs >= wanted { return needs.map { Part(centre: $0.key, packs: $0.value, sentence: nil) } }
    guard let rule else {
      return zip(needs, split(packs, inProportionTo: needs.map(\.value))).map {
        Part(centre: $0.key, packs: $1, sentence: "In proportion to what each waits for.")
      }
    }
    let request = request(packs, among: needs, by: rule, in: round, step: step)
    guard let shared = try? request.share() else {
      let why = "In proportion to what each waits for: the rule \(rule.rawValue) lacks a figure."
      return zip(needs, split(packs, inProportionTo: needs.map(\.value))).map {
        Part(centre: $0.key, packs: $1, sentence: why)
      }
    }
    decisions.append(request)
    return request.centres.compactMap { claim in
      shared.totals.first { $0.centre == claim.centre.rawValue }.map { total in
        let packs = Int64(total.quantity) / round.line.packUnits.units
        claims[request.item]?[claim.centre]?.stock += Quantity(Int64(total.quantity))
        return Part(
          centre: claim.centre,
          packs: packs,
          sentence: "\(rule.rawValue): \(total.reason.sentence)"
        )
      }
    }
  }

  private func request(
    _ packs: Int64,
    among needs: [(key: Centre.Code, value: Int64)],
    by rule: AllocationRule,
    in round: Round,
    step: String
  ) -> AllocationRequest {
    let size = round.line.packUnits
    var request = AllocationRequest(
      key: "\(round.key)/\(step)",
      item: round.line.item,
      rule: rule,
      packUnits: size,
      supply: size * packs,
      reason: "\(document) came short",
      centres: needs.map { centre, packs in
        let known = claims[round.line.item]?[centre]
        return AllocationRequest.Claim(
          centre: centre,
          stock: known?.stock ?? .zero,
          use: known?.use ?? .unknown,
          need: size * packs,
          baseline: known?.baseline,
          floor: min(size * packs, max(known?.floor ?? .zero, guaranteed(to: centre, of: round.line))),
          priority: known?.priority ?? 1
        )
      },
      day: day
    )
    request.capAtBaseline = false
    request.deliveries = [
      AllocationProblem.Delivery(
        day: Int(day.rawValue),
        quantity: Int(request.supply.units),
        expiry: round.entry.expiry.map { Int($0.rawValue) }
      )
    ]
    return request
  }

  /// What was promised and is given now is promised no more.
  private mutating func keep(_ parts: [Part], of line: OrderLine) {
    var came = parts.reduce(into: [Centre.Code: Quantity]()) {
      $0[$1.centre, default: .zero] += line.packUnits * $1.packs
    }
    for index in promises.indices where promises[index].line == line.number {
      let kept = min(promises[index].outstanding, came[promises[index].centre] ?? .zero)
      promises[index].outstanding = promises[index].outstanding - kept
      came[promises[index].centre, default: .zero] -= kept
    }
  }
}
