/// How a server listens and what it puts up with.
package struct ServerOptions: Sendable {
  package var host = "127.0.0.1"
  package var port = 8080
  /// The most bytes of a body.
  package var bodyLimit = 16 << 20
  /// Seconds in which a whole request must have come in.
  package var readTimeout: Int64 = 30
  /// Seconds for which a client may go on sending after its request was refused.
  package var lingering: Int64 = 2
  /// Seconds that a connection may rest.
  package var idleTimeout: Int64 = 75
  /// Requests a second that one user may make on average, and at once.
  package var rate = 50.0
  package var burst = 200.0
  /// Tokens a second that do not hold, from one address, on average and at once.
  package var failureRate = 1.0
  package var failureBurst = 30.0
  /// The longest that a probe waits for the database.
  package var probeTimeout = Duration.seconds(2)
  /// The most readers of events at once.
  package var streams = 500
  /// How often a reader of events is written to where nothing happens.
  package var heartbeat = Duration.seconds(15)
  /// Jobs that this server does at once; none where others do them.
  package var jobs = 2
  /// Whether webhooks may lead into this machine's own network, and over plain HTTP.
  package var allowsPrivateWebhooks = false
  /// Webhooks that this server sends to at once: what each waits for is the other side.
  package var webhooksAtOnce = 16
  /// How often a server looks for jobs that nobody told it of, and a job for whoever wants it stopped.
  package var jobPause = Duration.seconds(5)
  package var jobBeat = Duration.seconds(1)
  /// How often the stock is read ahead of those who ask; nil for never.
  package var stockPause: Duration?
  /// The files of a certificate chain and its key, where the server itself speaks TLS.
  package var certificate: String?
  package var key: String?
  /// The issuers whose OpenID Connect tokens are taken.
  package var issuers: [OpenIDIssuer] = []
  /// Where browsers sign in with OpenID Connect; nil where they sign in with tokens of ours alone.
  package var provider: OpenIDProvider?

  package init() {}

  /// Whether only this machine can reach the server.
  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// An identity provider.
package struct OpenIDIssuer: Sendable, Equatable {
  /// As it stands in the tokens' `iss`.
  package var issuer: String
  /// What must stand in their `aud`.
  package var audience: String
  /// Where the provider's keys are.
  package var keys: String

  package init(issuer: String, audience: String, keys: String) {
    (self.issuer, self.audience, self.keys) = (issuer, audience, keys)
  }
}

/// An identity provider at which browsers sign in for this service.
package struct OpenIDProvider: Sendable, Equatable {
  /// As it stands in the tokens' `iss`; the rest is found at its `/.well-known/openid-configuration`.
  package var issuer: String
  /// What the provider knows this service by.
  package var client: String
  /// Nil for a public client, which PKCE alone protects.
  package var secret: String?
  /// Where browsers reach this service, without a path: `https://procure.example.org`.
  package var home: String

  package init(issuer: String, client: String, secret: String?, home: String) {
    (self.issuer, self.client, self.secret, self.home) = (issuer, client, secret, home)
  }

  /// Where the provider sends browsers back to.
  var callback: String { home + "/signin/callback" }
}
