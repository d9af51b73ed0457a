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
    var bytes: [UInt8] = []
    do {
      for try await part in request.body {
        guard bytes.count + part.readableBytes <= options.bodyLimit else { throw tooLarge }
        bytes += part.readableBytesView
      }
    } catch let problem as Problem { throw problem } catch is ConnectionGuard.BodyIsLate {
      let seconds = options.readTimeout
      throw Problem(.requestTimeout, "request.timeout", "the body did not come in within \(seconds) s")
    } catch {
      // The connection ended, or what came on it is not HTTP any more.
      throw Problem(.badRequest, "request.incomplete", "the body ended before it was whole")
    }
    return bytes
  }

  private var tooLarge: Problem {
    Problem(.contentTooLarge, "request.too-large", "a body has at most \(options.bodyLimit) bytes")
  }
}
