import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What a connection must keep to, whatever the responder does: each head comes in whole within a time, so does each body,
/// and what is no HTTP is told so as every problem is.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let seconds: Int64
  private let lingering: Int64
  private let bodyLimit: Int
  private let isSecure: Bool
  private var context: ChannelHandlerContext?
  private var deadline: Scheduled<Void>?
  /// Requests of which the head has come in, but not the end.
  private var isReading = false
  /// Requests that have not been answered whole.
  private var unanswered = 0
  /// Heads and ends of requests that have come in, ever.
  fileprivate private(set) var boundaries = 0
  /// Whether the connection is closing over a request that can be read in two ways.
  private var isDeaf = false
  /// Whether a body did not come in time.
  private var isLate = false
  /// Whether bytes came from which nobody can read a request, so that nobody knows where the next one begins.
  private var isGarbled = false
  /// Whether all was said that will be, and what still comes is thrown away.
  fileprivate private(set) var isLingering = false
  /// What is told of bytes that the framework could read no request from.
  private var unreadable = Problem.malformed
  /// A body of ours that takes the place of an empty one.
  private var body: ByteBuffer?

  init(_ options: ServerOptions) {
    seconds = options.readTimeout
    lingering = options.lingering
    bodyLimit = options.bodyLimit
    isSecure = options.certificate != nil
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    // Under TLS too: a handshake that never ends is a head that never comes.
    try? context.pipeline.syncOperations.addHandler(Arrivals(of: self), position: .first)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    rest()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    rest()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isDeaf { return }
    switch unwrapInboundIn(data) {
    case .head(let request) where Self.namesAnotherHost(request):
      // The first is the request's own host by now: who stands before this service may have read the other one.
      isDeaf = true
      if unanswered == 0 { refuse(.ambiguous) } else { context.close(promise: nil) }
    case .head(let request):
      rest()
      isReading = true
      boundaries += 1
      encourage(request, context)
      unanswered += 1
    case .body: break
    case .end:
      rest()
      isReading = false
      boundaries += 1
    }
    if !isDeaf { context.fireChannelRead(data) }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let response) where Self.isBare(response):
      let refusal = refusal(unreadable)
      body = refusal.body
      context.write(wrapOutboundOut(.head(refusal.head)), promise: promise)
    case .end where body != nil:
      if let body { context.write(wrapOutboundOut(.body(body)), promise: nil) }
      body = nil
      context.write(data, promise: promise)
    case .end:
      unanswered = max(0, unanswered - 1)
      context.write(data, promise: promise)
      // Answered before it was whole: the rest is not waited for without an end.
      if isReading { begin() }
    default: context.write(data, promise: promise)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    isGarbled = true
    // Whoever answers comes to know of it after this, and answers with a status alone.
    if case HTTPParserError.headerOverflow = error { unreadable = .tooLong }
    // A head that holds what no request can: it was never seen by whoever answers.
    guard !isReading, unanswered == 0, error is HTTP1TypeConversionError else {
      return context.fireErrorCaught(error)
    }
    refuse(.malformed)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isLingering, case ChannelEvent.inputClosed? = event as? ChannelEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .all, isReading || isGarbled || isDeaf {
      linger(context, promise)
    } else {
      context.close(mode: mode, promise: promise)
    }
  }

  private static func namesAnotherHost(_ request: HTTPRequest) -> Bool {
    host.map(request.headerFields.contains) ?? false
  }
  private static let host = HTTPField.Name("Host")

  /// A client that waits to be asked for the body is asked, unless it is too large anyway (RFC 9110, section 10.1.1).
  private func encourage(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
    guard unanswered == 0, request.headerFields[.expect]?.lowercased() == "100-continue" else { return }
    if let length = request.headerFields[.contentLength].flatMap(Int.init), length > bodyLimit { return }
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  /// What the framework writes where it could read no request.
  private static func isBare(_ response: HTTPResponse) -> Bool {
    response.status == .badRequest && response.headerFields[.contentType] == nil
      && response.headerFields[.connection] == "close"
  }
}

extension ConnectionGuard {
  /// What a request's body ends with where it did not come in whole in time.
  struct BodyIsLate: Error {}

  /// Bytes were read: where they leave a body unfinished, or have made no request and so begin one, the rest must come
  /// in time.
  fileprivate func didRead(since before: Int) {
    if isReading || boundaries == before { begin() }
  }

  private func begin() {
    guard deadline == nil, let context else { return }
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(seconds)) { self.expire() }
  }

  private func rest() {
    deadline?.cancel()
    deadline = nil
  }

  private func expire() {
    deadline = nil
    if unanswered > (isReading ? 1 : 0) {
      // What follows does not end the answer that is under way.
      begin()
    } else if isReading, unanswered > 0, !isLate {
      // Whoever reads the body answers.
      isLate = true
      context?.fireErrorCaught(BodyIsLate())
      begin()
    } else if isReading || unanswered > 0 {
      context?.close(promise: nil)
    } else {
      refuse(Problem(.requestTimeout, "request.timeout", "the head did not come in within \(seconds) s"))
    }
  }

  /// Closes a connection on which more may come: closed at once while bytes of the client wait to be read, it would be
  /// reset, and the client might never see the answer (RFC 9112, section 9.6).
  private func linger(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil) {
    // TLS closes both ways or neither.
    if isSecure { return context.close(promise: promise) }
    if let promise { context.channel.closeFuture.cascade(to: promise) }
    if isLingering { return }
    isLingering = true
    context.close(mode: .output, promise: nil)
    rest()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(lingering)) { self.leave() }
  }

  private func leave() {
    deadline = nil
    context?.close(promise: nil)
  }

  private func refuse(_ problem: Problem) {
    guard let context else { return }
    isGarbled = true
    let refusal = refusal(problem)
    context.write(wrapOutboundOut(.head(refusal.head)), promise: nil)
    context.write(wrapOutboundOut(.body(refusal.body)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    linger(context)
  }

  private func refusal(_ problem: Problem) -> (head: HTTPResponse, body: ByteBuffer) {
    let identifier = Exchange.newIdentifier
    let text = (try? problem.json(request: identifier)) ?? ""
    var fields = problem.headers
    SecurityHeaders.add(to: &fields, isSecure: isSecure)
    fields[.contentType] = "application/problem+json"
    fields[.contentLength] = "\(text.utf8.count)"
    fields[.connection] = "close"
    fields[.requestID] = identifier
    return (HTTPResponse(status: problem.status, headerFields: fields), ByteBuffer(string: text))
  }
}

extension Problem {
  fileprivate static let malformed = Problem(
    .badRequest,
    "request.http",
    "what came is not a request of HTTP/1.1"
  )

  fileprivate static let ambiguous = Problem(
    .badRequest,
    "request.host",
    "a request names its host once"
  )

  fileprivate static let tooLong = Problem(
    .requestHeaderFieldsTooLarge,
    "request.head-too-long",
    "the address or a header is longer than this service reads, or there are too many headers"
  )
}

/// Tells when bytes come in, before anything is made of them.
private final class Arrivals: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let owner: ConnectionGuard

  init(of owner: ConnectionGuard) { self.owner = owner }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if owner.isLingering { return }
    let before = owner.boundaries
    context.fireChannelRead(data)
    owner.didRead(since: before)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    // Whoever would read on otherwise may have had enough.
    if owner.isLingering { context.read() }
  }
}
