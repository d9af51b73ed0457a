import TestSupport
import Testing

@testable import Storage

@Suite struct MemoryTests {
  private struct Kept { let number: Int }

  @Test func thereIsOneValueOfEachType() {
    let memory = Memory()
    #expect(memory.value { Kept(number: 1) }.number == 1)
    #expect(memory.value { Kept(number: 2) }.number == 1)
    #expect(memory.value { 3 } == 3)
  }

  @Test(arguments: Backend.available)
  func onlyReadsSeeTheMemory(_ backend: Backend) async throws {
    let database = try await backend.empty()
    let inRead = try await database.read { $0.memory != nil }
    let inWrite = try await database.write { $0.memory != nil }
    #expect(inRead)
    #expect(!inWrite)
  }
}
