import Inventory

extension PurchaseOrder {
  package enum State: String, CaseIterable, Codable, Sendable {
    case draft, approved, sent, acknowledged
    case partlyReceived = "partly_received"
    case received, closed, cancelled
  }

  /// What can happen to an order.
  package enum Step: Equatable, Sendable {
    case approve, send, acknowledge
    /// Goods came in; `complete` where every line is now there in full.
    case receive(complete: Bool)
    case close, cancel

    package var name: String {
      switch self {
      case .approve: "approve"
      case .send: "send"
      case .acknowledge: "acknowledge"
      case .receive: "receive"
      case .close: "close"
      case .cancel: "cancel"
      }
    }
  }
}

extension PurchaseOrder.State {
  /// The diagram: draft → approved → sent → acknowledged → partly received → received → closed.
  ///
  /// A supplier may deliver without acknowledging. What was partly received may be closed short. Until something came
  /// in, the order may be cancelled. What came in complete may still be followed by more, with a reason.
  package func after(_ step: PurchaseOrder.Step, of order: PurchaseOrder.Number) throws(OrderError) -> Self {
    switch (self, step) {
    case (.draft, .approve): .approved
    case (.approved, .send): .sent
    case (.sent, .acknowledge): .acknowledged
    case (.sent, .receive(let complete)), (.acknowledged, .receive(let complete)),
      (.partlyReceived, .receive(let complete)):
      complete ? .received : .partlyReceived
    case (.received, .receive): .received
    case (.partlyReceived, .close), (.received, .close): .closed
    case (.draft, .cancel), (.approved, .cancel), (.sent, .cancel), (.acknowledged, .cancel): .cancelled
    case (.draft, _), (.approved, _), (.sent, _), (.acknowledged, _), (.partlyReceived, _), (.received, _),
      (.closed, _), (.cancelled, _):
      throw .notAllowed(step.name, order, self)
    }
  }

  /// The words that a person reads.
  package var title: String { rawValue.replacing("_", with: " ") }
}
