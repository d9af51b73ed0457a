import ArgumentParser
import Inventory
import Procurement
import Storage

extension Rollouts {
  struct Record: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a wave went out, as transfers from a centre or as a receipt of an order.",
      discussion: """
        Transfers are sent; each centre gives proof of receipt with procure transfer receive.

        Examples:
          procure rollout record FIRST-PCR 1 --from berard --day 2020-05-04
          procure rollout record FIRST-PCR 2 --order CA-2020-00003 --note BL-118
        """
    )
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @Argument(help: "The wave's number.") var wave: Int64
    @Option(help: "The centre out of whose stock it went.") var from: Centre.Code?
    @Option(help: "The order that brought it.") var order: PurchaseOrder.Number?
    @Option(help: "The delivery note, with --order.") var note: String?
    @Option(help: "The lot as on the label, with --order.") var lot: String?
    @Option(help: "The last day of use of the lot, with --order.") var expiry: Day?
    @Option(help: "Only to this centre; may be given more than once.") var centre: [Centre.Code] = []
    @Option(help: "The day. (default: today)") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      guard (from != nil) != (order != nil) else { throw ValidationError("give --from or --order") }
      guard (order != nil) == (note != nil) else { throw ValidationError("--order and --note go together") }
    }

    func run() async throws {
      let way: WaveRecord.Way
      if let order, let note {
        way = .receipt(order, note: note, lot: lot, expiry: expiry)
      } else if let from {
        way = .transfers(from: from)
      } else {
        throw ValidationError("give --from or --order")
      }
      let record = WaveRecord(
        rollout: code,
        wave: wave,
        day: day ?? Clock.today,
        way: way,
        centres: centre
      )
      let plan = try await database.write { stamp, connection in
        try RolloutPlan.record(record, by: stamp, in: connection)
      }
      try plan.report().write(as: output.format)
    }
  }
}
