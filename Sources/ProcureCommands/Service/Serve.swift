import ArgumentParser
import CMalloc
import Foundation
import Inventory
import Logging
import Procurement
import ProcurementAPI
import Storage

/// `procure serve`: the same over HTTP.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer over HTTP until told to stop.",
    discussion: """
      Where nobody is registered the server listens on this machine alone and asks for no token; everything is done
      as “single-user”. Elsewhere it refuses to listen before a user is registered.

      Examples:
        procure serve
        procure serve --host 0.0.0.0 --port 8443 --certificate chain.pem --key key.pem
        procure serve --issuer https://login.example.org --audience procure --keys https://login.example.org/keys
        procure serve --issuer https://login.example.org --audience procure --keys https://login.example.org/keys \
          --client procure-web --client-secret-file secret.txt --home https://procure.example.org
      """
  )
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port to listen on; 0 for any that is free.") var port = 8080
  @Option(
    help: "The PEM file of the certificate and those above it; without it the server speaks plain HTTP."
  )
  var certificate: String?
  @Option(help: "The PEM file of the certificate's key.") var key: String?
  @Option(help: "The issuer of OpenID Connect tokens, as in their “iss”.") var issuer: String?
  @Option(help: "What must stand in the tokens' “aud”.") var audience: String?
  @Option(help: "Where the issuer's keys are (JWKS).") var keys: String?
  @Option(help: "What the issuer knows this service by: browsers sign in there, with the code flow and PKCE.")
  var client: String?
  @Option(name: .customLong("client-secret-file"), help: "The file of the client's secret, if it has one.")
  var secretFile: String?
  @Option(help: "Where browsers reach this service, as https://procure.example.org.") var home: String?
  @Option(help: "The most bytes of a request's body.") var bodyLimit = 16 << 20
  @Option(help: "Requests a second that one user may make on average.") var rate = 50.0
  @Option(help: "Requests that one user may make at once.") var burst = 200.0
  @Option(help: "Jobs done at once by this server; 0 leaves them to others.") var jobs = 2
  @Flag(help: "Let webhooks lead into this machine's own network, and over plain HTTP.")
  var allowPrivateWebhooks = false
  @Flag(help: "Log each request.") var verbose = false
  @Option(help: "The file to append traces to, as OTLP JSON: a line for each request.") var trace: String?
  @Option(
    name: .customLong("read-database"),
    help: "A hot standby of the PostgreSQL database: planners' reads go there while it keeps up."
  )
  var readURL: String?
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("--certificate and --key go together")
    }
    guard (issuer == nil) == (audience == nil), (issuer == nil) == (keys == nil) else {
      throw ValidationError("--issuer, --audience and --keys go together")
    }
    guard (client == nil) == (home == nil), client == nil || issuer != nil, client != nil || secretFile == nil
    else {
      throw ValidationError(
        "--client and --home go together, with --issuer; --client-secret-file with --client"
      )
    }
    guard (0...65_535).contains(port) else { throw ValidationError("a port is 0 to 65535") }
    guard (0...64).contains(jobs) else { throw ValidationError("--jobs: found \(jobs), expected 0 to 64") }
    guard bodyLimit > 0, rate > 0, burst >= 1 else { throw ValidationError("limits are above zero") }
  }

  func run() async throws {
    // Two heaps for all threads: one for each would keep what each has ever needed at once.
    mallopt(M_ARENA_MAX, 2)
    // What was large goes back to the system when it is let go: of itself the limit grows with what was large before.
    mallopt(M_MMAP_THRESHOLD, 128 << 10)
    let replica = try await replica()
    let database = try await database.open(remembering: Memory())
    var logger = Logger(label: "procure", factory: { LineLog(StreamLogHandler.standardError(label: $0)) })
    logger.logLevel = verbose ? .info : .warning
    let service = ServedSystem(
      operations: try CommandOperations(),
      database: database,
      replica: replica,
      traces: try trace.map { try TraceLog(path: $0) },
      options: try options(),
      clock: { Clock.now }
    )
    let (host, scheme) = (host, certificate == nil ? "http" : "https")
    let tidying = Task { await Self.giveBack() }
    defer { tidying.cancel() }
    try await Server(service, logger: logger).run { port in
      Terminal.note("Listening on \(scheme)://\(host):\(port) - stop with Ctrl-C.")
    }
    await database.close()
  }

  /// Now and then gives back to the system what lies free between things that are kept: of itself only the end of a heap
  /// is given back.
  private static func giveBack() async {
    while (try? await Task.sleep(for: .seconds(10))) != nil { malloc_trim(0) }
  }

  /// The standby, if one was named.
  /// - Throws: `ReplicaRefusal` for what is no standby; a standby that cannot be reached for now is waited for in vain by
  ///   nobody, since the primary answers meanwhile.
  private func replica() async throws -> ReadReplica? {
    guard let readURL else { return nil }
    guard case .postgres = DatabaseURL(database.location), case .postgres(let url) = DatabaseURL(readURL)
    else {
      throw ReplicaRefusal.otherEngine
    }
    var options = Postgres.Options()
    options.outage = .zero
    options.patience = .seconds(5)
    options.memory = Memory()
    let standby = try Postgres(url: url, options: options)
    do {
      guard try await ReadReplica.isStandby(standby) else { throw ReplicaRefusal.noStandby }
    } catch DatabaseError.unreachable(let message) {
      Terminal.note(
        "The read database cannot be reached, everything is read from the database itself: \(message)"
      )
    }
    return ReadReplica(standby)
  }

  private func options() throws -> ServerOptions {
    var options = ServerOptions()
    (options.host, options.port) = (host, port)
    (options.certificate, options.key) = (certificate, key)
    (options.bodyLimit, options.rate, options.burst) = (bodyLimit, rate, burst)
    options.jobs = jobs
    options.stockPause = .seconds(30)
    options.allowsPrivateWebhooks = allowPrivateWebhooks
    if let issuer, let audience, let keys {
      options.issuers = [OpenIDIssuer(issuer: issuer, audience: audience, keys: keys)]
    }
    if let issuer, let client, let home {
      let secret = try secretFile.map { try String(contentsOfFile: $0, encoding: .utf8) }?
        .trimmingCharacters(in: .whitespacesAndNewlines)
      let address = home.hasSuffix("/") ? String(home.dropLast()) : home
      options.provider = OpenIDProvider(issuer: issuer, client: client, secret: secret, home: address)
    }
    return options
  }
}

/// Why a database cannot be read in place of another.
enum ReplicaRefusal: DomainError, Equatable {
  case otherEngine
  case noStandby

  var kind: ErrorKind { .invalid }
  var code: String { "server.read-database" }
  var description: String {
    switch self {
    case .otherEngine: "--read-database is the PostgreSQL URL of a standby of the PostgreSQL --database"
    case .noStandby: "--read-database: this server is no standby: it may hold anything"
    }
  }
}
