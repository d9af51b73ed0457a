import AsyncHTTPClient
import Foundation
import Inventory
import Logging
import NIOCore
import NIOHTTP1
import ProcureCommands
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// What a server says where it cannot begin, and how it is reached over TLS.
struct ServingTests {
  /// Files in a folder of their own for as long as a test needs them.
  private static func files<Result>(
    _ contents: [String: String],
    _ body: (URL) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "serving-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in contents {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return try await body(folder)
  }

  /// Why a server did not begin.
  private static func refusal(_ options: ServerOptions) async throws -> String {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    let system = ServedSystem(
      operations: try CommandOperations(),
      database: database,
      options: options,
      clock: { LiveServer.now }
    )
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    defer { Task { await database.close() } }
    do { try await Server(system, logger: logger).run() } catch let refusal as ServerRefusal {
      return refusal.description
    }
    return "it began"
  }

  private static func said(_ folder: URL, _ certificate: String, _ key: String) async throws -> String {
    var options = ServerOptions()
    options.port = 0
    options.certificate = folder.appending(path: certificate).path
    options.key = folder.appending(path: key).path
    return try await refusal(options)
  }

  @Test func `files that are no certificate and its key are told by their names`() async throws {
    let contents = ["c.pem": Self.certificate, "k.pem": Self.key, "o.pem": Self.otherKey, "x": "x"]
    try await Self.files(contents) { (folder: URL) async throws in
      let path = { (name: String) in folder.appending(path: name).path }
      #expect(
        try await Self.said(folder, "none", "k.pem")
          == "\(path("none")) cannot be read: No such file or directory"
      )
      #expect(try await Self.said(folder, "x", "k.pem") == "\(path("x")) holds no certificate in PEM")
      let noKey = "\(path("c.pem")) holds no key in PEM, or one that takes a password"
      #expect(try await Self.said(folder, "c.pem", "c.pem") == noKey)
      let other = "the key in \(path("o.pem")) is not that of the certificate in \(path("c.pem"))"
      #expect(try await Self.said(folder, "c.pem", "o.pem") == other)
    }
  }

  @Test func `an address that cannot be had is told`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      var options = ServerOptions()
      options.port = server.port
      let taken = "the server cannot listen at 127.0.0.1:\(server.port): another program listens there"
      let said = try await Self.refusal(options)
      #expect(said == taken)
    }
  }

  @Test func `an authority of one's own is trusted where it is named, and nowhere else`() async throws {
    try await Self.files(["c.pem": Self.certificate, "k.pem": Self.key]) { (folder: URL) async throws in
      let path = { (name: String) in folder.appending(path: name).path }
      var options = ServerOptions()
      (options.certificate, options.key) = (path("c.pem"), path("k.pem"))
      try await LiveServer.run(on: .sqlite, options: options) { server in
        let address = "https://127.0.0.1:\(server.port)/health"
        let own = [OutgoingCalls.variable: path("c.pem")]
        #expect(try await Self.asked(address, own) == "200")
        #expect(try await Self.asked(address, [:]).hasPrefix("its certificate is not trusted: "))
        let none = try await Self.asked(address, [OutgoingCalls.variable: path("none")])
        #expect(none == "SSL_CERT_FILE names no file of certificates")
        let named = "https://localhost:\(server.port)/health"
        #expect(try await Self.asked(named, own) == "200")
        let again = try await Self.asked(named, [OutgoingCalls.variable: path("none")])
        #expect(again == none)
      }
    }
  }

  /// The status, or why there is none.
  private static func asked(_ address: String, _ environment: [String: String]) async throws -> String {
    var configuration = OutgoingCalls.configuration(in: environment)
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(configuration: configuration)
    let said: String
    do {
      said = "\(try await client.execute(HTTPClientRequest(url: address), timeout: .seconds(30)).status.code)"
    } catch { said = ConnectionFailure.words(error, patience: 30) }
    try await client.shutdown()
    return said
  }

  /// Of this machine, vouched for by itself; it opens nothing anywhere.
  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
    c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
    CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOw+l4FJ8MSwzfM8
    6wyd2sK8LQyFqghk5hAcA/1/cTEGN7sUc5TicbthxhnZI+tti9iuoJj3E4OF5+11
    MNr/FJGjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
    BTADAQH/MB0GA1UdDgQWBBSK6+ND11hyCoggaj44rQFuHnLMFTAKBggqhkjOPQQD
    AgNIADBFAiEAzpII5fCg/+ltCdDFmwgYxXIyOoV79LG4tc2hJQoz0Y8CIBl3X6vC
    0NBiTByIygSn2S9eFRLFQMi9fIFGaMqXmSQ9
    -----END CERTIFICATE-----
    """
  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwVxgnDLQWQD4J1Rv
    JWh5vtAWyzrvFOFHVx1oFXoC5BOhRANCAATsPpeBSfDEsM3zPOsMndrCvC0MhaoI
    ZOYQHAP9f3ExBje7FHOU4nG7YcYZ2SPrbYvYrqCY9xODheftdTDa/xSR
    -----END PRIVATE KEY-----
    """
  private static let otherKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaF8s3n+6AdYIhdbs
    x+HDzvCBi/GLH9BY99w/XpwY/g6hRANCAAQK+8CHnthin+oZOyb/lTPA6Dik3nY1
    ydLwGQbVfhwATyWjitS639qfgWxvJJ8QH6PD5KAWmdFGGtxY2y/f671u
    -----END PRIVATE KEY-----
    """
}
