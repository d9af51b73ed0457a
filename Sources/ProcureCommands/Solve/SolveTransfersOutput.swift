import Planning
import Tabular

/// Transfers as a buyer reads them.
enum TransfersTable {
  static func lines(_ plan: TransferPlan) -> TextTable {
    var table = TextTable([
      .init("from"), .init("to"), .init("lot"), .init("expires"), .init("packs", .right),
      .init("quantity", .right), .init("arrives"), .init("why"),
    ])
    for line in plan.lines {
      table.add(
        line.from,
        line.to,
        line.lot,
        Figure.day(line.expiry),
        "\(line.packs)",
        "\(line.quantity)",
        Figure.day(line.arrives),
        line.reason
      )
    }
    return table
  }

  static func centres(_ plan: TransferPlan) -> TextTable {
    var table = TextTable([
      .init("centre"), .init("gives", .right), .init("gets", .right), .init("short before", .right),
      .init("after", .right), .init("runs out before"), .init("after"), .init("expires before", .right),
      .init("after", .right), .init("lowest stock", .right),
    ])
    for centre in plan.centres {
      table.add(
        centre.centre,
        "\(centre.given)",
        "\(centre.received)",
        "\(centre.before.shortage)",
        "\(centre.after.shortage)",
        Figure.day(centre.before.firstShortDay),
        Figure.day(centre.after.firstShortDay),
        "\(centre.before.expired)",
        "\(centre.after.expired)",
        "\(centre.after.lowest)"
      )
    }
    return table
  }

  static func outlook(_ plan: TransferPlan) -> TextTable {
    var table = TextTable([
      .init(""), .init("doing nothing", .right), .init("with transfers", .right), .init("avoided", .right),
      .init("at best", .right),
    ])
    let best: [KeyPath<TransferPlan.Outlook, Int>: String] = [
      \.shortage: "\(plan.leastShortage)", \.expired: "\(plan.leastExpired)",
      \.cost: Figure.euros(plan.bound),
    ]
    let rows: [(String, KeyPath<TransferPlan.Outlook, Int>, (Int) -> String)] = [
      ("centres that run out", \.centresShort, { "\($0)" }),
      ("days of stock-out", \.stockOutDays, { "\($0)" }),
      ("units short", \.shortage, { "\($0)" }),
      ("units expired", \.expired, { "\($0)" }),
      ("transport, euros", \.transport, Figure.euros),
      ("cost in all, euros", \.cost, Figure.euros),
    ]
    for (title, path, shown) in rows {
      let (before, after) = (plan.doingNothing[keyPath: path], plan.outlook[keyPath: path])
      table.add(title, shown(before), shown(after), shown(before - after), best[path] ?? "")
    }
    return table
  }

  static func sentence(_ plan: TransferPlan) -> String {
    [cost(plan), proof(plan)].compactMap(\.self).joined(separator: " ")
  }

  private static func cost(_ plan: TransferPlan) -> String {
    let cost = "The plan costs \(Figure.euros(plan.outlook.cost)) euros in all"
    if plan.isProvenOptimal { return cost + ", and no plan costs less (proven)." }
    return cost + ", at most \(Figure.euros(plan.gap)) above the cheapest: no plan costs less than "
      + "\(Figure.euros(plan.bound))."
  }

  /// What is proven of the stock-outs and expiries by themselves; nil where there are none to avoid.
  private static func proof(_ plan: TransferPlan) -> String? {
    let (before, after) = (plan.doingNothing, plan.outlook)
    guard before.shortage + before.expired > 0 else { return nil }
    let short = sentence("units short", before.shortage, after.shortage, least: plan.leastShortage)
    let expired = sentence("units expired", before.expired, after.expired, least: plan.leastExpired)
    return [short, expired].compactMap(\.self).joined(separator: " ")
  }

  private static func sentence(_ what: String, _ before: Int, _ after: Int, least: Int) -> String? {
    guard before > 0 else { return nil }
    let avoided = "It avoids \(before - after) of \(before) \(what)"
    return after <= least
      ? "\(avoided); no transfers avoid more, whatever they cost (proven)."
      : "\(avoided); no transfers avoid more than \(before - least), whatever they cost."
  }
}

/// Transfers as a program reads them. Money is in cents.
struct TransfersAnswer: Encodable, Equatable {
  struct Line: Encodable, Equatable {
    var from: String
    var to: String
    var lot: String
    var expiry: String?
    var packs: Int
    var quantity: Int
    var departs: String
    var arrives: String
    var avoidedShortage: Int
    var avoidedExpiry: Int
    var explanation: String
  }

  struct Outlook: Encodable, Equatable {
    var centresShort: Int
    var stockOutDays: Int
    var shortage: Int
    var expired: Int
    var transport: Int
    var cost: Int
  }

  struct State: Encodable, Equatable {
    var shortage: Int
    var expired: Int
    var firstShortDay: String?
    var lowest: Int
  }

  struct Centre: Encodable, Equatable {
    var centre: String
    var given: Int
    var received: Int
    var before: State
    var after: State
  }

  var transfers: [Line]
  var centres: [Centre]
  var doingNothing: Outlook
  var withTransfers: Outlook
  var bound: Int
  var gap: Int
  var provenOptimal: Bool
  /// No transfers leave fewer units short or let fewer expire, whatever they cost.
  var leastShortage: Int
  var leastExpired: Int
  /// Who takes no part, or gives nothing, and why; nil for a file, in which everyone takes part.
  var leftOut: [LeftOut]?

  struct LeftOut: Encodable, Equatable {
    var centre: String
    var why: String
  }
}

extension TransfersAnswer {
  init(_ plan: TransferPlan, leftOut: [LeftOut]? = nil) {
    self.leftOut = leftOut
    (leastShortage, leastExpired) = (plan.leastShortage, plan.leastExpired)
    transfers = plan.lines.map(Line.init)
    centres = plan.centres.map {
      Centre(
        centre: $0.centre,
        given: $0.given,
        received: $0.received,
        before: State($0.before),
        after: State($0.after)
      )
    }
    (doingNothing, withTransfers) = (Outlook(plan.doingNothing), Outlook(plan.outlook))
    (bound, gap, provenOptimal) = (plan.bound, plan.gap, plan.isProvenOptimal)
  }
}

extension TransfersAnswer.Line {
  fileprivate init(_ line: TransferPlan.Line) {
    (from, to, lot, packs, quantity) = (line.from, line.to, line.lot, line.packs, line.quantity)
    (departs, arrives) = (Figure.day(line.departs), Figure.day(line.arrives))
    expiry = line.expiry.map { Figure.day($0) }
    (avoidedShortage, avoidedExpiry) = (line.avoidedShortage, line.avoidedExpiry)
    explanation = line.reason
  }
}

extension TransfersAnswer.Outlook {
  fileprivate init(_ outlook: TransferPlan.Outlook) {
    (centresShort, stockOutDays) = (outlook.centresShort, outlook.stockOutDays)
    (shortage, expired) = (outlook.shortage, outlook.expired)
    (transport, cost) = (outlook.transport, outlook.cost)
  }
}

extension TransfersAnswer.State {
  fileprivate init(_ state: TransferPlan.Consequence) {
    (shortage, expired, lowest) = (state.shortage, state.expired, state.lowest)
    firstShortDay = state.firstShortDay.map { Figure.day($0) }
  }
}
