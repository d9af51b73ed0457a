import Inventory
import ProcurementAPI
import Storage
import Testing

@testable import ProcureCommands

/// What a call says becomes the same command, whether it is read directly or parsed as a line of words.
@Suite struct CommandReaderTests {
  @Test func `a command that is read is the one that is parsed`() throws {
    let operations = try CommandOperations()
    var read = 0
    for operation in operations.operations.values {
      for values in [operation.signature.required, operation.signature.all] {
        let call = try Self.call(operation.signature.words, values)
        guard let command = operation.read(call) else { continue }
        read += 1
        let parsed = try? operation.parsed(call)
        #expect(Self.text(command) == parsed.map { Self.text($0) }, "\(operation.signature.words): \(values)")
      }
    }
    // The parser is for what cannot be read and for what is wrong, not for what is usual.
    #expect(read >= operations.operations.count * 3 / 2)
  }

  @Test(arguments: ["stock show", "stock report", "order new", "alert list"])
  func `what is asked for most often is read`(words: String) throws {
    let operation = try #require(
      try CommandOperations().operations[words.split(separator: " ").map(String.init)]
    )
    #expect(operation.read(try Self.call(operation.signature.words, operation.signature.required)) != nil)
  }

  @Test(arguments: ["centre", "item", "day", "centre item day", "day weeks"])
  func `a command that takes values itself is the one that is parsed`(names: String) throws {
    let known = ["centre": "berard", "item": "SWAB-NP", "day": "2020-03-02", "weeks": "3"]
    let values = known.filter { names.contains($0.key) }.mapValues { [$0] }
    let operation = try #require(try CommandOperations().operations[["stock", "show"]])
    let call = try Self.call(["stock", "show"], values)
    #expect(try Self.text(#require(operation.read(call))) == Self.text(operation.parsed(call)))
  }

  @Test func `what nobody asks for or does not read is left to the parser`() throws {
    let operation = try #require(try CommandOperations().operations[["stock", "show"]])
    #expect(operation.read(try Self.call(["stock", "show"], ["colour": ["red"]])) == nil)
    for values in [["day": ["monday"]], ["weeks": ["0"]], ["centre": ["not a code"]]] {
      let call = try Self.call(["stock", "show"], values)
      #expect(operation.read(call) == nil, "\(values)")
      #expect(throws: CallRefusal.self, "\(values)") { try operation.command(of: call) }
    }
  }

  private static func call(_ words: [String], _ values: [String: [String]]) throws -> Call {
    let name = try #require(User.Name(rawValue: "reader"))
    return Call(
      words: words,
      values: values,
      principal: Principal(name: name, roles: [.buyer]),
      stamp: Stamp(actor: "reader", at: Instant(rawValue: 0)),
      database: try SQLite(path: ":memory:")
    )
  }

  private static func text(_ command: Any) -> String {
    var text = ""
    dump(command, to: &text)
    return text
  }
}

extension Signature {
  fileprivate var required: [String: [String]] { values { !$0.isOptional } }
  fileprivate var all: [String: [String]] { values { _ in true } }

  private func values(where isWanted: (Parameter) -> Bool) -> [String: [String]] {
    let own = ["database", "server", "as", "format"]
    return parameters.filter { isWanted($0) && !own.contains($0.name) }
      .reduce(into: [:]) { $0[$1.name] = $1.kind == .flag ? [] : [$1.value.sample] }
  }
}

extension ValueKind {
  fileprivate var sample: String {
    switch self {
    case .integer(let range): "\(range.contains(3) ? 3 : range.lowerBound)"
    case .number(let range): "\(range?.lowerBound ?? 1.5)"
    case .day: "2020-03-02"
    case .boolean: "true"
    case .code: "berard"
    case .text: "some text"
    case .choice(let values): values.last ?? ""
    }
  }
}
