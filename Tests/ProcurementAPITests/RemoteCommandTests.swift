import ArgumentParser
import Foundation
import Inventory
import ProcureCommands
import ProcurementAPI
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

/// Every command of a user says the same on a server as on a database.
struct RemoteCommandTests {
  /// One story, each command after those it needs.
  private static let story = """
    centre list
    centre show berard
    centre show atlantis
    centre departments list --format csv
    equipment list --category mri-linac
    equipment presence --format json
    equipment survey --day 2020-06-10
    equipment makers list
    category list
    item list --format json
    item show PCR-MIX
    kit list
    stock report report.csv --centre berard --day 2020-06-08
    stock report report.csv --centre berard --day 2020-06-08
    stock report report.csv --centre berard --day 2020-06-09 --key second --dry-run
    stock report bad.csv --centre berard --day 2020-06-10
    stock count 500 --centre curie-paris --item PCR-MIX --lot L9 --expiry 2020-12-31 --day 2020-06-08
    stock use 900 --centre curie-paris --item PCR-MIX --lot L9 --day 2020-06-09
    stock show --day 2020-06-10
    stock show --centre berard --day 2020-06-10 --format json
    stock cover --day 2020-06-10 --below 900
    stock consumption --day 2020-06-10
    stock tests --kit PCR-TEST --day 2020-06-10
    stock expiring --within 900 --day 2020-06-10
    stock ledger --centre berard --item PCR-MIX
    stock schedule --centre berard --weekday monday --from 2020-06-01
    stock expected --from 2020-06-01 --to 2020-06-15
    stock reconcile
    lot show PCR-MIX L1
    lot hold PCR-MIX L1 --centre berard --since 2020-06-10 --reason torn
    lot release PCR-MIX L1 --centre berard --from 2020-06-11 --reason checked
    supplier list
    agreement import agreements.csv
    offer import offers.csv --tiers tiers.csv --dry-run
    offer import offers.csv --tiers tiers.csv
    supplier declare aubepine tension --since 2020-06-01 --source letter
    supplier declared --day 2020-06-10
    agreement list
    agreement show AC-2020-PCR
    agreement ceilings AC-2020-PCR --format csv
    agreement decp AC-2020-PCR --day 2020-06-10
    offer list --item SWAB-NP --day 2020-06-10
    offer price SWAB-NP 5000 --day 2020-06-10
    campaign new C1 SWAB-NP --title Swabs --opens 2020-06-01 --closes 2039-06-05 --needed-by 2039-07-01
    campaign open C1
    need set C1 berard SWAB-NP 5000 --because counted
    need import --campaign C1 needs.csv
    need list C1
    campaign close C1
    campaign award C1 --rule greedy
    campaign award C9 --rule greedy
    sites best --category mri-linac --add 1 --objective median --day 2026-01-01
    sites best --category none --add 1 --objective median
    campaign explain C1
    campaign show C1
    campaign order C1
    campaign list --format json
    order new order.csv --supplier aubepine --agreement AC-2020-PCR --lot 1 --key W24
    order new order.csv --supplier nobody --agreement AC-2020-PCR --lot 1 --key W25
    order list
    order show CA-YEAR-00001
    order export CA-YEAR-00001 --form csv
    order export CA-YEAR-00001
    order approve CA-YEAR-00001
    order approve CA-YEAR-00001
    order send CA-YEAR-00001
    order acknowledge CA-YEAR-00001 --reference A77 --expected 2039-12-10
    order receive CA-YEAR-00001 note.csv --key BL-1 
    receipt list
    receipt show CA-YEAR-00001 BL-1
    alert policy
    alert watch --by-cover --day 2020-06-10
    alert list --all
    allocation terms
    allocation declare PCR-MIX berard --starts 2020-06-01 --baseline-units 700 --baseline-days 7 --source count
    allocation compare PCR-MIX --supply 5000 --pack 100 --day 2020-06-10 --floor 100
    allocation decide PCR-MIX --supply 5000 --pack 100 --day 2020-06-10 --rule equalCover --key D1 --because scarce
    allocation list
    transfer propose SWAB-NP 100 --from berard --to curie-paris --keep 100 --key T1 --reason short
    transfer list
    plan policy show
    forecast scenario list
    gaps show --day 2020-06-10
    gaps age --day 2020-06-10
    travel show --origin berard
    sites list
    renewal list
    renewal import-prices prices.csv --since 2026-01-01
    renewal prices --day 2026-11-22
    renewal show 7
    scenario new cut --title Less
    scenario set cut --budget-cut 20 --need berard:linac=1 --price linac=110
    scenario set cut --withdraw nothing
    scenario show cut
    scenario list --format json
    scenario remove cut
    innovation new scopes --title Scopes --kind equipment --owner imaging --source letter --on 2020-06-01
    innovation import innovations.csv
    innovation import-centres innovation_centres.csv --dry-run
    innovation import-centres innovation_centres.csv
    innovation step home-monitoring assess --reason read
    innovation centre chemo-robots berard ready --note built
    innovation centre home-monitoring berard live
    innovation who --format csv
    innovation list --state released
    innovation pitch propose home-monitoring --presenter makers
    innovation pitch schedule home-monitoring 1 --on 2026-11-03
    innovation pitch present home-monitoring 1
    innovation pitch interest home-monitoring 1 --centre berard --level wants
    innovation pitch follow-up home-monitoring 1 --next visit --due 2039-01-15
    innovation pitch list home-monitoring --format json
    innovation show home-monitoring
    survey new robots survey_questions.csv --title Robots --opens 2020-01-01 --closes 2099-12-31 --minimum 1
    survey open robots
    survey show robots
    survey answer robots answers.csv
    survey answer robots refused.csv
    survey decline robots --centre icm --reason busy
    survey answers robots
    survey results robots --format json
    access import access_programmes.csv
    access request exemple-precoce
    access grant exemple-precoce --on 2026-11-02 --from 2026-12-01 --until 2027-11-30
    access centre exemple-precoce berard asked --patients 2
    access show exemple-precoce
    access list --format csv
    innovation reminders --within 365 --day 2038-12-01
    audit log --limit 3 --format csv --subject nobody
    user list
    user save vera --role auditor
    user save vera --role buyer
    user disable vera
    token list --user planner
    nonsense
    """

  /// What the story tries in vain, in its order.
  private static let refused = [
    "centre show", "stock report", "stock use", "agreement decp", "campaign award", "sites best", "order new",
    "allocation decide",
    "renewal show", "scenario set", "innovation centre", "survey answer", "nonsense",
  ]

  @Test(arguments: Backend.available)
  func `a command says the same on a server as on a database`(backend: Backend) async throws {
    let (here, there) = (try await Self.prepared(backend), try await Self.prepared(backend))
    let database = try await Self.open(there.location)
    try await LiveServer.run(with: database, clock: { Clock.now }) { server in
      let remote = [
        "PROCURE_SERVER": "http://127.0.0.1:\(server.port)", "PROCURE_TOKEN": Sample.secret(of: "all"),
      ]
      var refused: [String] = []
      for line in Self.story.split(separator: "\n") {
        let words = line.replacing("YEAR", with: "\(Clock.today)".prefix(4)).split(separator: " ").map(
          String.init
        )
        let local = try await here.outcome(of: words, environment: ["PROCURE_ACTOR": "all"])
        let served = try await there.outcome(of: words, environment: remote)
        if local.code != 0 { refused.append(words.prefix(2).joined(separator: " ")) }
        #expect(Self.timeless(served) == Self.timeless(local), "\(line)")
      }
      #expect(refused == Self.refused)
      let without = try await there.outcome(
        of: ["centre", "list"],
        environment: ["PROCURE_SERVER": remote["PROCURE_SERVER"] ?? ""]
      )
      #expect(without.code == 1)
      #expect(without.errors == "error: this takes a token: Authorization: Bearer …\n")
      let elsewhere = ["--server", "http://127.0.0.1:1"]
      let local = try await there.outcome(of: ["database", "check"] + elsewhere, environment: remote)
      #expect(local.code == 1)
      let nowhere = try await there.outcome(of: ["centre", "list"] + elsewhere, environment: [:])
      #expect(nowhere.code == 1)
      #expect(nowhere.errors.hasPrefix("error: the server http://127.0.0.1:1 cannot be reached"))
    }
  }

  @Test(arguments: Backend.available)
  func `a reporter's file that speaks of another centre is refused by the server with its lines`(
    backend: Backend
  ) async throws {
    let program = try await Self.prepared(backend)
    let file = try program.file("foreign.csv", holding: "item,centre,counted\nPCR-MIX,curie-paris,5\n")
    let database = try await Self.open(program.location)
    try await LiveServer.run(with: database, clock: { Clock.now }) { server in
      let refused = try await program.outcome(
        of: ["stock", "report", file, "--day", "2020-06-08"],
        environment: [
          "PROCURE_SERVER": "http://127.0.0.1:\(server.port)", "PROCURE_TOKEN": Sample.secret(of: "reporter"),
        ]
      )
      #expect(refused.code == 1 && refused.output.isEmpty)
      #expect(
        refused.errors.contains("1 line of another centre than yours; nothing was taken"),
        "\(refused.errors)"
      )
      #expect(
        refused.errors.contains("line 2") && refused.errors.contains("curie-paris"),
        "\(refused.errors)"
      )
    }
  }

  /// Without the moments, which differ from run to run.
  private static func timeless(_ outcome: Program.Outcome) -> [String] {
    let moment = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/
    return [
      String(outcome.code), outcome.output.replacing(moment, with: "T"),
      outcome.errors.replacing(moment, with: "T"),
    ]
  }

  private static func prepared(_ backend: Backend) async throws -> Program {
    let program = try await Program.migrated(backend)
    let database = try await open(program.location)
    try await Sample.load(into: database)
    await database.close()
    let report = "item,lot,expiry,counted\nPCR-MIX,L1,2020-12-31,960\nSWAB-NP,S1,2041-06-30,2400\n"
    _ = try program.file("report.csv", holding: report)
    _ = try program.file("bad.csv", holding: "item,counted\nPCR-MIX,many\nNONE,5\n")
    _ = try program.file("needs.csv", holding: "centre,sku,quantity\nbaclesse,SWAB-NP,3000\n")
    _ = try program.file("order.csv", holding: "sku,centre,packs\nSWAB-NP,berard,20\n")
    _ = try program.file(
      "note.csv",
      holding: "line,centre,lot,expiry,accepted\n1,berard,S7,2041-06-30,2000\n"
    )
    for (name, file) in [("agreements", "agreements"), ("offers", "offers"), ("tiers", "offer_tiers")] {
      let seed = try String(contentsOfFile: Program.seed("\(file).csv"), encoding: .utf8)
      let longer = seed.replacing("2021-", with: "2041-").replacing("2022-", with: "2042-")
      _ = try program.file("\(name).csv", holding: longer)
    }
    for name in ["innovations", "innovation_centres", "survey_questions", "access_programmes"] {
      let seed = try String(contentsOfFile: Program.seed("\(name).csv"), encoding: .utf8)
      _ = try program.file("\(name).csv", holding: seed)
    }
    let prices =
      "category_code,purpose,price_cents,source,certainty\nlinac,purchase,250000000,letter,stated\n"
    _ = try program.file("prices.csv", holding: prices)
    let answers = "centre_code,question,answer\nberard,1,yes\nberard,2,9\n"
    _ = try program.file("answers.csv", holding: answers)
    _ = try program.file("refused.csv", holding: answers.replacing("9", with: "many"))
    return program
  }

  private static func open(_ location: String) async throws -> any Database {
    var options = try DatabaseOptions.parse(["--database", location])
    options.url = location
    return try await options.open()
  }
}
