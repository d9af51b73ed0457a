package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL

/// How other servers are called: over TLS with the authorities of this machine, or with those of one's own that
/// `SSL_CERT_FILE` names, as for other programs.
package enum OutgoingCalls {
  /// The variable that names a PEM file of the authorities that are trusted in place of the machine's own.
  package static let variable = "SSL_CERT_FILE"

  /// - Parameter environment: the process's variables.
  /// - Returns: a configuration, which fails at the first call where the file holds no certificates.
  package static func configuration(
    in environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    if let file = environment[variable], !file.isEmpty { tls.trustRoots = .file(file) }
    return HTTPClient.Configuration(tlsConfiguration: tls)
  }

  /// For calls to an identity provider.
  static let client = {
    var configuration = OutgoingCalls.configuration()
    configuration.timeout.connect = .seconds(5)
    return HTTPClient(configuration: configuration)
  }()
}
