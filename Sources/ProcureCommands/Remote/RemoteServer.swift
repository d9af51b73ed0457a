import AsyncHTTPClient
import Foundation
import Inventory
import NIOCore
import NIOHTTP1
import Tabular

/// A server that carries out commands.
struct RemoteServer {
  let address: String
  let token: String?

  /// Waits as long as the work lasts: a plan may compute for minutes before the first byte of its answer.
  private static let client = HTTPClient(
    configuration: HTTPClient.Configuration(timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)))
  )

  /// Sends a request and writes what comes back, all pages of it.
  func carryOut(_ request: RemoteRequest) async throws {
    var path: String? = request.path
    var pages: [String] = []
    while let next = path {
      let (body, headers) = try await send(request, to: next)
      for note in headers.notes { Terminal.note(note) }
      if headers.first(name: "Content-Type") == Workbook.mediaType {
        return Terminal.write(Array(buffer: body))
      }
      pages.append(String(buffer: body))
      path = request.isLimited ? nil : headers.nextPath
    }
    guard !request.answersInWords else { return }
    Terminal.write(pages.count == 1 ? pages[0] : Self.joined(pages))
  }

  /// Lists of JSON as one, byte for byte as if they had been written whole.
  private static func joined(_ pages: [String]) -> String {
    let rows = pages.map { page in page.dropFirst(2).dropLast(3) }
    return "[\n" + rows.joined(separator: ",\n") + "\n]\n"
  }

  /// Sends it; a command that writes over what is there says so, as on a database of its own.
  private func send(_ request: RemoteRequest, to path: String, replacing: Bool = false) async throws -> (
    ByteBuffer, HTTPHeaders
  ) {
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    var sent = HTTPClientRequest(url: base + path)
    sent.method = HTTPMethod(rawValue: request.method)
    sent.headers.add(name: "Accept", value: request.accept)
    if let token { sent.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if replacing { sent.headers.add(name: "If-Match", value: "*") }
    if let type = request.contentType {
      sent.headers.add(name: "Content-Type", value: type)
      sent.body = .bytes(ByteBuffer(bytes: request.body))
      if let name = request.fileName?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) {
        sent.headers.add(name: "Content-Disposition", value: "attachment; filename*=UTF-8''\(name)")
      }
    }
    let response: HTTPClientResponse
    let body: ByteBuffer
    do {
      response = try await Self.client.execute(sent, timeout: .hours(1))
      body = try await response.body.collect(upTo: 1 << 30)
    } catch {
      throw RemoteRefusal.unreachable(address, "\(error)")
    }
    if response.status == .preconditionRequired, !replacing {
      return try await send(request, to: path, replacing: true)
    }
    guard (200..<300).contains(response.status.code) else {
      throw RemoteRefusal(told: String(buffer: body), status: Int(response.status.code))
    }
    return (body, response.headers)
  }
}

extension HTTPHeaders {
  fileprivate var nextPath: String? {
    guard let link = first(name: "Link"), link.hasSuffix("rel=\"next\"") else { return nil }
    return String(link.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
  }

  fileprivate var notes: [String] {
    (first(name: "Procure-Notes") ?? "").split(separator: ",")
      .compactMap { $0.trimmingCharacters(in: .whitespaces).removingPercentEncoding }
  }
}
