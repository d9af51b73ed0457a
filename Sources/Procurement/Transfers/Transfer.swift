package import Inventory

/// Stock of one item that goes from one centre to another, by lot, with proof of its receipt.
package struct Transfer: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Transfer>
  /// `TR-2026-00042`.
  package typealias Number = Inventory.Code<Transfer>

  package let id: ID
  package var number: Number
  package var from: Centre.Code
  package var to: Centre.Code
  package var item: Item.SKU
  package var quantity: Quantity
  /// What must stay usable at the donor.
  package var keep: Quantity
  package var state: State
  package var proposedOn: Day
  package var sentOn: Day?
  package var receivedOn: Day?
  package var reason: String
  /// By expiry, first to last; empty until it is sent.
  package var lots: [LotPart]

  package enum State: String, CaseIterable, Codable, Sendable {
    case proposed, agreed, sent, received, cancelled
  }

  package enum Step: String, Sendable { case agree, send, receive, cancel }

  /// How much of a lot went, and how much of it arrived.
  package struct LotPart: Equatable, Sendable, Codable {
    package var lot: String
    package var expiry: Day?
    package var sent: Quantity
    /// Nil until it is received.
    package var received: Quantity?
    /// Why less arrived than was sent.
    package var reason: String?
  }
}

extension Transfer.State {
  /// The diagram: proposed → agreed → sent → received; cancelled until it is sent.
  package func after(_ step: Transfer.Step, of number: Transfer.Number) throws(TransferError) -> Self {
    switch (self, step) {
    case (.proposed, .agree): .agreed
    case (.agreed, .send): .sent
    case (.sent, .receive): .received
    case (.proposed, .cancel), (.agreed, .cancel): .cancelled
    case (.proposed, _), (.agreed, _), (.sent, _), (.received, _), (.cancelled, _):
      throw .notAllowed(step.rawValue, number, self)
    }
  }
}

package enum TransferError: DomainError, Equatable {
  case noSuchTransfer(String)
  case notAllowed(String, Transfer.Number, Transfer.State)
  case nothingToSend
  case keepsLessThanNothing(Quantity)
  case toItself(Centre.Code)
  /// The donor would keep less than it must.
  case donorTooLow(Centre.Code, usable: Quantity, keep: Quantity, asked: Quantity)
  case keyDiffers(String, Transfer.Number)
  case receiptInvalid([Finding])
  case planInvalid([Finding])
  case receiptDiffers(Transfer.Number)

  package var kind: ErrorKind {
    switch self {
    case .noSuchTransfer: .notFound
    case .notAllowed, .keyDiffers, .receiptDiffers: .conflict
    case .nothingToSend, .keepsLessThanNothing, .toItself, .receiptInvalid, .planInvalid: .invalid
    case .donorTooLow: .limit
    }
  }
  package var code: String {
    switch self {
    case .noSuchTransfer: "transfer.not-found"
    case .notAllowed: "transfer.step-not-allowed"
    case .nothingToSend: "transfer.nothing-to-send"
    case .keepsLessThanNothing: "transfer.keep-negative"
    case .toItself: "transfer.to-itself"
    case .donorTooLow: "transfer.donor-too-low"
    case .keyDiffers: "transfer.key-differs"
    case .receiptInvalid: "transfer.receipt-invalid"
    case .planInvalid: "transfer.plan-invalid"
    case .receiptDiffers: "transfer.receipt-differs"
    }
  }
  package var findings: [Finding] {
    switch self {
    case .receiptInvalid(let findings), .planInvalid(let findings): findings
    default: []
    }
  }
  package var description: String {
    switch self {
    case .noSuchTransfer(let number): "no transfer “\(number)”"
    case .notAllowed(let step, let number, let state):
      "transfer \(number) is \(state.rawValue): it cannot take the step “\(step)”"
    case .nothingToSend: "a transfer moves at least one unit"
    case .keepsLessThanNothing(let keep): "the donor must keep 0 units or more, found \(keep)"
    case .toItself(let centre): "\(centre) cannot send to itself"
    case .donorTooLow(let centre, let usable, let keep, let asked):
      "\(centre) has \(usable) usable and must keep \(keep): it cannot give \(asked)"
    case .keyDiffers(let key, let number):
      "the key “\(key)” was used for transfer \(number), which says something else"
    case .planInvalid: "the transfers cannot be planned as it is asked"
    case .receiptInvalid: "the receipt does not fit what was sent; nothing was taken"
    case .receiptDiffers(let number): "transfer \(number) was received already, with other figures"
    }
  }
}
