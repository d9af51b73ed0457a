import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct AccessProgrammes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Early access to treatments: the authority's decisions, their days, and the centres open.",
    subcommands: [
      New.self, Import.self, List.self, Show.self, Request.self, Review.self, Grant.self, Renew.self,
      Refuse.self, Authorise.self, End.self, CentreStep.self,
    ]
  )

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Note a programme that may be asked for.",
      discussion: """
        Example: procure access new lu-psma --product "177Lu-PSMA-617" --scheme early \\
          --indication "metastatic prostate cancer" --source "pharmacy group"
        """
    )
    @Argument(help: "The programme's code.") var code: AccessProgramme.Code
    @Option(help: "The product, by its international name.") var product: String
    @Option(help: "Its ATC code.") var atc: String?
    @Option(help: "What it is given for.") var indication: String
    @Option(help: "early (accès précoce), compassionate (accès compassionnel), or framework (CPC).")
    var scheme: AccessProgramme.Scheme
    @Option(help: "Who decides; HAS for early access, else ANSM, by default.") var authority: String?
    @Option(help: "The innovation that it belongs to.") var innovation: Innovation.Code?
    @Option(help: "The item by which it is ordered.") var item: Item.SKU?
    @Option(help: "Who says so.") var source: String
    @Option(help: "How sure it is.") var certainty = "stated"
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let terms = AccessProgramme.Terms(
        code: code,
        product: product,
        atc: atc,
        indication: indication,
        scheme: scheme,
        authority: authority,
        innovation: innovation,
        item: item,
        source: source,
        certainty: certainty
      )
      try output.write([try await database.write { try AccessProgramme.identify(terms, by: $0, in: $1) }])
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take programmes from a table.")
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try AccessProgramme.drafts(from: try source.input())
      try await source.take(drafts, named: "programmes", into: database) { drafts, stamp, connection in
        for terms in drafts { _ = try AccessProgramme.identify(terms, by: stamp, in: connection) }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the programmes by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try AccessProgramme.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a programme with its days and how far each centre is."
    )
    @OptionGroup var programme: ProgrammeOptions

    func run() async throws {
      let sheet = try await programme.database.read { try ProgrammeSheet(programme.code, in: $0) }
      try programme.output.write(sheet.table, json: sheet)
    }
  }

  struct CentreStep: AsyncParsableCommand, LimitedArguments {
    static let limits = ["patients": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(
      commandName: "centre",
      abstract: "Say how far a centre is: asked, open, in_use or closed, and how many patients it counted."
    )
    @Argument(help: "The programme's code.") var code: AccessProgramme.Code
    @Argument(help: "The centre's code.") var centre: Centre.Code
    @Argument(help: "Where it is now.") var state: AccessCentre.State
    @Option(help: "Patients treated there so far, counted together.") var patients: Int64?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
    }

    func run() async throws {
      let place = try await database.write { stamp, connection in
        try AccessProgramme.move(centre, to: state, patients: patients, of: code, by: stamp, in: connection)
      }
      try output.write([place])
    }
  }
}

extension AccessProgramme.Scheme: ExpressibleByArgument {}
extension AccessCentre.State: ExpressibleByArgument {}

extension AccessProgramme: Listed {
  package static let columns: [TextTable.Column] = [
    .init("programme"), .init("product"), .init("indication"), .init("scheme"), .init("authority"),
    .init("state"), .init("decided"), .init("from"), .init("until"), .init("renewal due"), .init("certainty"),
  ]
  package var cells: [String] {
    [
      terms.code.rawValue, terms.product, terms.indication, terms.scheme.rawValue, terms.authority,
      standing.state.rawValue, standing.decidedOn.map { "\($0)" } ?? "",
      standing.period.map { "\($0.starts)" } ?? "", standing.period.map { "\($0.ends)" } ?? "",
      standing.period.map { "\($0.renewalDue)" } ?? "", terms.certainty,
    ]
  }
}

/// A programme with all that is known of it.
struct ProgrammeSheet: Encodable {
  let programme: AccessProgramme
  let centres: [AccessCentre]

  init(_ code: AccessProgramme.Code, in connection: any Connection) throws {
    programme = try AccessProgramme.find(code, in: connection)
    centres = try programme.centres(in: connection)
  }

  /// Patients of the centres that counted them; nil where none did.
  var patients: Int64? {
    let counted = centres.compactMap(\.patients)
    return counted.isEmpty ? nil : counted.reduce(0, +)
  }

  var table: TextTable {
    var table = TextTable([.init("field"), .init("value")])
    for (column, cell) in zip(AccessProgramme.columns, programme.cells) where !cell.isEmpty {
      table.add(column.title, cell)
    }
    let terms = programme.terms
    for (name, value) in [
      ("ATC", terms.atc), ("innovation", terms.innovation?.rawValue), ("item", terms.item?.rawValue),
    ] {
      if let value { table.add(name, value) }
    }
    table.add("source", terms.source)
    for centre in centres {
      let patients = centre.patients.map { ", \($0) patients" } ?? ""
      table.add("at \(centre.centre)", "\(centre.state.rawValue) since \(centre.since)\(patients)")
    }
    if !centres.isEmpty { table.add("patients counted", patients.map { "\($0)" } ?? unknown) }
    return table
  }
}

extension AccessCentre: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("state"), .init("since"), .init("patients", .right),
  ]
  package var cells: [String] {
    [centre.rawValue, state.rawValue, "\(since)", patients.map { "\($0)" } ?? unknown]
  }
}
