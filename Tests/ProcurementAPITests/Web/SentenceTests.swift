import Foundation
import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement
@testable import ProcurementAPI

/// What the domain says is said in French on French pages, figures included.
struct SentenceTests {
  private static func french(_ text: String) -> String? {
    Sentences.french.translated(text)
  }

  @Test func `figures go where they belong, as French writes them`() {
    #expect(
      Self.french("Its need of 1200 is met.") == "Son besoin de \(Language.french.number(1200)) est couvert."
    )
    #expect(
      Self.french("Its share is 3.25 packs, rounded down: others had larger remainders.")
        == "Sa part est de 3,25 colis, arrondie à l’inférieur : d’autres restes sont plus grands."
    )
    #expect(
      Self.french("280 = 168 (8.00 a day × 21.0 days) + safety stock 112")
        == "280 = 168 (8,00 par jour × 21,0 jours) + stock de sécurité 112"
    )
    #expect(Self.french("what a person wrote") == nil)
    #expect(Language.english.sentence("Its target is met.") == "Its target is met.")
    #expect(Language.french.sentence("what a person wrote") == "what a person wrote")
  }

  @Test func `a number that names something is no figure, and a day is written as one`() {
    #expect(Self.french("lot 00035200907: no report") == "lot 00035200907 : no report")
    #expect(Self.french("lot 35200907: no report") == "lot 35200907 : no report")
    #expect(Self.french("order 2020 came short") == "la commande 2020 est arrivée incomplète")
    #expect(Language.french.sentence("00035200907") == "00035200907")
    #expect(
      Self.french("no supplier delivers it by 2020-10-26")
        == "aucun fournisseur ne le livre avant le 26\u{00A0}oct.\u{00A0}2020"
    )
  }

  @Test func `names stand in place of codes, in both languages`() {
    let said = "cytise can deliver only 7,000 of PCR-MIX in time"
    let names = ["cytise": "Cytise Réactifs", "PCR-MIX": "RT-PCR mix"]
    #expect(
      Language.english.sentence(said, name: { names[$0] })
        == "Cytise Réactifs can deliver only 7,000 of RT-PCR mix in time"
    )
    #expect(
      Language.french.sentence(said, name: { names[$0] })
        == "Cytise Réactifs ne peut livrer que \(Language.french.number(7_000)) de RT-PCR mix à temps"
    )
    #expect(Language.english.sentence("what a person wrote", name: { names[$0] }) == "what a person wrote")
  }

  @Test func `an amount has its currency, in both languages`() {
    let said = "exact: 17,200.00, freight 35.00 of it; proven: no award costs less"
    #expect(
      Language.english.sentence(said)
        == "exact: €17,200.00, freight €35.00 of it; proven: no award costs less"
    )
    #expect(
      Self.french(said)
        == "calcul exact : 17\u{202F}200,00\u{00A0}€, dont 35,00\u{00A0}€ de transport ; démontré : aucune attribution "
        + "ne coûte moins"
    )
    for (said, shown) in [("500 units", "500 units"), ("500.00", "€500.00")] {
      let left = Language.english.sentence("lot 3 of AC-1 has \(said) left")
      #expect(left == "lot 3 of AC-1 has \(shown) left")
    }
  }

  @Test func `what a command would be told is not told on a page`() {
    for (said, shown) in [
      ("no award: allow more with --time-limit", "no award"),
      (
        "campaign A is not awarded: no solver; or ask for the greedy rule by its name, --rule greedy",
        "campaign A is not awarded: no solver"
      ),
      ("no plan to fill campaign A from: run one with procure plan run", "no plan to fill campaign A from"),
      ("give “pet-ct” a purchase price (procure renewal import-prices)", "give “pet-ct” a purchase price"),
      ("TR-1 is sent: it cannot take the step “send”", "TR-1 is sent: it cannot take the step “send”"),
    ] {
      #expect(Findings.withoutCommands(said) == shown)
    }
  }

  /// What pages refuse most often, with values as they may be.
  private static let refusals: [any DomainError] = [
    AwardError.impossible("A", ["berard needs 5 of SWAB-NP by 2020-11-01"], earliest: nil),
    AwardError.impossible("A", [], earliest: nil), AwardError.noSolver("A", "not installed"),
    AwardError.undecided("A", seconds: 30),
    AwardError.misjudged("A", priced: Money(cents: 100), said: Money(cents: 90)),
    CampaignError.notAllowed(.order, "A", .closed), CampaignError.notTaking("A", .closed),
    CampaignError.nothingNeeded("A"), CampaignError.noAward("A"), CampaignError.changedMeanwhile("A"),
    CampaignError.codeTaken("A"), TransferError.toItself("berard"), TransferError.nothingToSend,
    InnovationError.notAllowed(step: "grant", noun: "access programme", code: "a", state: "identified"),
    InnovationError.programmeNotOpen("a", .requested), InnovationError.centresUnderWay("a", []),
    SiteError.unbounded, SiteError.noCandidates, SiteError.noCost(category: "pet-ct"),
  ]

  @Test func `every refusal of a page's form is told in French`() {
    for refusal in Self.refusals {
      let first = refusal.description.split(separator: "\n").first.map(String.init) ?? ""
      #expect(Self.french(Findings.withoutCommands(first)) != nil, "\(first)")
    }
  }

  @Test func `what leaves a need uncovered, and where it comes from, is said in French`() {
    for reason in [
      "nobody offers it", "no offer has more of it",
      "the order would stay below the supplier's minimum value",
      "the suppliers' capacities, minimums and the lots' ceilings leave no more",
      "plan 17 of 2020-09-06: up to 1,870, 1,177 usable + 100 coming", "2 more instead of 3",
      "a limit of 54 minutes", "plan 23: 6 of 6 tasks",
      "greedy: 4,560.00, freight 0.00 of it; nothing is proven",
    ] {
      #expect(Self.french(reason) != nil, "\(reason)")
    }
  }

  @Test func `every reason that a share can have is said in French`() {
    let half = Fraction(5) / Fraction(2)
    let reasons: [AllocationReason] = [
      .nothingToShare, .needMet(units: 5), .baselineCap(asked: 9, baseline: 5), .limitReached(units: 3),
      .expiryCap(lastDay: 4, days: 20), .floor(units: 3), .floorCut(units: 3), .noUse,
      .raisedToLevel(cover: half),
      .aboveLevel(cover: half), .share(exact: half, packs: 3), .share(exact: half, packs: 2),
      .share(exact: Fraction(2), packs: 2), .belowMinimum(packs: 2), .classNotReached(priority: 2),
    ]
    for reason in reasons { #expect(Self.french(reason.sentence) != nil, "\(reason.sentence)") }
    let bounds: [Rollout.Bound] = [
      .readiness(centre: "a", day: 3), .atOnce(day: 3), .tooLittle(missing: 3), .nothingToDo,
    ]
    for bound in bounds { #expect(Self.french(bound.sentence) != nil, "\(bound.sentence)") }
  }

  @Test func `what a supplier in trouble owes is said in French`() {
    let day = Day(rawValue: 18_500)
    for (state, from) in [
      (SupplyDeclaration.State.rupture, day), (.rupture, nil), (.discontinued, nil), (.tension, nil),
    ]
      as [(SupplyDeclaration.State, Day?)]
    {
      let signal = SupplySignal.owed(supplier: "alder", state: state, quantity: Quantity(2_000), from: from)
      #expect(Self.french(signal.sentence) != nil, "\(signal.sentence)")
    }
  }

  @Test func `what is noted of an alert is told sentence by sentence`() {
    let event = ShortageAlert.Event(
      at: Instant(rawValue: 0),
      actor: "watch",
      state: .open,
      severity: .watch,
      note: "6.0 % to run out before a delivery ordered today, 12.5 % if it waits, about 2020-10-05 "
        + "(2020-09-28 to later); 1200 usable, 0 coming; report of 2020-09-27, stale"
    )
    #expect(
      event.text(.french).replacing("\u{00A0}", with: " ").replacing("\u{202F}", with: " ")
        == "6,0 % de risque de rupture avant une livraison commandée aujourd’hui, 12,5 % si l’on attend, vers le "
        + "5 oct. 2020 (du 28 sept. 2020 à plus tard) ; 1 200 utilisables, 0 en route ; "
        + "déclaration du 27 sept. 2020, ancienne"
    )
    #expect(event.text(.english).hasSuffix("report of 27\u{00A0}Sep\u{00A0}2020, stale"))
    #expect(
      Language.english.timed("as in the report taken at 2020-10-19T08:00:00Z, not 2020-10-19")
        == "as in the report taken at 19\u{00A0}Oct\u{00A0}2020 08:00\u{00A0}UTC, not 2020-10-19"
    )
  }

  /// What the demonstration's domain said, all of it.
  private static func said(in connection: any Connection) throws -> [String] {
    var said: [String] = []
    for decision in try AllocationDecision.list(in: connection) {
      said += decision.lines.map(\.sentence) + [decision.reason]
    }
    said += try Transfer.list(in: connection).map(\.reason)
    let run = try #require(try PlanRun.latest(in: connection))
    for line in try PlanLine.list(of: run.id, in: connection) {
      said += (line.policy?.why ?? []) + [line.proposal?.why].compactMap { $0 }
    }
    for summary in try RenewalRecord.list(in: connection) {
      said += try RenewalRecord.find(summary.number, in: connection).report.left.map(\.reason)
    }
    return said
  }

  @Test func `nothing that the season's domain said stays English on a French page`() async throws {
    let database = try await Sample.season(on: .sqlite)
    let said = try await database.read { try Self.said(in: $0) }
    #expect(said.count > 100)
    #expect(Set(said.filter { Self.french($0) == nil }) == [])
    await database.close()
  }

  @Test func `every entry of the season's log is told in French`() async throws {
    let database = try await Sample.season(on: .sqlite)
    let actions = try await database.read { connection in
      Set(try AuditEntry.latest(100_000, subject: nil, in: connection).map(\.action))
    }
    #expect(actions.count > 30)
    let untold = actions.filter { AuditWords.text($0, .french) == $0.replacing(".", with: ": ") }
    #expect(untold == [])
    await database.close()
  }
}
