import Planning
import Tabular

/// An allocation as a buyer reads it.
struct AllocationTable {
  private let allocation: Allocation

  init(_ allocation: Allocation) { self.allocation = allocation }

  var table: TextTable {
    var table = TextTable(
      [.init("centre"), .init("asked", .right), .init("baseline", .right)]
        + (isDated ? allocation.shares.map { .init(Figure.day($0.delivery.day), .right) } : [])
        + [
          .init("got", .right), .init("short", .right), .init("days before", .right),
          .init("days after", .right), .init("why"),
        ]
    )
    for (index, total) in allocation.totals.enumerated() {
      let dated = allocation.shares.map { "\($0.lines[index].quantity)" }
      table.rows.append(
        [total.centre, Figure.count(total.asked), Figure.count(total.baseline)] + (isDated ? dated : [])
          + [
            "\(total.quantity)", Figure.count(total.short), Figure.days(total.coverBefore),
            Figure.days(total.coverAfter), total.reason.sentence,
          ]
      )
    }
    return table
  }

  private var isDated: Bool { allocation.shares.count > 1 }

  var sentences: [String] {
    let supply = allocation.allocated + allocation.reserve + allocation.unallocated
    return [
      "Rule \(allocation.rule.rawValue): \(allocation.allocated) of \(supply) shared in packs of "
        + "\(allocation.packSize), \(allocation.reserve) kept in reserve, \(allocation.unallocated) not shared."
    ]
  }

  /// What each centre gets under each rule.
  static func comparison(_ allocations: [Allocation]) -> TextTable {
    side(allocations, first: "got under") { "\($0.quantity)" }
  }

  /// What each centre goes without under each rule.
  static func losses(_ allocations: [Allocation]) -> TextTable {
    side(allocations, first: "short under") { Figure.count($0.short) }
  }

  private static func side(
    _ allocations: [Allocation],
    first title: String,
    cell: (Allocation.Total) -> String
  ) -> TextTable {
    var table = TextTable(
      [.init(title)] + allocations.map { .init($0.rule.rawValue, .right) }
    )
    for (index, total) in (allocations.first?.totals ?? []).enumerated() {
      table.rows.append([total.centre] + allocations.map { cell($0.totals[index]) })
    }
    table.rows.append(["lowest days of cover"] + allocations.map { Figure.days($0.lowestCover) })
    return table
  }
}

/// An allocation as a program reads it.
struct AllocationAnswer: Encodable, Equatable {
  struct Line: Encodable, Equatable {
    var centre: String
    var packs: Int
    var quantity: Int
    /// In packs, as a reduced fraction.
    var exactShare: String?
    var coverBefore: Double?
    var coverAfter: Double?
    var reason: String
    var explanation: String
  }

  struct Delivery: Encodable, Equatable {
    var day: String
    var quantity: Int
    var lines: [Line]
    var reserve: Int
    var unallocated: Int
  }

  struct Centre: Encodable, Equatable {
    var centre: String
    var asked: Int?
    var baseline: Int?
    var need: Int?
    var quantity: Int
    var short: Int?
    var coverBefore: Double?
    var coverAfter: Double?
    var reason: String
    var explanation: String
  }

  struct Compared: Encodable, Equatable {
    struct Share: Encodable, Equatable {
      var centre: String
      var quantity: Int
      var short: Int?
      var coverAfter: Double?
    }

    var rule: String
    var centres: [Share]
    var unallocated: Int
    var lowestCover: Double?
  }

  var rule: String
  var packSize: Int
  var allocated: Int
  var reserve: Int
  var unallocated: Int
  var lowestCover: Double?
  var centres: [Centre]
  var deliveries: [Delivery]
  var comparison: [Compared]
}

extension AllocationAnswer {
  init(_ allocation: Allocation, comparison: [Allocation]) {
    rule = allocation.rule.rawValue
    packSize = allocation.packSize
    (allocated, reserve, unallocated) = (allocation.allocated, allocation.reserve, allocation.unallocated)
    lowestCover = Figure.number(allocation.lowestCover)
    centres = allocation.totals.map(Centre.init)
    deliveries = allocation.shares.map(Delivery.init)
    self.comparison = comparison.map(Compared.init)
  }
}

extension AllocationAnswer.Centre {
  init(_ total: Allocation.Total) {
    (centre, asked, baseline, need) = (total.centre, total.asked, total.baseline, total.need)
    (quantity, short) = (total.quantity, total.short)
    (coverBefore, coverAfter) = (Figure.number(total.coverBefore), Figure.number(total.coverAfter))
    (reason, explanation) = (total.reason.code, total.reason.sentence)
  }
}

extension AllocationAnswer.Delivery {
  init(_ share: Allocation.Share) {
    (day, quantity) = (Figure.day(share.delivery.day), share.delivery.quantity)
    (reserve, unallocated) = (share.reserve, share.unallocated)
    lines = share.lines.map { line in
      .init(
        centre: line.centre,
        packs: line.packs,
        quantity: line.quantity,
        exactShare: line.exactShare?.description,
        coverBefore: Figure.number(line.coverBefore),
        coverAfter: Figure.number(line.coverAfter),
        reason: line.reason.code,
        explanation: line.reason.sentence
      )
    }
  }
}

extension AllocationAnswer.Compared {
  init(_ allocation: Allocation) {
    rule = allocation.rule.rawValue
    unallocated = allocation.unallocated
    lowestCover = Figure.number(allocation.lowestCover)
    centres = allocation.totals.map {
      .init(
        centre: $0.centre,
        quantity: $0.quantity,
        short: $0.short,
        coverAfter: Figure.number($0.coverAfter)
      )
    }
  }
}
