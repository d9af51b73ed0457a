import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Inventory
package import Logging
import NIOCore
import NIOSSL
import Storage

/// The HTTP server: listens until it is told to stop, then finishes what it has accepted.
package struct Server {
  private let service: ServedSystem
  private let logger: Logger

  package init(_ service: ServedSystem, logger: Logger) {
    self.service = service
    self.logger = logger
  }

  /// - Parameter started: told the port once the server listens.
  /// - Throws: `ServerRefusal` where it would be open to others without anybody registered.
  package func run(started: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    let options = service.options
    if !options.isLoopback, try await service.authentication.isNobodyThere(), options.issuers.isEmpty {
      throw ServerRefusal.openToAll(options.host)
    }
    var application = Application(
      responder: Responder(service: service, logger: logger),
      server: try builder(options),
      configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
      onServerRunning: { channel in started(channel.localAddress?.port ?? options.port) },
      logger: logger
    )
    application.addServices(
      JobWorker(service: service, logger: logger),
      WebhookWorker(service: service, logger: logger)
    )
    if let pause = options.stockPause {
      application.addServices(StockReader(service: service, logger: logger, pause: pause))
    }
    try await application.runService()
  }

  private func builder(_ options: ServerOptions) throws -> HTTPServerBuilder {
    let http = HTTPServerBuilder.http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionGuard(options)],
        idleTimeout: .seconds(options.idleTimeout),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 << 10,
          maxHeaderListSize: 32 << 10,
          maxHeaderFieldCount: 100
        )
      )
    )
    guard let certificate = options.certificate, let key = options.key else { return http }
    let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain,
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
    )
    return try .tls(http, tlsConfiguration: configuration)
  }
}

/// Why a server does not start.
package enum ServerRefusal: DomainError, Equatable {
  case openToAll(String)

  package var kind: ErrorKind { .forbidden }
  package var code: String { "server.open-to-all" }
  package var description: String {
    switch self {
    case .openToAll(let host):
      "\(host) can be reached from elsewhere and no user is registered: add one with “procure user save”"
    }
  }
}
