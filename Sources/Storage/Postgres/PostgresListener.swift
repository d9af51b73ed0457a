import CPostgres
import Glibc
import Synchronization

/// The connection that listens, opened with the first channel.
///
/// When it breaks, the streams end: what was notified meanwhile is lost, and only a new look at the data
/// tells what changed.
final class PostgresListener: Sendable {
  private let url: String?
  private let options: Postgres.Options
  private let desk = Mutex<ListenerDesk?>(nil)

  /// `url` is nil when nothing passes notifications on.
  init(url: String?, options: Postgres.Options) {
    self.url = url
    self.options = options
  }
  deinit { stop() }

  /// A stream of what is notified from the moment this returns.
  func listen(on channel: String) async throws -> AsyncStream<String> {
    guard let url else {
      throw DatabaseError.failed(
        "a transaction pooler passes no notifications on: name the server to listen to"
      )
    }
    let desk = try opened(url)
    return try await withCheckedThrowingContinuation { desk.put(.listen(channel, $0)) }
  }

  func stop() {
    desk.withLock { desk in
      desk?.put(.stop)
      desk = nil
    }
  }

  private func opened(_ url: String) throws -> ListenerDesk {
    try desk.withLock { desk throws -> ListenerDesk in
      if let desk { return desk }
      let new = try ListenerDesk()
      try startThread { [options] in ListenerLoop(new, url: url, options: options).run() }
      desk = new
      return new
    }
  }
}

/// Orders for the listening thread, which sleeps in poll(2) and is woken through a pipe.
private final class ListenerDesk: Sendable {
  enum Order {
    case listen(String, CheckedContinuation<AsyncStream<String>, any Error>)
    case stop
  }
  private let orders = Mutex<[Order]>([])
  /// Readable while orders wait.
  let bell: Int32
  private let rope: Int32

  init() throws(DatabaseError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .unreachable("no file descriptor is left") }
    (bell, rope) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }
  deinit {
    close(bell)
    close(rope)
  }

  func put(_ order: Order) {
    orders.withLock { $0.append(order) }
    var ring: UInt8 = 1
    write(rope, &ring, 1)
  }

  func take() -> [Order] {
    var rings: [UInt8] = Array(repeating: 0, count: 64)
    read(bell, &rings, rings.count)
    return orders.withLock { orders in
      defer { orders = [] }
      return orders
    }
  }
}

private final class ListenerLoop {
  private let desk: ListenerDesk
  private let url: String
  private let options: Postgres.Options
  private let streams = Notifications()
  private var connection: PostgresConnection?
  private var channels: Set<String> = []

  init(_ desk: ListenerDesk, url: String, options: Postgres.Options) {
    (self.desk, self.url, self.options) = (desk, url, options)
  }

  func run() {
    while true {
      wait()
      for order in desk.take() {
        switch order {
        case .listen(let channel, let caller): caller.resume(with: Result { try listen(on: channel) })
        case .stop: return streams.finish()
        }
      }
      deliver()
    }
  }

  private func wait() {
    var watched = [pollfd(fd: desk.bell, events: Int16(POLLIN), revents: 0)]
    if let connection {
      watched.append(pollfd(fd: PQsocket(connection.handle), events: Int16(POLLIN), revents: 0))
    }
    poll(&watched, nfds_t(watched.count), -1)
  }

  private func listen(on channel: String) throws -> AsyncStream<String> {
    let connection = try connection ?? PostgresConnection(url: url, options: options)
    self.connection = connection
    if !channels.contains(channel) {
      let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      try connection.command("LISTEN \"\(name)\"")
      channels.insert(channel)
    }
    return streams.listen(on: channel)
  }

  private func deliver() {
    guard let connection else { return }
    PQconsumeInput(connection.handle)
    while let notification = PQnotifies(connection.handle) {
      let (channel, payload) = (notification.pointee.relname, notification.pointee.extra)
      if let channel, let payload {
        streams.deliver(String(cString: payload), on: String(cString: channel))
      }
      PQfreemem(notification)
    }
    guard PQstatus(connection.handle) != CONNECTION_OK else { return }
    self.connection = nil
    channels = []
    streams.finish()
  }
}
