import Foundation
import Inventory
import Planning

/// Reads an address with the curl program: it brings TLS, proxies and their settings, and is on every server.
enum Curl {
  /// The body of an answer of the server itself; a `RoutingError.unavailable` where coming back may help.
  static func body(of address: String) async throws -> [UInt8] {
    let (status, answer, complaint) = try await onOwnThread { _ in try run(address) }
    guard status == 0 else { throw RoutingError.unavailable(complaint) }
    // The last line is the status that --write-out adds.
    guard let newline = answer.lastIndex(of: UInt8(ascii: "\n")),
      let code = Int(String(decoding: answer[(newline + 1)...], as: UTF8.self))
    else { throw RoutingError.unreadable("curl gave no status") }
    if code == 429 || code >= 500 { throw RoutingError.unavailable("it answered \(code)") }
    return Array(answer[..<newline])
  }

  private static func run(_ address: String) throws -> (status: Int32, body: [UInt8], complaint: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "curl", "--silent", "--show-error", "--max-time", "120", "--connect-timeout", "10", "--globoff",
      "--write-out", "\n%{http_code}", "--", address,
    ]
    let (output, problems) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = problems
    try process.run()
    let body = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = problems.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: complaint, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return (process.terminationStatus, Array(body), text ?? "curl ended with \(process.terminationStatus)")
  }
}
