import Inventory
import Procurement
import Storage

extension Seeds {
  /// Adds what machines cost and what an upgrade is worth; loaded twice it is there once.
  func loadPrices(into database: any Database, by stamp: Stamp) async throws {
    let prices = try MachinePrice.drafts(from: input("machine_prices.csv"), validFrom: stamp.at.day)
    let norms = try EquipmentCategory.Norm.drafts(from: input("upgrade_norms.csv"), validFrom: stamp.at.day)
    try await database.write { connection in
      try MachinePrice.take(prices, by: stamp, in: connection)
      try EquipmentCategory.Norm.take(norms, by: stamp, in: connection)
    }
  }

  /// Adds the innovations, who has them, the programmes and a survey of practice.
  func loadInnovations(into database: any Database, by stamp: Stamp) async throws {
    let innovations = try Innovation.drafts(from: input("innovations.csv"), on: stamp.at.day)
    let centres = try Innovation.rolloutDrafts(from: input("innovation_centres.csv"))
    let programmes = try AccessProgramme.drafts(from: input("access_programmes.csv"))
    guard let code = PracticeSurvey.Code(rawValue: "chemo-robots") else { return }
    let survey = PracticeSurvey.Terms(
      code: code,
      title: "Robots in the pharmacy",
      opens: stamp.at.day,
      closes: stamp.at.day + 30,
      innovation: innovations.first?.terms.code,
      questions: try PracticeSurvey.questionDrafts(from: input("survey_questions.csv"))
    )
    try await database.write { connection in
      try Innovation.take(innovations, by: stamp, in: connection)
      try Innovation.take(centres, by: stamp, in: connection)
      for programme in programmes { _ = try AccessProgramme.identify(programme, by: stamp, in: connection) }
      _ = try PracticeSurvey.start(survey, by: stamp, in: connection)
    }
  }
}
