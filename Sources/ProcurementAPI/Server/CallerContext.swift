import Hummingbird
import NIOCore

/// What is known of a request beside what it says: where it came from.
struct CallerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let remote: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    remote = source.channel.remoteAddress
  }

  /// The address of the machine, or of the proxy that stands before it.
  var address: String { remote?.ipAddress ?? "unknown" }
}
