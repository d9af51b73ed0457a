package import Inventory
package import Storage

/// What requests are answered with: the operations, the database, the clock, and who may come in.
package struct ServedSystem: Sendable {
  package let operations: any Operations
  package let database: any Database
  package let routes: RouteTable
  package let clock: @Sendable () -> Instant
  let options: ServerOptions
  let authentication: Authentication
  let limiter: RateLimiter
  let metrics: Metrics
  package let work = WorkExecutor()
  let signatures: [[String]: Signature]
  /// The OpenAPI document, and the page that shows it.
  let document: String
  let page: String

  package init(
    operations: any Operations,
    database: any Database,
    routes: RouteTable = .all,
    options: ServerOptions,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.operations = operations
    self.database = database
    self.routes = routes
    self.options = options
    self.clock = clock
    authentication = Authentication(database: database, options: options)
    limiter = RateLimiter(rate: options.rate, burst: options.burst)
    metrics = Metrics()
    signatures = Dictionary(uniqueKeysWithValues: operations.signatures.map { ($0.words, $0) })
    let openAPI = OpenAPIDocument(routes: routes.routes, signatures: signatures)
    document = openAPI.json
    page = openAPI.page
  }
}
