package import Inventory
package import Storage
import Synchronization

/// What requests are answered with: the operations, the database, the clock, and who may come in.
package final class ServedSystem: Sendable {
  package let operations: any Operations
  package let database: any Database
  /// For reads that take next to no time. Where somebody traces, a request's own transactions are to be seen.
  let quickReads: any Database
  /// Nil where all is read from the one database.
  let replica: ReadReplica?
  package let routes: RouteTable
  package let clock: @Sendable () -> Instant
  let options: ServerOptions
  /// Nil where nobody traces.
  let traces: TraceLog?
  let authentication: Authentication
  /// Nil where browsers do not sign in at a provider.
  let exchange: OpenIDExchange?
  let limiter: RateLimiter
  /// Those who showed what does not hold, by their addresses.
  let failures: RateLimiter
  let metrics: Metrics
  let streams: StreamCount
  package let work = WorkExecutor()
  /// Whether what a first page needs has been read, or is not read ahead at all.
  let isWarm = Flag()
  private let start = ContinuousClock.now
  /// By the names of the routes.
  let forms: [String: RouteForm]
  private let key = KeptKey()
  /// The OpenAPI document, and the page that shows it.
  let document: String
  let page: String

  package init(
    operations: any Operations,
    database: any Database,
    replica: ReadReplica? = nil,
    traces: TraceLog? = nil,
    routes: RouteTable = .all,
    options: ServerOptions,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.operations = operations
    let database: any Database = traces == nil ? database : TracedDatabase(base: database)
    self.database = database
    quickReads = traces == nil ? SharedReads(base: database) : database
    self.traces = traces
    self.replica = replica
    self.routes = routes
    self.options = options
    self.clock = clock
    authentication = Authentication(database: database, options: options)
    exchange = options.provider.map(OpenIDExchange.init)
    limiter = RateLimiter(rate: options.rate, burst: options.burst)
    failures = RateLimiter(rate: options.failureRate, burst: options.failureBurst)
    metrics = Metrics()
    streams = StreamCount(most: options.streams)
    let signatures = Dictionary(uniqueKeysWithValues: operations.signatures.map { ($0.words, $0) })
    forms = routes.routes.reduce(into: [:]) { forms, route in
      forms[route.name] = signatures[route.words].map { RouteForm(route, $0) }
    }
    let openAPI = OpenAPIDocument(routes: routes.routes, signatures: signatures)
    document = openAPI.json
    page = openAPI.page
    if options.stockPause == nil { isWarm.set() }
  }

  /// For how long a server that has just started asks to be left alone, at most.
  private static let warming = Duration.seconds(5)

  /// Whether it still reads what first pages need: who is asked then takes much longer than its neighbours.
  var isWarming: Bool { isWarming(at: .now) }
  func isWarming(at moment: ContinuousClock.Instant) -> Bool {
    !isWarm.isSet && start.duration(to: moment) < Self.warming
  }
}

extension ServedSystem {
  /// What the cookies of the pages are signed with, read from the database once.
  func sessionKey(at moment: Instant) async throws -> String {
    if let known = key.value { return known }
    let candidate = WebSession.random() + WebSession.random()
    let found = try await database.read { try SessionKey.find(in: $0) }
    let made =
      if let found { found } else {
        try await database.write { try SessionKey.establish(candidate, at: moment, in: $0) }
      }
    key.value = made
    return made
  }
}

/// A key that was read.
final class KeptKey: Sendable {
  private let kept = Mutex<String?>(nil)

  var value: String? {
    get { kept.withLock(\.self) }
    set { kept.withLock { $0 = newValue } }
  }
}
