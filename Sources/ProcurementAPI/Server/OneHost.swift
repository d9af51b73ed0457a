import NIOCore
import NIOHTTP1

/// Refuses requests that name no host or several: who stands before this service may have read another one (RFC 9112,
/// section 3.2). It sees them before they are turned into a form that holds one host only.
final class OneHost: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  struct Fault: Error {}

  private var hasRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasRefused else { return }
    if case .head(let head) = unwrapInboundIn(data), head.version == .http1_1, head.headers["host"].count != 1
    {
      hasRefused = true
      return context.fireErrorCaught(Fault())
    }
    context.fireChannelRead(data)
  }
}
