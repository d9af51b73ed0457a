import Foundation
import Storage

/// CPU time of this process, and of the server where there is one.
struct CPUClock {
  struct Time {
    var client: Double
    var server: Double

    static func - (left: Time, right: Time) -> Time {
      Time(client: left.client - right.client, server: left.server - right.server)
    }
    static func + (left: Time, right: Time) -> Time {
      Time(client: left.client + right.client, server: left.server + right.server)
    }
    var total: Double { client + server }
  }

  /// The postmaster; nil for an engine in this process.
  private let server: Int32?

  init(_ database: any Database) async throws {
    guard database.dialect == .postgres else {
      server = nil
      return
    }
    let backend = try await database.read { connection in
      try connection.query("SELECT CAST(pg_backend_pid() AS BIGINT)").map { try $0.decode(as: Int64.self) }
    }
    server = backend.first.flatMap { Self.parent(of: Int32($0)) }
  }

  /// Seconds, user and system. The server's are counted in ticks of 10 ms over its processes that live.
  func now() -> Time {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let client = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000
    }
    return Time(client: client, server: server.map(Self.secondsOfChildren) ?? 0)
  }

  private static func fields(of process: Int32) -> [Substring]? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    // The name in parentheses may hold spaces.
    return text.split(separator: ")").last?.split(separator: " ")
  }

  private static func parent(of process: Int32) -> Int32? { fields(of: process).flatMap { Int32($0[1]) } }

  private static func secondsOfChildren(of postmaster: Int32) -> Double {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let ticks = names.compactMap { Int32($0) }.compactMap { fields(of: $0) }
      .filter { Int32($0[1]) == postmaster }
      .reduce(0.0) { $0 + (Double($1[11]) ?? 0) + (Double($1[12]) ?? 0) }
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
