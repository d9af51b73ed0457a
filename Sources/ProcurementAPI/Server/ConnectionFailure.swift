import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why another server could not be asked, in words for whoever gave its address.
package enum ConnectionFailure {
  /// - Parameters:
  ///   - error: what a client threw.
  ///   - patience: the seconds that were waited for the answer.
  /// - Returns: what went wrong, about “it”: `it refused the connection`.
  package static func words(_ error: any Error, patience: Int64) -> String {
    switch error {
    case let error as HTTPClientError: words(of: error, patience)
    case is CancellationError: "this server stopped before it answered"
    case let error as NIOConnectionError: words(error)
    case let error as IOError: words(error)
    case let error as NIOSSLError: words(error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "its certificate is not trusted: it is made out to another name"
    case is NIOSSLExtraError, is BoringSSLError: "TLS with it failed"
    default: "it could not be asked (\(type(of: error)))"
    }
  }

  private static func words(of error: HTTPClientError, _ patience: Int64) -> String {
    switch error {
    case .deadlineExceeded, .readTimeout: "it did not answer within \(patience) s"
    case .connectTimeout: "it could not be reached in time"
    case .tlsHandshakeTimeout: "it did not answer in TLS"
    case .remoteConnectionClosed: "it closed the connection without an answer"
    case .invalidURL, .emptyHost, .emptyScheme: "the address cannot be read"
    case .cancelled: "this server stopped before it answered"
    default: "it could not be asked: \(error.shortDescription)"
    }
  }

  private static func words(_ error: NIOConnectionError) -> String {
    if error.connectionErrors.isEmpty { return "\(error.host) leads nowhere" }
    let errors = error.connectionErrors.map(\.error)
    if let error = errors.lazy.compactMap({ $0 as? IOError }).first { return words(error) }
    if let error = errors.lazy.compactMap({ $0 as? NIOSSLError }).first { return words(error) }
    return "it could not be reached (\(errors.map { "\(type(of: $0))" }.joined(separator: ", ")))"
  }

  private static func words(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "it refused the connection"
    case ECONNRESET, EPIPE: "it closed the connection without an answer"
    case ETIMEDOUT: "it could not be reached in time"
    default: "it could not be reached: \(String(cString: strerror(error.errnoCode)))"
    }
  }

  /// The library tells an untrusted certificate from other failures in its description alone.
  private static func words(_ error: NIOSSLError) -> String {
    switch error {
    case .failedToLoadCertificate, .noSuchFilesystemObject:
      return "\(OutgoingCalls.variable) names no file of certificates"
    default: break
    }
    guard case .handshakeFailed(let cause) = error else { return "TLS with it failed" }
    return "\(cause)".contains("CERTIFICATE_VERIFY_FAILED")
      ? "its certificate is not trusted: no authority that is known here vouches for it, or it has run out"
      : "TLS with it failed: it may not speak TLS"
  }
}
