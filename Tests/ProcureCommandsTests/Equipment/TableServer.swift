import Glibc
import Synchronization

/// A stand-in for an OSRM server on this machine: speaks HTTP and the table service's protocol, takes its time
/// from the coordinates, and answers 503 to its first questions when told to.
final class TableServer: Sendable {
  let address: String
  private let listener: Int32
  private let questions = Mutex(0)
  private let busyTimes: Int

  var asked: Int { questions.withLock { $0 } }

  /// Nil where no port can be had.
  init?(busyTimes: Int = 0) {
    self.busyTimes = busyTimes
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

  deinit { close(listener) }

  /// Answers one connection after the other until `count` questions were answered; blocks.
  func serve(_ count: Int) {
    for _ in 0..<count {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      let request = read(from: connection)
      let number = questions.withLock { asked in
        asked += 1
        return asked
      }
      let isBusy = number <= busyTimes
      let body = isBusy ? "come back later" : Self.table(for: request)
      send("HTTP/1.1 \(isBusy ? "503 Busy" : "200 OK")\r\n", body, to: connection)
      close(connection)
    }
  }

  private func read(from connection: Int32) -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !String(decoding: text, as: UTF8.self).contains("\r\n\r\n") {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { break }
      text += buffer.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func send(_ status: String, _ body: String, to connection: Int32) {
    let text = "\(status)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent <= 0 { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// 1,000 seconds a degree of latitude between two places, and no way to places east of 100°.
  private static func table(for request: String) -> String {
    let path = request.split(separator: " ").dropFirst().first ?? ""
    let parts = path.split(separator: "?")
    guard parts.count == 2, let list = parts[0].split(separator: "/").last else {
      return #"{"code":"InvalidUrl","message":"URL string malformed"}"#
    }
    let places = list.split(separator: ";").map { $0.split(separator: ",").compactMap { Double($0) } }
    func numbers(_ name: String) -> [Int] {
      let value = parts[1].split(separator: "&").first { $0.hasPrefix("\(name)=") } ?? ""
      return value.dropFirst(name.count + 1).split(separator: ";").compactMap { Int($0) }
    }
    let rows = numbers("sources").map { from in
      let times = numbers("destinations").map { to in
        places[to][0] > 100 ? "null" : "\(1000 * abs(places[from][1] - places[to][1]))"
      }
      return "[\(times.joined(separator: ","))]"
    }
    return "{\"code\":\"Ok\",\"durations\":[\(rows.joined(separator: ","))]}"
  }
}
