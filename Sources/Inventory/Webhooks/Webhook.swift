import Foundation
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

  /// - Parameter allowsPlain: whether an address over plain HTTP is taken.
  /// - Throws: `WebhookError.invalid` with everything that is wrong.
  func check(allowsPlain: Bool) throws(WebhookError) {
    var findings: [Finding] = []
    if let (found, expected) = addressMistake(allowsPlain: allowsPlain) {
      findings.append(Finding(line: nil, field: "url", found: found, expected: expected))
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

  /// What is wrong with the address, without the name and password that it may hold; nil for one that can be called.
  private func addressMistake(allowsPlain: Bool) -> (found: String, expected: String)? {
    let schemes = allowsPlain ? ["https", "http"] : ["https"]
    guard url.utf8.count <= 1_000, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let parts = URLComponents(string: url), let scheme = parts.scheme, ["https", "http"].contains(scheme),
      url.hasPrefix("\(scheme)://")
    else { return (url, "an address that begins with https://") }
    let authority = url.dropFirst(scheme.utf8.count + 3).prefix { !"/?#".contains($0) }
    if authority.contains("@") {
      return ("…@…", "an address without a name and a password, which every reader of the list would see")
    }
    guard schemes.contains(scheme) else {
      return (url, "an address over https: this server sends nothing over plain HTTP")
    }
    guard let host = parts.host, !host.isEmpty else { return (url, "an address with the name of a host") }
    let port = authority.split(separator: "]", omittingEmptySubsequences: false).last?
      .split(separator: ":", omittingEmptySubsequences: false).dropFirst().last
    if let port, !(Int(port).map { (1...65_535).contains($0) } ?? false) {
      return (url, "a port from 1 to 65535")
    }
    return nil
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
