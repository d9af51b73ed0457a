import ArgumentParser
import Inventory
import Storage
package import Tabular

/// A lot of an item.
struct LotOptions: ParsableArguments {
  @Argument(help: "The item's SKU.") var item: Item.SKU
  @Argument(help: "The lot's number.") var lot: String
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func write(_ body: @escaping @Sendable (Lot, Stamp, any Connection) throws -> Void) async throws {
    let (item, number) = (item, lot)
    try await database.write { stamp, connection in
      try body(try Lot.find(item: item, number: number, in: connection), stamp, connection)
    }
    try await show()
  }

  func show(on day: Day = Clock.today) async throws {
    let (item, number) = (item, lot)
    let traces = try await database.read { connection in
      try Lot.find(item: item, number: number, in: connection).trace(on: day, in: connection)
    }
    // Whoever speaks for some centres puts their lots aside, and sees what they have.
    let principal = Session.current?.principal
    try output.write(traces.filter { principal?.covers($0.centre) ?? true })
  }
}

struct LotShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show which centres have or had a lot, and what became of it."
  )
  @OptionGroup var lot: LotOptions
  func run() async throws { try await lot.show() }
}

struct LotHoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Put a lot into quarantine, at a centre or everywhere."
  )
  @OptionGroup var lot: LotOptions
  @Option(help: "At one centre. (default: everywhere)") var centre: Centre.Code?
  @Option(help: "From this day on. (default: today)") var since: Day?
  @Option(help: "Why.") var reason: String

  func run() async throws {
    let (centre, day, reason) = (centre, since ?? Clock.today, reason)
    try await lot.write { lot, stamp, connection in
      try lot.hold(.quarantine, at: centre, since: day, reason: reason, by: stamp, in: connection)
    }
  }
}

struct LotRecall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "Recall a lot from every centre, and show who has how much.",
    discussion: "It is held at once; a centre is done when nothing of it is left in its stock."
  )
  @OptionGroup var lot: LotOptions
  @Option(help: "From this day on. (default: today)") var since: Day?
  @Option(help: "Why.") var reason: String

  func run() async throws {
    let (day, reason) = (since ?? Clock.today, reason)
    try await lot.write { lot, stamp, connection in
      try lot.hold(.recall, at: nil, since: day, reason: reason, by: stamp, in: connection)
    }
  }
}

struct LotRelease: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "End a quarantine, or with --recall a recall."
  )
  @OptionGroup var lot: LotOptions
  @Option(help: "At one centre. (default: the hold on all)") var centre: Centre.Code?
  @Option(help: "From this day on. (default: today)") var from: Day?
  @Option(help: "Why.") var reason: String
  @Flag(help: "End a recall.") var recall = false

  func run() async throws {
    let (centre, day, reason) = (centre, from ?? Clock.today, reason)
    let kind: LotHold.Kind = recall ? .recall : .quarantine
    try await lot.write { lot, stamp, connection in
      try lot.release(kind, at: centre, from: day, reason: reason, by: stamp, in: connection)
    }
  }
}

extension LotTrace: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("on hand", .right), .init("received", .right), .init("gone", .right),
    .init("withdrawn", .right), .init("held"), .init("done"),
  ]
  package var cells: [String] {
    [
      centre.rawValue, onHand.description, received.description, gone.description, withdrawn.description,
      isHeld ? "yes" : "no", isDone ? "yes" : "no",
    ]
  }
}
