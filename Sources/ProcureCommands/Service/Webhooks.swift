import ArgumentParser
import Foundation
import Inventory
import ProcurementAPI
import Storage
package import Tabular

/// `procure webhook`: other systems that are told what happens.
struct Webhooks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: "Other systems that are told of alerts, orders and whatever else happens.",
    discussion: """
      A server (“procure serve”) sends them: JSON, signed as Standard Webhooks 1.0 says with the secret that is shown \
      once, tried ten times over three days until it is taken with a status of 2xx.
      """,
    subcommands: [
      Add.self, List.self, Pause.self, Resume.self, Ping.self, Deliveries.self, Repeat.self, Remove.self,
    ]
  )

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a webhook and show its secret, once.",
      discussion: "Example: procure webhook add erp https://erp.example.org/procure --type order --type alert"
    )
    @Argument(help: "What it is called.") var name: Webhook.Name
    @Argument(help: "The address, over https.") var url: String
    @Option(name: .customLong("type"), help: "What it is told of, as order or alert; may be given again.")
    var types: [String]
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      var generator = SystemRandomNumberGenerator()
      let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      let secret = "whsec_" + Data(bytes).base64EncodedString()
      let draft = WebhookDraft(name: name, url: url, types: types, secret: secret)
      // What a server of this database would do is not known to a shell.
      let allowsPlain = Session.current?.allowsPlainWebhooks ?? true
      let webhook = try await database.write {
        try Webhook.add(draft, allowsPlain: allowsPlain, by: $0, in: $1)
      }
      if Session.current == nil, url.hasPrefix("http://") {
        Terminal.note("Plain HTTP: it is told nothing but by a server with --allow-private-webhooks.")
      }
      try output.write(
        one: NewWebhook(name: webhook.name, url: webhook.url, types: webhook.types, secret: secret)
      )
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the webhooks by name.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try output.write(try await database.read { try Webhook.all(in: $0) }) }
  }

  struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Tell a webhook nothing for a while.")
    @Argument(help: "The webhook.") var name: Webhook.Name
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let name = name
      try output.write(one: try await database.write { try Webhook.pause(name, true, by: $0, in: $1) })
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell a webhook again what happens from now on."
    )
    @Argument(help: "The webhook.") var name: Webhook.Name
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let name = name
      try output.write(one: try await database.write { try Webhook.pause(name, false, by: $0, in: $1) })
    }
  }

  struct Ping: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send a webhook something that is no event, to see whether it is taken."
    )
    @Argument(help: "The webhook.") var name: Webhook.Name
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let name = name
      try await database.write { stamp, connection in
        let body =
          "{\"action\":\"webhook.ping\",\"at\":\"\(stamp.at)\",\"subject\":\"webhook \(name)\",\"type\":\"webhook\"}\n"
        try Webhook.ping(name, body: body, at: stamp.at, in: connection)
      }
      Terminal.note("laid out for \(name): its deliveries say what came of it")
    }
  }

  struct Deliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What a webhook was told and is to be told, the youngest first."
    )
    @Argument(help: "The webhook.") var name: Webhook.Name
    @Option(help: "Only those in this state.") var state: WebhookDelivery.State?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (name, state) = (name, state)
      try output.write(try await database.read { try WebhookDelivery.list(of: name, state: state, in: $0) })
    }
  }

  struct Repeat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Send a delivery again at once.")
    @Argument(help: "The delivery's number.") var delivery: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = WebhookDelivery.ID(rawValue: delivery)
      try output.write(one: try await database.write { try WebhookDelivery.repeatNow(id, at: $0.at, in: $1) })
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a webhook with what is left to be told it."
    )
    @Argument(help: "The webhook.") var name: Webhook.Name
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let name = name
      try await database.write { try Webhook.remove(name, by: $0, in: $1) }
      Terminal.note("removed: webhook \(name)")
    }
  }
}

/// A webhook with the secret that is shown once.
struct NewWebhook: Listed, Encodable {
  let name: Webhook.Name
  let url: String
  let types: [String]
  let secret: String

  static let columns: [TextTable.Column] = [
    .init("webhook"), .init("address"), .init("of"), .init("secret, shown this once"),
  ]
  var cells: [String] { [name.rawValue, url, types.joined(separator: ", "), secret] }
}

extension WebhookDelivery.State: ExpressibleByArgument {}

extension Webhook: Listed {
  package static let columns: [TextTable.Column] = [
    .init("webhook"), .init("address"), .init("of"), .init("added"), .init("state"),
  ]
  package var cells: [String] {
    [
      name.rawValue, url, types.joined(separator: ", "), madeAt.description,
      pausedAt.map { "paused \($0)" } ?? "told of what happens",
    ]
  }
}

extension WebhookDelivery: Listed {
  package static let columns: [TextTable.Column] = [
    .init("delivery", .right), .init("event"), .init("subject"), .init("state"), .init("tries", .right),
    .init("status", .right),
    .init("next"), .init("problem"),
  ]
  package var cells: [String] {
    [
      "\(id.rawValue)", event, subject, state.rawValue, "\(attempts)", status.map(String.init) ?? "",
      dueAt?.description ?? "", problem ?? "",
    ]
  }
}
