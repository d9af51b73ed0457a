import Foundation

/// The table service of an OSRM server (version 1 of its interface): a question, and what its answer says.
///
///     GET {server}/table/v1/{profile}/{longitude},{latitude};…?sources=0;1&destinations=2&annotations=duration
package struct RoutingTable: Equatable, Sendable {
  package var origins: [Place]
  package var destinations: [Place]

  package struct Place: Equatable, Sendable {
    package var name: String
    package var position: Position

    package init(name: String, position: Position) {
      self.name = name
      self.position = position
    }
  }

  package init(origins: [Place], destinations: [Place]) {
    self.origins = origins
    self.destinations = destinations
  }

  /// Blocks of at most `most` places in all: a server refuses larger ones.
  package static func blocks(origins: [Place], destinations: [Place], most: Int) -> [RoutingTable] {
    let columns = min(destinations.count, max(1, most / 2))
    let rows = max(1, most - columns)
    return destinations.chunks(of: columns).flatMap { columns in
      origins.chunks(of: rows).map { RoutingTable(origins: $0, destinations: columns) }
    }
  }

  /// The address to ask.
  package func address(server: String, profile: String) -> String {
    let places = (origins + destinations).map { Self.coordinates($0.position) }.joined(separator: ";")
    let sources = origins.indices.map(String.init).joined(separator: ";")
    let targets = destinations.indices.map { String($0 + origins.count) }.joined(separator: ";")
    let base = server.hasSuffix("/") ? String(server.dropLast()) : server
    return "\(base)/table/v1/\(profile)/\(places)?sources=\(sources)&destinations=\(targets)"
      + "&annotations=duration"
  }

  /// `4.880000,45.740500`: longitude first, as the interface wants it.
  private static func coordinates(_ position: Position) -> String {
    let parts = "\(position)".split(separator: ", ")
    return parts.reversed().joined(separator: ",")
  }

  private struct Answer: Decodable {
    let code: String
    let message: String?
    let durations: [[Double?]]?
  }

  /// Seconds of each pair in the order of origins and destinations, rounded to the nearest; nil where the
  /// server found no way.
  package func seconds(from body: [UInt8]) throws(RoutingError) -> [[Int64?]] {
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else {
      throw .unreadable(String(decoding: body.prefix(120), as: UTF8.self))
    }
    guard answer.code == "Ok", let durations = answer.durations else {
      throw .refused(code: answer.code, message: answer.message ?? "no reason given")
    }
    guard durations.count == origins.count, durations.allSatisfy({ $0.count == destinations.count }) else {
      throw .unreadable("\(durations.count) rows for \(origins.count) origins")
    }
    return durations.map { row in
      row.map { time in
        time.flatMap { (0...1e9).contains($0) ? Int64($0.rounded(.toNearestOrAwayFromZero)) : nil }
      }
    }
  }
}

package enum RoutingError: DomainError, Equatable {
  /// Nothing that answers, or an answer that says to come back later.
  case unavailable(String)
  case refused(code: String, message: String)
  case unreadable(String)

  package var kind: ErrorKind {
    switch self {
    case .unavailable: .conflict
    case .refused, .unreadable: .invalid
    }
  }
  package var code: String {
    switch self {
    case .unavailable: "travel.server-unavailable"
    case .refused: "travel.server-refused"
    case .unreadable: "travel.answer-unreadable"
    }
  }
  package var description: String {
    switch self {
    case .unavailable(let reason): "the routing server did not answer: \(reason)"
    case .refused(let code, let message): "the routing server refused the question (\(code)): \(message)"
    case .unreadable(let text): "the routing server's answer is no travel-time table: \(text)"
    }
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
