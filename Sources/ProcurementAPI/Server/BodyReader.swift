import HTTPTypes
import Hummingbird
import NIOCore

/// The body of a request, within a size and a time.
struct BodyReader {
  let options: ServerOptions

  func bytes(of request: Request) async throws -> [UInt8] {
    // Neither header is what HTTP/1.1 says of a request without a body (RFC 9112, section 6.3).
    if request.headers[.contentLength] == nil, request.headers[.transferEncoding] == nil { return [] }
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw Problem(
        .unsupportedMediaType,
        "request.content-coding",
        "a body comes as it is, not packed",
        headers: [.acceptEncoding: "identity"]
      )
    }
    if let coding = request.headers[.transferEncoding], coding.lowercased() != "chunked" {
      throw Problem(
        .unsupportedMediaType,
        "request.content-coding",
        "a body comes as it is, in chunks or with its length, not packed on the way"
      )
    }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > options.bodyLimit {
      throw tooLarge
    }
    let limit = options.bodyLimit
    let seconds = options.readTimeout
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await Self.collect(request.body, limit: limit) }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Problem(.requestTimeout, "request.timeout", "the body did not come in within \(seconds) s")
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  private static func collect(_ body: RequestBody, limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await part in body {
        guard bytes.count + part.readableBytes <= limit else { throw tooLarge(limit) }
        bytes += part.readableBytesView
      }
    } catch let problem as Problem { throw problem } catch {
      // The connection ended, or what came on it is not HTTP any more.
      throw Problem(.badRequest, "request.incomplete", "the body ended before it was whole")
    }
    return bytes
  }

  private var tooLarge: Problem { Self.tooLarge(options.bodyLimit) }

  private static func tooLarge(_ limit: Int) -> Problem {
    Problem(.contentTooLarge, "request.too-large", "a body has at most \(limit) bytes")
  }
}
