import ArgumentParser
import Inventory
import Storage
package import Tabular

/// `procure user`: who may use the service.
struct Users: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Who may use the service, and for what.",
    subcommands: [List.self, Show.self, Save.self, Disable.self, Enable.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the users by name.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try output.write(try await database.read { try User.all(in: $0) }) }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one user.")
    @Argument(help: "The user's name.") var name: User.Name
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let name = name
      try output.write(one: try await database.read { try User.find(name, in: $0) })
    }
  }

  struct Save: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a user, or give a known one other rights.",
      discussion: """
        Examples:
          procure user save marie --role buyer --role planner --title "Marie Curie"
          procure user save pharmacy-berard --role reporter --centre berard
        """
    )
    @Argument(help: "The user's name.") var name: User.Name
    @Option(help: "What the user is there to do; may be given more than once.") var role: [Role]
    @Option(help: "A centre that a reporter speaks for; may be given more than once.") var centre:
      [Centre.Code] = []
    @Option(help: "How others see the user.") var title: String?
    @Option(help: "The issuer of the user's OpenID Connect tokens.") var issuer: String?
    @Option(help: "The user's “sub” in them.") var subject: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      guard (issuer == nil) == (subject == nil) else {
        throw ValidationError("--issuer and --subject go together")
      }
    }

    func run() async throws {
      let identity = issuer.flatMap { issuer in subject.map { User.Identity(issuer: issuer, subject: $0) } }
      let draft = UserDraft(
        name: name,
        title: title,
        roles: Set(role),
        centres: Set(centre),
        identity: identity
      )
      try output.write(one: try await database.write { try User.save(draft, by: $0, in: $1) })
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a user's access, with all tokens, at once."
    )
    @Argument(help: "The user's name.") var name: User.Name
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let name = name
      try output.write(one: try await database.write { try User.enable(name, false, by: $0, in: $1) })
    }
  }

  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a disabled user access again, without old tokens."
    )
    @Argument(help: "The user's name.") var name: User.Name
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let name = name
      try output.write(one: try await database.write { try User.enable(name, true, by: $0, in: $1) })
    }
  }
}

extension Role: ExpressibleByArgument {}

extension User: Listed {
  package static let columns: [TextTable.Column] = [
    .init("user"), .init("name"), .init("roles"), .init("centres"), .init("identity"), .init("state"),
  ]
  package var cells: [String] {
    [
      name.rawValue, title ?? "", roles.sorted().map(\.rawValue).joined(separator: " "),
      centres.sorted().map(\.rawValue).joined(separator: " "),
      identity.map { "\($0.subject) of \($0.issuer)" } ?? "", isActive ? "active" : "disabled",
    ]
  }
}
