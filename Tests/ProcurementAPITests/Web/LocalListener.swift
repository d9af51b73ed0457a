import Foundation
import Glibc

/// A port of this machine on which requests are answered one after the other, on a thread of its own.
final class LocalListener: Sendable {
  struct Request: Sendable {
    var path: String
    /// By the names in lower case.
    var headers: [String: String]
    var body: String
  }

  struct Reply: Sendable {
    var status: Int
    var body: String
  }

  let address: String
  private let listener: Int32

  /// Nil where no port can be had.
  init?() {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) == 0 && listen(listener, 8) == 0
          && getsockname(listener, generic, &size) == 0
      }
    }
    guard isBound else { return nil }
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
  }

  func start(_ answer: @escaping @Sendable (Request) -> Reply) {
    Thread.detachNewThread {
      while true {
        let connection = accept(self.listener, nil, nil)
        guard connection >= 0 else { return }
        let reply = answer(Self.read(from: connection))
        let whole =
          "HTTP/1.1 \(reply.status) Said\r\nContent-Length: \(reply.body.utf8.count)\r\nConnection: close\r\n\r\n"
          + reply.body
        let bytes = Array(whole.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(connection)
      }
    }
  }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func read(from connection: Int32) -> Request {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { break }
      bytes += buffer.prefix(count)
      let (head, body) = split(bytes)
      if let body, body.utf8.count >= headers(in: head)["content-length"].flatMap({ Int($0) }) ?? 0 { break }
    }
    let (head, body) = split(bytes)
    let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    return Request(path: path, headers: headers(in: head), body: body ?? "")
  }

  /// The head, and the body once it has begun.
  private static func split(_ bytes: [UInt8]) -> (head: String, body: String?) {
    let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")
    return (parts[0], parts.count == 2 ? parts[1] : nil)
  }

  private static func headers(in head: String) -> [String: String] {
    let pairs = head.components(separatedBy: "\r\n").dropFirst().map { line in
      let halves = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      return (halves[0].lowercased(), halves.count == 2 ? halves[1] : "")
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
