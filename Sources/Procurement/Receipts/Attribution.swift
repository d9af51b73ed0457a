package import Inventory

/// An entry of a receipt at its centre.
struct AttributedEntry: Equatable {
  var line: OrderLine
  var centre: Centre.Code
  var entry: ReceiptRequest.Entry
}

/// Who receives what of a delivery.
///
/// An entry that names its centre is that centre's. Another is shared in whole packs: in proportion to what each centre
/// still waits for, by largest remainder; what comes on top of all that was ordered, in proportion to what each ordered.
/// No centre is so given more than it waits for while another waits. Where a decision promised the line's goods, or the
/// order or its lot has a rule for short deliveries, these say how it is shared.
struct Attribution {
  private var lines: [OrderLine]
  private(set) var sharing: DeliverySharing
  private(set) var entries: [AttributedEntry] = []
  private(set) var findings: [Finding] = []
  /// Where the entries stood, in their order.
  private let rows: [Int?]

  init(_ request: ReceiptRequest, of order: PurchaseOrder, sharing: DeliverySharing = DeliverySharing()) {
    lines = order.lines
    rows = request.entries.map(\.row)
    self.sharing = sharing
    for (number, entry) in zip(1..., request.entries) { attribute(entry, number: number, on: request.day) }
  }

  private mutating func attribute(_ entry: ReceiptRequest.Entry, number: Int, on day: Day) {
    guard let index = lines.firstIndex(where: { $0.number == entry.line }) else {
      return report(number, "line", "\(entry.line)", "a line of the order, 1 to \(lines.count)")
    }
    let before = findings.count
    check(entry, number: number, on: day)
    checkAmount(entry, of: lines[index], number: number)
    guard findings.count == before else { return }
    guard let centre = entry.centre else { return share(entry, ofLineAt: index, number: number) }
    give(entry, to: centre, ofLineAt: index)
  }

  private mutating func check(_ entry: ReceiptRequest.Entry, number: Int, on day: Day) {
    let range = Quantity.zero...Quantity.largest
    for (field, quantity) in [("accepted", entry.accepted), ("refused", entry.refused)]
    where !range.contains(quantity) {
      report(number, field, "\(quantity)", "from 0 to \(Quantity.largest)")
    }
    if entry.accepted == .zero && entry.refused == .zero {
      report(number, "accepted", "0", "something accepted or refused")
    }
    if entry.refused > .zero && (entry.reason ?? "").isEmpty {
      report(number, "reason", "", "why \(entry.refused) units were refused")
    }
    if let expiry = entry.expiry, day > expiry, entry.accepted > .zero {
      report(number, "expiry", "\(expiry)", "a lot not expired on \(day); refuse what is")
    }
    if entry.expiry != nil && (entry.lot ?? "").isEmpty {
      report(number, "lot", "", "the lot that expires on \(entry.expiry.map { "\($0)" } ?? "")")
    }
  }

  /// More than was ordered, in all or by the centre that it came to, takes a reason.
  private mutating func checkAmount(_ entry: ReceiptRequest.Entry, of line: OrderLine, number: Int) {
    guard (entry.reason ?? "").isEmpty else { return }
    if entry.accepted > max(.zero, line.outstanding) {
      report(number, "accepted", "\(entry.accepted)", "at most \(max(.zero, line.outstanding)), or a reason")
    } else if let centre = entry.centre {
      let share = line.shares.first { $0.centre == centre }
      let waits = share?.outstanding(in: line.packUnits) ?? .zero
      if entry.accepted > max(.zero, waits) {
        report(
          number,
          "accepted",
          "\(entry.accepted) at \(centre)",
          "at most \(max(.zero, waits)), or a reason"
        )
      }
    }
  }

  private mutating func share(_ entry: ReceiptRequest.Entry, ofLineAt index: Int, number: Int) {
    let line = lines[index]
    let size = line.packUnits.units
    guard entry.accepted.units.isMultiple(of: size), entry.refused.units.isMultiple(of: size) else {
      let found = "\(entry.accepted) accepted, \(entry.refused) refused"
      return report(number, "centre", found, "whole packs of \(size), or the centre that received them")
    }
    let packs = entry.accepted.units / size
    let accepted =
      sharing.parts(of: packs, of: line, entry: entry, number: number)
      ?? zip(line.shares, line.parts(of: packs)).map { DeliverySharing.Part(centre: $0.centre, packs: $1) }
    let refused = zip(line.shares.map(\.centre), line.parts(of: entry.refused.units / size))
    let strangers = Set(accepted.map(\.centre)).subtracting(line.shares.map(\.centre)).sorted()
    for centre in line.shares.map(\.centre) + strangers {
      let mine = accepted.filter { $0.centre == centre }
      var part = entry
      part.accepted = line.packUnits * mine.reduce(0) { $0 + $1.packs }
      part.refused = line.packUnits * refused.reduce(0) { $1.0 == centre ? $0 + $1.1 : $0 }
      guard part.accepted + part.refused > .zero else { continue }
      if part.refused == .zero && entry.accepted <= line.outstanding { part.reason = nil }
      let sentences = mine.compactMap(\.sentence).joined(separator: " ")
      if part.reason == nil && !sentences.isEmpty { part.reason = sentences }
      give(part, to: centre, ofLineAt: index)
    }
  }

  private mutating func give(_ entry: ReceiptRequest.Entry, to centre: Centre.Code, ofLineAt index: Int) {
    entries.append(AttributedEntry(line: lines[index], centre: centre, entry: entry))
    if let position = lines[index].shares.firstIndex(where: { $0.centre == centre }) {
      lines[index].shares[position].received += entry.accepted
    } else {
      lines[index].shares.append(OrderShare(centre: centre, packs: 0, cost: .zero, received: entry.accepted))
    }
  }

  private mutating func report(_ number: Int, _ field: String, _ found: String, _ expected: String) {
    let row = rows[number - 1] ?? number
    findings.append(Finding(line: row, field: field, found: found, expected: expected))
  }
}

extension OrderShare {
  /// Base units that the centre still waits for; negative where it has more than its share.
  package func outstanding(in packUnits: Quantity) -> Quantity { packUnits * packs - received }
}

extension OrderLine {
  /// Whole packs for each share, in the shares' order.
  func parts(of packs: Int64) -> [Int64] {
    let waiting = shares.map { share in
      max(0, share.outstanding(in: packUnits).packs(of: packUnits, rounding: .down))
    }
    let waited = waiting.reduce(0, +)
    if packs <= waited { return split(packs, inProportionTo: waiting) }
    return zip(waiting, split(packs - waited, inProportionTo: shares.map(\.packs))).map { $0 + $1 }
  }
}
