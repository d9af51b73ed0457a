import Foundation
import FoundationNetworking
import Inventory

/// A server that carries out commands.
struct RemoteServer {
  let address: String
  let token: String?

  /// Sends a request and writes what comes back, all pages of it.
  func carryOut(_ request: RemoteRequest) async throws {
    var path: String? = request.path
    var pages: [String] = []
    while let next = path {
      let (text, response) = try await send(request, to: next)
      for note in response.notes { Terminal.note(note) }
      pages.append(text)
      path = response.nextPath
    }
    guard !request.answersInWords else { return }
    Terminal.write(pages.count == 1 ? pages[0] : Self.joined(pages))
  }

  /// Lists of JSON as one, byte for byte as if they had been written whole.
  private static func joined(_ pages: [String]) -> String {
    let rows = pages.map { page in page.dropFirst(2).dropLast(3) }
    return "[\n" + rows.joined(separator: ",\n") + "\n]\n"
  }

  private func send(_ request: RemoteRequest, to path: String) async throws -> (String, HTTPURLResponse) {
    let base = address.hasSuffix("/") ? String(address.dropLast()) : address
    guard let url = URL(string: base + path) else { throw RemoteRefusal.unreachable(address, "it is no URL") }
    var sent = URLRequest(url: url)
    sent.httpMethod = request.method
    sent.timeoutInterval = 3_600
    sent.setValue(request.accept, forHTTPHeaderField: "Accept")
    if let token { sent.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
    if let type = request.contentType {
      sent.setValue(type, forHTTPHeaderField: "Content-Type")
      sent.httpBody = Data(request.body)
    }
    let (data, answer): (Data, URLResponse)
    do { (data, answer) = try await URLSession.shared.data(for: sent) } catch {
      throw RemoteRefusal.unreachable(address, error.localizedDescription)
    }
    guard let response = answer as? HTTPURLResponse else {
      throw RemoteRefusal.unreachable(address, "it does not speak HTTP")
    }
    guard (200..<300).contains(response.statusCode) else { throw Self.refusal(data, response.statusCode) }
    return (String(decoding: data, as: UTF8.self), response)
  }

  private struct Document: Decodable {
    struct Mistake: Decodable {
      var line: Int?
      var field: String
      var found: String
      var expected: String
    }
    var code: String
    var detail: String
    var errors: [Mistake]?
  }

  private static func refusal(_ data: Data, _ status: Int) -> RemoteRefusal {
    guard let document = try? JSONDecoder().decode(Document.self, from: data) else {
      return .refused(code: "remote.answer", detail: "the server answered \(status)", findings: [])
    }
    let findings = (document.errors ?? []).map {
      Finding(line: $0.line, field: $0.field, found: $0.found, expected: $0.expected)
    }
    return .refused(code: document.code, detail: document.detail, findings: findings)
  }
}

extension HTTPURLResponse {
  fileprivate var nextPath: String? {
    guard let link = value(forHTTPHeaderField: "Link"), link.hasSuffix("rel=\"next\"") else { return nil }
    return String(link.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
  }

  fileprivate var notes: [String] {
    (value(forHTTPHeaderField: "Procure-Notes") ?? "").split(separator: ",")
      .compactMap { $0.trimmingCharacters(in: .whitespaces).removingPercentEncoding }
  }
}
