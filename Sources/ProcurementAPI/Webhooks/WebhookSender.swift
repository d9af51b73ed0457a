import AsyncHTTPClient
import Crypto
import Foundation
import Inventory
import NIOCore
import NIOHTTP1

/// Sends one delivery, signed as Standard Webhooks 1.0 says: HMAC-SHA256 of `id.timestamp.body` in base 64.
struct WebhookSender {
  /// Whether addresses of this machine's own network are taken, and plain HTTP.
  let allowsPrivate: Bool

  /// What came of it.
  struct Outcome: Equatable {
    var status: Int64?
    /// Nil where it was taken.
    var problem: String?
  }

  /// How long a webhook may take for its answer.
  private static let seconds: Int64 = 15
  private static let patience = TimeAmount.seconds(seconds)

  func send(_ attempt: WebhookAttempt, at moment: Instant) async -> Outcome {
    guard let url = URLComponents(string: attempt.url), let host = url.host else {
      return Outcome(problem: "the address cannot be read")
    }
    guard url.scheme == "https" || allowsPrivate else {
      return Outcome(problem: "the address is not https")
    }
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    do {
      let address = try await PublicAddress.resolved(name, allowsPrivate: allowsPrivate)
      return try await post(attempt, to: address, host: host, at: moment)
    } catch let refusal as PublicAddress.Refusal {
      return Outcome(problem: refusal.reason)
    } catch {
      return Outcome(problem: ConnectionFailure.words(error, patience: Self.seconds))
    }
  }

  private func post(
    _ attempt: WebhookAttempt,
    to address: String,
    host: String,
    at moment: Instant
  ) async throws -> Outcome {
    var configuration = OutgoingCalls.configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(10), read: Self.patience)
    configuration.dnsOverride = [host: address]
    // It is tried again later, not until the time is up.
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(configuration: configuration)
    let outcome: Outcome
    do {
      let response = try await client.execute(Self.request(attempt, at: moment), timeout: Self.patience)
      let code = Int64(response.status.code)
      // Nobody needs the answer: what is left of it goes with the connection.
      outcome = Outcome(status: code, problem: (200..<300).contains(code) ? nil : "it answered \(code)")
    } catch {
      try await client.shutdown()
      throw error
    }
    try await client.shutdown()
    return outcome
  }

  static func request(_ attempt: WebhookAttempt, at moment: Instant) -> HTTPClientRequest {
    let (id, seconds) = ("msg_\(attempt.delivery.id.rawValue)", "\(moment.rawValue / 1_000)")
    var request = HTTPClientRequest(url: attempt.url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "User-Agent", value: "procure")
    request.headers.add(name: "Webhook-Id", value: id)
    request.headers.add(name: "Webhook-Timestamp", value: seconds)
    request.headers.add(
      name: "Webhook-Signature",
      value: signature(id, seconds, attempt.body, secret: attempt.secret)
    )
    request.body = .bytes(ByteBuffer(string: attempt.body))
    return request
  }

  /// `v1,` and the code: what the receiver computes with the secret behind `whsec_`.
  static func signature(_ id: String, _ seconds: String, _ body: String, secret: String) -> String {
    let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
    let key = SymmetricKey(data: Data(base64Encoded: text) ?? Data(text.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(seconds).\(body)".utf8), using: key)
    return "v1," + Data(code).base64EncodedString()
  }
}
