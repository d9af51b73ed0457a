import Inventory
import Procurement
import Storage
import Tabular

/// The demonstration's last page: what is on its way into the centres, who has it, and which treatments may be given
/// early. Who has what is public where the seeds name a source; early access is invented and says so.
struct InnovationDemo {
  private let innovations: [InnovationSheet]
  private let programmes: [AccessProgramme]
  private let surveys: [(survey: PracticeSurvey, results: SurveyResults)]

  /// The page, on a database that holds the seeds' register; innovations, programmes and a survey are added to it.
  static func text(on database: any Database, with seeds: Seeds, by stamp: Stamp) async throws -> String {
    try await seeds.loadInnovations(into: database, by: stamp)
    return try await database.read { try InnovationDemo(in: $0) }.text
  }

  private init(in connection: any Connection) throws {
    innovations = try Innovation.all(in: connection).map {
      try InnovationSheet($0.terms.code, in: connection)
    }
    programmes = try AccessProgramme.all(in: connection)
    surveys = try PracticeSurvey.all(in: connection).map { survey in
      (survey, try SurveyResults.read(survey.terms.code, in: connection))
    }
  }

  private var text: String {
    """

    INNOVATION: WHAT IS ON ITS WAY INTO THE CENTRES
    \(pipeline.text())
    EARLY ACCESS (invented: a centre opens once the authority has granted it)
    \(TextTable(Self.programmeColumns, rows: programmes.map(Self.cells)).text())
    \(surveys.map(Self.sentence).joined(separator: "\n"))

    """
  }

  private var pipeline: TextTable {
    var table = TextTable([
      .init("innovation"), .init("state"), .init("proposed"), .init("has it"), .init("asked"),
      .init("machines in the register", .right),
    ])
    for sheet in innovations {
      func centres(_ state: CentreRollout.State) -> String {
        sheet.centres.filter { $0.state == state }.map(\.centre.rawValue).joined(separator: " ")
      }
      table.add(
        sheet.innovation.terms.title,
        sheet.innovation.state.rawValue,
        "\(sheet.innovation.terms.proposedOn)",
        centres(.live),
        centres(.asked),
        sheet.innovation.terms.category == nil ? "" : "\(sheet.machines.count)"
      )
    }
    return table
  }

  private static let programmeColumns: [TextTable.Column] = [
    .init("programme"), .init("product"), .init("scheme"), .init("authority"), .init("state"),
  ]

  private static func cells(_ programme: AccessProgramme) -> [String] {
    let terms = programme.terms
    return [
      terms.code.rawValue, terms.product, terms.scheme.rawValue, terms.authority,
      programme.standing.state.rawValue,
    ]
  }

  private static func sentence(_ survey: PracticeSurvey, _ results: SurveyResults) -> String {
    "A survey, “\(survey.terms.title)”, is drawn up: \(survey.terms.questions.count) questions to "
      + "\(results.asked) centres. procure survey open \(survey.terms.code) puts them."
  }
}
