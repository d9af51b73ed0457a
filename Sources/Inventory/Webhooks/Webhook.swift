import Storage

/// An address of another system that is told what happens here.
package struct Webhook: Equatable, Sendable, Encodable {
  package typealias ID = Inventory.ID<Webhook>
  package typealias Name = Inventory.Code<Webhook>

  package let id: ID
  package let name: Name
  package let url: String
  /// The nouns of the log that it is told of: `alert`, `order`.
  package let types: [String]
  package let madeAt: Instant
  /// Nil while it is told of things.
  package let pausedAt: Instant?

  /// What can be told: never users and tokens.
  package static let types: Set = [
    "access", "agreement", "alert", "allocation", "campaign", "equipment", "innovation", "lot", "order",
    "plan", "report",
    "rollout", "supplier", "survey", "transfer",
  ]
}

/// What an administrator says of a new webhook.
package struct WebhookDraft: Sendable {
  package var name: Webhook.Name
  package var url: String
  package var types: [String]
  /// What deliveries are signed with.
  package var secret: String

  package init(name: Webhook.Name, url: String, types: [String], secret: String) {
    (self.name, self.url, self.types, self.secret) = (name, url, types, secret)
  }

  /// - Throws: `WebhookError.invalid` with everything that is wrong.
  func check() throws(WebhookError) {
    var findings: [Finding] = []
    let isAddress =
      (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.count <= 1_000
      && url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    let host = url.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
    if !isAddress {
      findings.append(
        Finding(line: nil, field: "url", found: url, expected: "an address that begins with https://")
      )
    } else if host.contains("@") {
      let expected = "an address without a name and a password, which every reader of the list would see"
      findings.append(Finding(line: nil, field: "url", found: "…@…", expected: expected))
    }
    if types.isEmpty {
      findings.append(Finding(line: nil, field: "type", found: "", expected: "at least one"))
    }
    for type in types where !Webhook.types.contains(type) {
      let known = Webhook.types.sorted().joined(separator: ", ")
      findings.append(Finding(line: nil, field: "type", found: type, expected: "one of \(known)"))
    }
    if !findings.isEmpty { throw .invalid(findings) }
  }
}

/// One thing that is told to one webhook, until it was taken.
package struct WebhookDelivery: Equatable, Sendable, Encodable {
  package typealias ID = Inventory.ID<WebhookDelivery>

  package enum State: String, CaseIterable, Codable, Storable, Sendable {
    /// To be sent, at once or again.
    case waiting
    case delivered
    /// Given up after the last attempt.
    case failed
  }

  package let id: ID
  package let webhook: Webhook.Name
  /// What it tells of: `alert.raise`.
  package let event: String
  package let subject: String
  package let state: State
  package let attempts: Int64
  package let madeAt: Instant
  /// When it is sent next; nil where it is not.
  package let dueAt: Instant?
  package let doneAt: Instant?
  /// The status of the last answer; nil where there was none.
  package let status: Int64?
  /// What went wrong the last time.
  package let problem: String?

  /// Milliseconds from one attempt to the next, as Standard Webhooks 1.0 proposes: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20
  /// and 24 hours.
  package static let pauses: [Int64] = [
    5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
  ]
  /// How long a delivery is known after its end.
  package static let lifetime: Int64 = 30 * 86_400_000
}

package enum WebhookError: DomainError, Equatable {
  case noSuchWebhook(String)
  case noSuchDelivery(Int64)
  case nameTaken(String)
  case invalid([Finding])

  package var kind: ErrorKind {
    switch self {
    case .noSuchWebhook, .noSuchDelivery: .notFound
    case .nameTaken: .conflict
    case .invalid: .invalid
    }
  }

  package var code: String {
    switch self {
    case .noSuchWebhook: "webhook.not-found"
    case .noSuchDelivery: "webhook.delivery-not-found"
    case .nameTaken: "webhook.name-taken"
    case .invalid: "webhook.invalid"
    }
  }

  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }

  package var description: String {
    switch self {
    case .noSuchWebhook(let name): "there is no webhook \(name)"
    case .noSuchDelivery(let delivery): "there is no delivery \(delivery)"
    case .nameTaken(let name): "there is a webhook \(name) already"
    case .invalid: "the webhook cannot be made so"
    }
  }
}
