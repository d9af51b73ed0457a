import ArgumentParser
import Inventory
import Storage
package import Tabular

/// `procure token`: the secrets by which programs come in.
struct Tokens: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "The secrets by which programs prove whose they are.",
    subcommands: [Create.self, List.self, Revoke.self]
  )

  struct Create: AsyncParsableCommand, LimitedArguments {
    static let limits = ["days": 1...3_660]
    static let configuration = CommandConfiguration(
      abstract: "Make a token and show its secret, once.",
      discussion: "Example: procure token create pharmacy-berard nightly --days 365"
    )
    @Argument(help: "The user whose token it is.") var user: User.Name
    @Argument(help: "What it is for.") var label: AccessToken.Label
    @Option(help: "Days after which it ends.") var days: Int64 = 365
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (user, label, days) = (user, label, days)
      var generator = SystemRandomNumberGenerator()
      let secret = AccessToken.secret(using: &generator)
      let token = try await database.write { stamp, connection in
        try AccessToken.create(
          for: user,
          label: label,
          lasting: days,
          secret: secret,
          by: stamp,
          in: connection
        )
      }
      try output.write(one: NewToken(user: user, label: label, expiresAt: token.expiresAt, secret: secret))
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the tokens by user and label.")
    @Option(help: "Only those of a user.") var user: User.Name?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let user = user
      try output.write(try await database.read { try AccessToken.all(of: user, in: $0) })
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End a token at once.")
    @Argument(help: "The user whose token it is.") var user: User.Name
    @Argument(help: "What it was for.") var label: AccessToken.Label
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (user, label) = (user, label)
      try output.write(
        one: try await database.write { try AccessToken.revoke(label, of: user, by: $0, in: $1) }
      )
    }
  }
}

/// A token with the secret that is shown once.
struct NewToken: Listed, Encodable {
  let user: User.Name
  let label: AccessToken.Label
  let expiresAt: Instant
  let secret: String

  static let columns: [TextTable.Column] = [
    .init("user"), .init("label"), .init("ends"), .init("secret, shown this once"),
  ]
  var cells: [String] { [user.rawValue, label.rawValue, expiresAt.description, secret] }
}

extension AccessToken: Listed {
  package static let columns: [TextTable.Column] = [
    .init("user"), .init("label"), .init("made"), .init("ends"), .init("last used"), .init("state"),
  ]
  package static var keyColumns: Int { 2 }
  package var cells: [String] {
    [
      user.rawValue, label.rawValue, createdAt.description, expiresAt.description,
      usedAt?.description ?? "never", revokedAt.map { "revoked \($0)" } ?? "valid until it ends",
    ]
  }
}
