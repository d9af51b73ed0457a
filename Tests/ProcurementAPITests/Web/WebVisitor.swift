import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A browser without scripts: keeps cookies, follows nothing, reads forms as they stand.
final class WebVisitor {
  let server: LiveServer
  private(set) var cookies: [String: String]
  var language = "en"

  init(_ server: LiveServer, cookies: [String: String] = [:]) {
    (self.server, self.cookies) = (server, cookies)
  }

  struct Page {
    var status: Int
    var text: String
    var location: String?
    var headers: HTTPHeaders

    /// What forms of this page hold.
    var formToken: String { text.between("name=\"_token\" value=\"", "\"") ?? "" }
    /// Where its links lead, places on the same page left out.
    var paths: [String] {
      text.components(separatedBy: "href=\"").dropFirst()
        .map { String($0.prefix { $0 != "\"" && $0 != "#" }).replacing("&amp;", with: "&") }
        .filter { !$0.isEmpty }
    }
  }

  func get(_ path: String) async throws -> Page { try await send("GET", path, nil, "") }

  func post(_ path: String, _ fields: [(String, String)], headers: [String: String] = [:]) async throws
    -> Page
  {
    let body = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
    return try await send("POST", path, body, "application/x-www-form-urlencoded", headers)
  }

  /// Comes in with the token of a user of the sample.
  func signIn(as user: String) async throws {
    let page = try await post("/signin", [("token", Sample.secret(of: user)), ("back", "/")])
    try #require(page.status == 303 && page.location == "/")
  }

  /// Sends a form that stands on a page.
  func submit(_ operation: String, on page: String, _ fields: [(String, String)]) async throws -> Page {
    let token = try await get(page).formToken
    return try await post("/do/\(operation)", [("_token", token), ("_back", page)] + fields)
  }

  private func send(
    _ method: String,
    _ path: String,
    _ body: String?,
    _ type: String,
    _ more: [String: String] = [:]
  )
    async throws -> Page
  {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)\(path)")
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "Accept-Language", value: language)
    if !cookies.isEmpty {
      request.headers.add(name: "Cookie", value: cookies.map { "\($0)=\($1)" }.joined(separator: "; "))
    }
    if let body {
      request.body = .bytes(ByteBuffer(string: body))
      request.headers.add(name: "Content-Type", value: type)
    }
    for (name, value) in more { request.headers.add(name: name, value: value) }
    let response = try await Self.client.execute(request, timeout: .minutes(20))
    for cookie in response.headers["Set-Cookie"] { keep(cookie) }
    return Page(
      status: Int(response.status.code),
      text: String(buffer: try await response.body.collect(upTo: 1 << 24)),
      location: response.headers.first(name: "Location"),
      headers: response.headers
    )
  }

  private func keep(_ cookie: String) {
    let pair = cookie.prefix { $0 != ";" }.split(
      separator: "=",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
  }

  private static let client = HTTPClient(
    configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
  )

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

extension String {
  func between(_ start: String, _ end: String) -> String? {
    components(separatedBy: start).dropFirst().first?.components(separatedBy: end).first
  }
}
