import Storage
import Testing

private struct Refusal: Error {}

@Suite struct NotificationTests {
  @Test(arguments: Driver.available)
  func `only what commits is told, in order`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let channel = "stock \"é\""
      let changes = try await database.changes(on: channel)
      let second = try await database.changes(on: channel)
      try? await database.write { connection in
        try connection.notify(channel, "rolled back")
        throw Refusal()
      }
      try await database.write { connection in
        try connection.notify("other", "not for us")
        try connection.notify(channel, "one")
        try? connection.savepoint {
          try connection.notify(channel, "undone")
          throw Refusal()
        }
        try connection.notify(channel, "two")
      }
      try await database.write { try $0.notify(channel, "") }
      #expect(await first(3, of: changes) == ["one", "two", ""])
      #expect(await first(3, of: second) == ["one", "two", ""])
    }
  }

  @Test(arguments: Driver.available)
  func `a stream ends with its database`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let changes = try await database.changes(on: "stock")
      await database.close()
      #expect(await first(1, of: changes).isEmpty)
    }
  }
}

private func first(_ count: Int, of stream: AsyncStream<String>) async -> [String] {
  var payloads: [String] = []
  for await payload in stream {
    payloads.append(payload)
    if payloads.count == count { break }
  }
  return payloads
}
