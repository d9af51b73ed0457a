import AsyncHTTPClient
import Foundation
import Inventory
import NIOCore
import NIOHTTP1
import ProcurementAPI
import Tabular

/// A server that carries out commands.
struct RemoteServer {
  let address: String
  let token: String?

  /// Waits as long as the work lasts: a plan may compute for minutes before the first byte of its answer.
  private static let client = {
    var configuration = OutgoingCalls.configuration()
    configuration.timeout.connect = .seconds(10)
    return HTTPClient(configuration: configuration)
  }()
  private static let hours: Int64 = 1

  /// Sends a request and writes what comes back, all pages of it.
  func carryOut(_ request: RemoteRequest) async throws {
    var path: String? = request.path
    var pages: [String] = []
    while let next = path {
      var (body, headers) = try await send(request, to: next)
      if let job = RemoteJob(headers, on: self) { (body, headers) = try await job.result() }
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
    var sent = head(request.method, path, accept: request.accept)
    if replacing { sent.headers.add(name: "If-Match", value: "*") }
    if request.isLeft { sent.headers.add(name: "Prefer", value: "respond-async") }
    if let type = request.contentType {
      sent.headers.add(name: "Content-Type", value: type)
      sent.body = .bytes(ByteBuffer(bytes: request.body))
      if let name = request.fileName?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) {
        sent.headers.add(name: "Content-Disposition", value: "attachment; filename*=UTF-8''\(name)")
      }
    }
    let (response, body) = try await answer(to: sent)
    if response.status == .preconditionRequired, !replacing {
      return try await send(request, to: path, replacing: true)
    }
    return (try Self.done(response, body), response.headers)
  }
}

extension RemoteServer {
  /// A request to the server, in the user's name.
  private func head(_ method: String, _ path: String, accept: String) -> HTTPClientRequest {
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    var head = HTTPClientRequest(url: base + path)
    head.method = HTTPMethod(rawValue: method)
    head.headers.add(name: "Accept", value: accept)
    if let token { head.headers.add(name: "Authorization", value: "Bearer \(token)") }
    return head
  }

  /// - Throws: `RemoteRefusal` where the server cannot be reached, or refuses.
  func read(_ path: String, accept: String) async throws -> (ByteBuffer, HTTPHeaders) {
    let (response, body) = try await answer(to: head("GET", path, accept: accept))
    return (try Self.done(response, body), response.headers)
  }

  private func answer(to request: HTTPClientRequest) async throws -> (HTTPClientResponse, ByteBuffer) {
    do {
      let response = try await Self.client.execute(request, timeout: .hours(Self.hours))
      return (response, try await response.body.collect(upTo: 1 << 30))
    } catch {
      throw RemoteRefusal.unreachable(address, ConnectionFailure.words(error, patience: Self.hours * 3_600))
    }
  }

  private static func done(_ response: HTTPClientResponse, _ body: ByteBuffer) throws -> ByteBuffer {
    guard (200..<300).contains(response.status.code) else {
      throw RemoteRefusal(told: String(buffer: body), status: Int(response.status.code))
    }
    return body
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
