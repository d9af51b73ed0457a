/// Why a change of stock is refused.
package enum StockError: DomainError, Equatable {
  case insufficient([Shortfall])
  /// Less can be issued than is asked for: what is on hand is held, expired or used later.
  case notUsable(item: Item.SKU, asked: Quantity, usable: Quantity)
  case wrongSign(reason: MovementReason, quantity: Quantity)
  case nothingToReverse(document: String)
  case noSuchLot(item: Item.SKU, number: String)
  case lotExpiryDiffers(item: Item.SKU, number: String, known: Day?, given: Day)
  case lotNumberInvalid(String)
  case notHeld(item: Item.SKU, number: String)
  case reportInvalid([Finding], more: Int)
  /// Lines of a report speak of centres that are not the sender's.
  case foreignCentres([Finding], more: Int)
  case reportDiffers(centre: Centre.Code, key: String, [Finding])
  /// Two lines of a report speak of one lot.
  case linesRepeat
  case noSuchReport(centre: Centre.Code, key: String)
  case alreadyCorrected(centre: Centre.Code, key: String, by: String)

  package var kind: ErrorKind {
    switch self {
    case .insufficient, .notUsable: .limit
    case .wrongSign, .lotNumberInvalid, .reportInvalid, .linesRepeat: .invalid
    case .foreignCentres: .forbidden
    case .noSuchLot, .noSuchReport: .notFound
    case .nothingToReverse, .lotExpiryDiffers, .notHeld, .reportDiffers, .alreadyCorrected: .conflict
    }
  }

  package var code: String {
    switch self {
    case .insufficient: "stock.insufficient"
    case .notUsable: "stock.not-usable"
    case .wrongSign: "stock.wrong-sign"
    case .nothingToReverse: "stock.nothing-to-reverse"
    case .noSuchLot: "lot.not-found"
    case .lotExpiryDiffers: "lot.expiry-differs"
    case .lotNumberInvalid: "lot.number-invalid"
    case .notHeld: "lot.not-held"
    case .reportInvalid: "stock.report-invalid"
    case .foreignCentres: "access.centre"
    case .reportDiffers: "stock.report-differs"
    case .linesRepeat: "stock.lines-repeat"
    case .noSuchReport: "stock.report-not-found"
    case .alreadyCorrected: "stock.report-already-corrected"
    }
  }

  package var findings: [Finding] {
    switch self {
    case .reportInvalid(let findings, _), .foreignCentres(let findings, _),
      .reportDiffers(_, _, let findings):
      findings
    case .insufficient(let shortfalls):
      shortfalls.map { shortfall in
        Finding(
          field: "\(shortfall.centre)/\(shortfall.item)/\(shortfall.lot)",
          found: "\(shortfall.missing) too many\(shortfall.day.map { " on \($0)" } ?? "")",
          expected: "no more than the stock"
        )
      }
    default: []
    }
  }
}

extension StockError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .insufficient(let shortfalls):
      "the stock would fall below zero: \(shortfalls.prefix(3).map(\.description).joined(separator: "; "))"
        + (shortfalls.count > 3 ? "; and \(shortfalls.count - 3) more" : "")
    case .notUsable(let item, let asked, let usable):
      "\(item): \(asked) asked for, \(usable) usable (in date, not held and not used on a later day)"
    case .wrongSign(let reason, let quantity):
      "a movement of \(quantity) cannot be a \(reason.rawValue)"
    case .nothingToReverse(let document): "“\(document)” moved no stock that is not reversed already"
    case .noSuchLot(let item, let number): "\(item) has no lot “\(number)”"
    case .lotExpiryDiffers(let item, let number, let known, let given):
      "lot \(number) of \(item) expires \(known.map { "on \($0)" } ?? "never") by what is known, on \(given) by this"
    case .lotNumberInvalid(let number): "“\(number)” is no lot number; expected \(Lot.numberExpectation)"
    case .notHeld(let item, let number): "lot \(number) of \(item) is not held there"
    case .reportInvalid(let findings, let more):
      "\(findings.count + more) thing\(findings.count + more == 1 ? "" : "s") wrong in the report; nothing was taken"
    case .foreignCentres(let findings, let more):
      "\(findings.count + more) line\(findings.count + more == 1 ? "" : "s") of another centre than yours; nothing was taken"
    case .reportDiffers(let centre, let key, _):
      "\(centre) sent another report “\(key)” before; send a correction of it, or use another key"
    case .linesRepeat: "two lines of the report speak of the same lot of the same item; expected each once"
    case .noSuchReport(let centre, let key): "\(centre) sent no report “\(key)”"
    case .alreadyCorrected(let centre, let key, let correction):
      "report “\(key)” of \(centre) was corrected by “\(correction)”; correct that one"
    }
  }
}
