import Foundation
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
    do { try await application.runService() } catch {
      throw ServerRefusal(listeningAt: options.host, options.port, error) ?? error
    }
  }

  private func builder(_ options: ServerOptions) throws -> HTTPServerBuilder {
    let configuration = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionGuard(options)],
      idleTimeout: .seconds(options.idleTimeout),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10,
        maxHeaderListSize: 32 << 10,
        maxHeaderFieldCount: 100
      )
    )
    let http = HTTPServerBuilder { responder in
      LoopChannel(base: HTTP1Channel(responder: responder, configuration: configuration))
    }
    guard let certificate = options.certificate, let key = options.key else { return http }
    return try .tls(http, tlsConfiguration: Self.identity(certificate, key))
  }

  /// - Throws: `ServerRefusal` where a file cannot be read, or the two do not belong together.
  private static func identity(_ certificate: String, _ key: String) throws(ServerRefusal) -> TLSConfiguration
  {
    for path in [certificate, key] where FileManager.default.contents(atPath: path) == nil {
      throw .unreadable(path, String(cString: strerror(errno)))
    }
    guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate), !chain.isEmpty else {
      throw .noCertificate(certificate)
    }
    guard let secret = try? NIOSSLPrivateKey(file: key, format: .pem) else { throw .noKey(key) }
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) },
      privateKey: .privateKey(secret)
    )
    do { _ = try NIOSSLContext(configuration: configuration) } catch { throw .otherKey(key, certificate) }
    return configuration
  }
}

/// Why a server does not start.
package enum ServerRefusal: DomainError, Equatable {
  case openToAll(String)
  case unreadable(String, String)
  case noCertificate(String)
  case noKey(String)
  case otherKey(String, String)
  case address(String, String)

  package var kind: ErrorKind {
    switch self {
    case .openToAll: .forbidden
    case .unreadable, .noCertificate, .noKey, .otherKey: .invalid
    case .address: .conflict
    }
  }

  package var code: String {
    switch self {
    case .openToAll: "server.open-to-all"
    case .unreadable, .noCertificate, .noKey, .otherKey: "server.certificate"
    case .address: "server.address"
    }
  }

  package var description: String {
    switch self {
    case .openToAll(let host):
      "\(host) can be reached from elsewhere and no user is registered: add one with “procure user save”"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .noCertificate(let path): "\(path) holds no certificate in PEM"
    case .noKey(let path): "\(path) holds no key in PEM, or one that takes a password"
    case .otherKey(let key, let certificate):
      "the key in \(key) is not that of the certificate in \(certificate)"
    case .address(let address, let reason): "the server cannot listen at \(address): \(reason)"
    }
  }

  /// Nil for what has nothing to do with the address.
  fileprivate init?(listeningAt host: String, _ port: Int, _ error: any Error) {
    let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    switch error {
    case let error as IOError:
      switch error.errnoCode {
      case EADDRINUSE: self = .address(address, "another program listens there")
      case EACCES: self = .address(address, "only an administrator may take this port")
      case EADDRNOTAVAIL: self = .address(address, "this machine does not have the address")
      default: return nil
      }
    case is SocketAddressError: self = .address(address, "\(host) is no address that is known")
    default: return nil
    }
  }
}
