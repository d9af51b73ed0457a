import Foundation
import Inventory
import Planning
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct RenewalCommandTests {
  private static func register(_ backend: Backend) async throws -> Program {
    let program = try await Program.migrated(backend)
    _ = try program.run("centre", "import", Program.seed("centres.csv"))
    _ = try program.run("category", "import", Program.seed("equipment_categories.csv"))
    _ = try program.run(
      "category",
      "import-norms",
      Program.seed("category_norms.csv"),
      "--since",
      "2026-01-01"
    )
    _ = try program.run("equipment", "import", Program.seed("equipment.csv"))
    _ = try program.run(
      "renewal",
      "import-prices",
      Program.seed("machine_prices.csv"),
      "--since",
      "2026-01-01"
    )
    return program
  }

  private static var solver: [String: String] {
    ["PROCURE_HIGHS_LIBRARY": Program.root.appending(path: ".highs/libhighs.so.1").path]
  }

  @Test func `an amount is read as people say it, to the cent`() {
    let texts = ["60M", "7.5M", "500k", "1200000.50", "0", "1.005", "M", "-5", "9999999999999999G"]
    #expect(
      texts.map { Amount(argument: $0)?.money.cents } == [
        6_000_000_000, 750_000_000, 50_000_000, 120_000_050, 0, nil, nil, nil, nil,
      ]
    )
    #expect(Amounts(argument: "5M,10k")?.moneys.map(\.cents) == [500_000_000, 1_000_000])
    #expect(Amounts(argument: "5M,") == nil)
  }

  @Test(
    .enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"),
    arguments: Backend.available
  )
  func `a plan is made, stored, shown, explained, checked and compared with a what-if`(backend: Backend)
    async throws
  {
    let program = try await Self.register(backend)
    let asked = ["--category", "mri-linac", "--category", "linac", "--years", "3", "--budget", "30M"]
    let dated = ["--day", "2026-11-22"]
    let plan = try program.run(["renewal", "plan"] + asked + dated, environment: Self.solver)
    #expect(plan.code == 0, "\(plan.errors)")
    #expect(plan.output.contains("RENEWAL PLAN 1, 2027 to 2029"))
    #expect(plan.output.contains("age unknown"))
    #expect(try program.run("renewal", "show", "1").output == plan.output)
    let csv = try program.run("renewal", "show", "1", "--format", "csv").output
    #expect(csv.hasPrefix("year,do,machine,at,to,age in months,price,saved,status,maker\n"))
    #expect(try program.run("renewal", "explain", "1").output.contains("without it: expected-life +"))
    #expect(try program.run(["renewal", "check", "1"], environment: Self.solver).code == 0)
    #expect(try program.run("scenario", "new", "cut", "--title", "Half").code == 0)
    #expect(try program.run("scenario", "set", "cut", "--budget-cut", "50").code == 0)
    let compared = try program.run(["scenario", "compare", "cut"] + asked + dated, environment: Self.solver)
    #expect(compared.code == 0, "\(compared.errors)")
    #expect(compared.output.contains("30,000,000.00  15,000,000.00"))
    #expect(try program.run("renewal", "list", "--format", "csv").output.split(separator: "\n").count == 2)
    #expect(try program.run("audit", "verify").code == 0)
  }

  @Test(arguments: Backend.available)
  func `an innovation, a survey and an access programme are followed to their end`(backend: Backend)
    async throws
  {
    let program = try await Self.register(backend)
    for (noun, verb, file) in [
      ("innovation", "import", "innovations.csv"), ("innovation", "import-centres", "innovation_centres.csv"),
      ("access", "import", "access_programmes.csv"),
    ] {
      let taken = try program.run(noun, verb, Program.seed(file))
      #expect(taken.code == 0, "\(taken.errors)")
    }
    let who = try program.run("innovation", "who", "--format", "csv").output
    #expect(who.contains("chemo-robots,released,berard,,,gustave-roussy icans,,"))
    let early = try program.run("innovation", "centre", "home-monitoring", "berard", "live")
    #expect(early.code == 1)
    #expect(early.errors.contains("centres train and go live once it is released"))
    let questions = Program.seed("survey_questions.csv")
    let window = ["--title", "Robots", "--opens", "2020-01-01", "--closes", "2099-12-31", "--minimum", "1"]
    #expect(try program.run(["survey", "new", "robots", questions] + window).code == 0)
    #expect(try program.run("survey", "open", "robots").code == 0)
    let answers = try program.file(
      "answers.csv",
      holding: "centre_code,question,answer\nberard,1,yes\nberard,2,9\n"
    )
    #expect(try program.run("survey", "answer", "robots", answers).code == 0)
    #expect(try program.run("survey", "results", "robots").output.contains("9 to 9, median 9"))
    #expect(try program.run("access", "request", "exemple-precoce").code == 0)
    let granted = try program.run(
      "access",
      "grant",
      "exemple-precoce",
      "--on",
      "2026-11-02",
      "--from",
      "2026-12-01",
      "--until",
      "2027-11-30"
    )
    #expect(granted.output.contains("2027-08-30"), "\(granted.errors)")
    let due = try program.run("innovation", "reminders", "--within", "10", "--day", "2027-08-25")
    #expect(due.output.contains("renewal to ask for"))
  }
}
