import HTTPTypes
import Hummingbird
import Inventory
import Storage
import Synchronization

/// `GET /v1/events`: where to begin, and what of it.
struct EventRequest {
  static let path = "/v1/events"
  static let segments = ["v1", "events"]

  let service: ServedSystem
  let principal: Principal

  /// - Throws: `Problem` 400 for a position that cannot be read, 503 where too many follow already.
  func response(
    to request: Request,
    _ target: RequestTarget,
    stillHolds: @escaping @Sendable () async -> Bool
  ) async throws -> Response {
    if let odd = target.query.first(where: { $0.name != "types" }) {
      throw Problem(
        .badRequest,
        "request.parameters",
        "there is no parameter \(odd.name): types is the only one"
      )
    }
    let types = try Self.types(target.query.map(\.value))
    let start = try await start(request.headers[Self.lastEvent])
    guard service.streams.enter() else {
      throw Problem(
        .serviceUnavailable,
        "events.full",
        "as many follow events as this server takes",
        headers: [.retryAfter: "60"]
      )
    }
    return EventStream(
      service: service,
      principal: principal,
      types: types,
      start: start,
      stillHolds: stillHolds
    ).response
  }

  /// The nouns that are asked for; empty where nothing is said.
  private static func types(_ lists: [String]) throws(Problem) -> Set<String> {
    guard !lists.isEmpty else { return [] }
    let asked = lists.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let unknown = Set(asked).subtracting(Event.types).sorted()
    guard unknown.isEmpty else {
      let known = Event.types.sorted().joined(separator: ", ")
      throw Problem(
        .badRequest,
        "request.parameters",
        "there are no such events",
        errors: unknown.map { .init(field: "types", found: $0, expected: "some of \(known)") }
      )
    }
    return Set(asked)
  }

  /// What the reader has seen last; from now on where it has seen nothing. What the reader may not see is no part of it.
  private func start(_ last: String?) async throws -> AuditPosition {
    let end = try await service.database.read { try AuditPosition.end(in: $0) }
      .narrowed(to: principal.centresFollowed)
    guard let last, !last.isEmpty else { return end }
    guard let position = AuditPosition(last)?.narrowed(to: principal.centresFollowed) else {
      throw Problem(.badRequest, "events.position", "Last-Event-ID is not the id of an event of this service")
    }
    guard position.isWithin(end) else {
      throw Problem(
        .badRequest,
        "events.position",
        "Last-Event-ID is beyond the end of the log, as after a backup was restored: begin again without it"
      )
    }
    return position
  }

  private static let lastEvent = HTTPField.Name("Last-Event-ID") ?? .eTag
}

/// How many follow events on this server.
final class StreamCount: Sendable {
  private let count = Mutex(0)
  private let most: Int

  init(most: Int) { self.most = most }

  func enter() -> Bool {
    count.withLock { count in
      guard count < most else { return false }
      count += 1
      return true
    }
  }

  func leave() { count.withLock { $0 -= 1 } }
}
