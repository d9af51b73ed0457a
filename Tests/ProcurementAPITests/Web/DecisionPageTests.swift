import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// Pages on which somebody decides: what they must show besides the decision.
@Suite struct DecisionPageTests {
  private static func visit(
    as user: String = "all",
    in language: String = "en",
    _ body: (WebVisitor) async throws -> Void
  ) async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      visitor.language = language
      try await visitor.signIn(as: user)
      try await body(visitor)
    }
  }

  @Test func `of alerts as grave, the likelier to run out is read first`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let plan = #"{"asOf":"2020-10-18","horizon":4,"paths":100,"watch":true}"#
      #expect(try await server.send("POST", "/v1/plans", body: plan).status == 201)
      let alerts = try await server.get("/v1/alerts?limit=1000").list
      let known = Dictionary(
        uniqueKeysWithValues: alerts.map { alert in
          let outlook = (alert["evidence"] as? [String: Any])?["outlook"] as? [String: Any]
          let risk = outlook?["risk"] as? [String: Any]
          let chances = ["permille", "waitingPermille"].compactMap { risk?[$0] as? Int }
          return (
            "\(alert["id"] ?? "")", (severity: alert["severity"] as? String ?? "", chance: chances.max() ?? 0)
          )
        }
      )
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      let page = try await visitor.get("/shortages").text
      let shown = page.matches(of: /<th scope="row"><a href="\/shortages\/(\d+)"/).map { String($0.output.1) }
      let read = try shown.map { try #require(known[$0]) }
      #expect(read.count == known.count && Set(read.map(\.chance)).count > 3)
      for (first, next) in zip(read, read.dropFirst()) where first.severity == next.severity {
        #expect(first.chance >= next.chance)
      }
    }
  }

  @Test func `an answer on sites shows what one machine more or less would buy`() async throws {
    try await Self.visit { visitor in
      _ = try await visitor.submit(
        "sitesBest",
        on: "/equipment/sites",
        [
          ("category", "mri-linac"), ("add", "1"), ("objective", "coverage"), ("limit", "60"),
          ("metropolitan", "true"), ("day", "2020-10-19"),
        ]
      )
      let list = try await visitor.get("/equipment/sites")
      for path in list.paths where path.hasPrefix("/equipment/sites/") {
        let page = try await visitor.get(path)
        #expect(page.status == 200)
        #expect(page.text.contains("What one machine more buys"))
        #expect(page.text.contains("<polyline class=\"median\""))
        #expect(page.text.contains("this answer"))
        #expect(page.text.utf8.count < 100_000)
      }
      #expect(list.paths.contains { $0.hasPrefix("/equipment/sites/") })
    }
  }

  @Test
  func `a map tells confirmed, to confirm, unknown and absent apart, and its table has every department`()
    async throws
  {
    try await Self.visit { visitor in
      let page = try await visitor.get("/equipment/access?category=mri-linac")
      for style in ["existing", "to-confirm", "silent", "candidate", "no-journey"] {
        #expect(page.text.contains("class=\"mark \(style)\""), "\(style)")
      }
      let table = page.text.components(separatedBy: "Every department").last ?? ""
      #expect(table.components(separatedBy: "<th scope=\"row\">").count - 1 == 96)
      #expect(page.text.utf8.count < 100_000)
    }
  }

  @Test(arguments: ["en", "fr"])
  func `how a gap is made is told from the operation's own explanation, with names`(language: String)
    async throws
  {
    try await Self.visit(in: language) { visitor in
      let list = try await visitor.get("/equipment/gaps?category=mri-linac")
      let path = "/equipment/gaps/explained?category=mri-linac"
      #expect(list.paths.contains(path))
      let answer = try await visitor.server.get("/v1/gaps?category=mri-linac&explain=true&day=2020-10-19")
      let trace = try #require(answer.object["trace"] as? [[String: Any]])
      let page = try await visitor.get(path)
      #expect(page.status == 200 && page.text.utf8.count < 100_000)
      for line in trace {
        let what = line["what"] as? String ?? ""
        if what.hasPrefix("machine ") { #expect(page.text.contains("<code>\(what.dropFirst(8))</code>")) }
      }
      let rows = page.text.components(separatedBy: "<tr>").count - 1
      let silent = trace.count { $0["what"] as? String == "presence" }
      // A heading of each of the tables; who said nothing stands in one line.
      #expect(rows - 4 == trace.count - silent)
      #expect(!page.text.contains(">berard<") && page.text.contains("CLB"))
      for path in ["/equipment/ages/explained", "/equipment/access/explained?category=mri-linac"] {
        #expect(try await visitor.get(path).status == 200)
      }
      for query in ["category=mri-linac&region=Nowhere", "category=nothing"] {
        #expect(try await visitor.get("/equipment/gaps/explained?\(query)").status == 404)
      }
    }
  }

  @Test func `an award that is refused says so with names, in the reader's language`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      visitor.language = "fr"
      try await visitor.signIn(as: "all")
      let terms: [(String, String)] = [
        ("code", "REFUSED"), ("title", "Gants"), ("opens", "2020-10-19"), ("closes", "2020-10-19"),
        ("neededBy", "2020-10-20"), ("items", "PCR-MIX"),
      ]
      _ = try await visitor.submit("campaignNew", on: "/campaigns/new", terms)
      let page = "/campaigns/REFUSED"
      _ = try await visitor.submit("campaignOpen", on: page, [("code", "REFUSED")])
      let need = [("campaign", "REFUSED"), ("centre", "berard"), ("item", "PCR-MIX"), ("quantity", "900000")]
      _ = try await visitor.submit("needSet", on: page, need)
      _ = try await visitor.submit("campaignClose", on: page, [("code", "REFUSED")])
      let asked = [("code", "REFUSED"), ("timeLimit", "30")]
      let refused = try await visitor.submit("campaignAward", on: page, asked)
      let notice = try #require(refused.text.between("<div class=\"notice bad\"", "</div>"))
      #expect(notice.contains("CLB a besoin de") && notice.contains("Mélange réactionnel"), "\(notice)")
      for code in ["berard", "PCR-MIX", "--partial", "needs"] { #expect(!notice.contains(code), "\(notice)") }
    }
  }

  @Test func `an order says in French who sells what, under which number, at what price`() async throws {
    try await Self.visit(in: "fr") { visitor in
      let orders = try await visitor.get("/orders").paths.filter { $0.hasPrefix("/orders/CA-") }
      let path = try #require(orders.first)
      let page = try await visitor.get("\(path)/print")
      for words in ["notre code", "Prix unitaire", "Conditionnement de", "Acheteur"] {
        #expect(page.text.contains(words), "\(words)")
      }
      #expect(!page.text.contains("96-well"))
    }
  }

  @Test func `an order that came short shows who got what by which decision`() async throws {
    try await Self.visit { visitor in
      let decision = try await visitor.get("/sharing").paths.first {
        $0.hasPrefix("/sharing/allocations/CA-")
      }
      let key = try #require(decision?.split(separator: "/").last?.removingPercentEncoding)
      let order = try #require(key.split(separator: "/").first)
      let page = try await visitor.get("/orders/\(order)")
      #expect(page.text.contains("How what came was shared, and why"))
      #expect(page.paths.contains(try #require(decision)))
    }
  }

  @Test func `a delivery with a mistake keeps what was filled in`() async throws {
    try await Self.visit { visitor in
      var list: [String] = []
      for state in ["sent", "acknowledged", "partially_received", "partly_received"] {
        list += try await visitor.get("/orders?state=\(state)").paths
      }
      let path = try #require(list.first { $0.hasPrefix("/orders/CA-") })
      let number = String(path.dropFirst("/orders/".count))
      let page = try await visitor.submit(
        "orderReceive",
        on: path,
        [
          ("number", number), ("key", "BL-77"), ("day", "2020-10-19"), ("_given", "line,centre"),
          ("cell.line", "1"), ("cell.centre", "berard"), ("cell.lot", "00035200907"), ("cell.expiry", ""),
          ("cell.accepted", "many"),
          ("cell.refused", ""), ("cell.reason", ""),
        ]
      )
      #expect(page.status == 422)
      #expect(page.text.contains("value=\"00035200907\"") && page.text.contains("value=\"BL-77\""))
      #expect(page.text.contains("<details class=\"card\" open><summary>A delivery has come"))
    }
  }

  /// The fields of a form as they stand on a page.
  private static func fields(of operation: String, on page: String) throws -> [(String, String)] {
    let form = try #require(page.between("action=\"/do/\(operation)\"", "</form>"))
    return form.components(separatedBy: " name=\"").dropFirst().map { piece in
      let tag = piece.prefix { $0 != ">" }
      return (String(piece.prefix { $0 != "\"" }), String(tag).between("value=\"", "\"") ?? "")
    }
  }

  @Test func `a delivery of one line, as its form stands on the page, is taken`() async throws {
    try await Self.visit { visitor in
      let paths = try await visitor.get("/orders?state=partly_received").paths
      let path = try #require(paths.first { $0.hasPrefix("/orders/CA-") })
      let filled = try await visitor.get(path).text
      var form = try Self.fields(of: "orderReceive", on: filled)
      for (name, value) in [("key", "BL-9"), ("cell.lot", "L-9"), ("cell.accepted", "1")] {
        let place = try #require(form.firstIndex { $0.0 == name })
        form[place].1 = value
      }
      let answer = try await visitor.post("/do/orderReceive", form)
      #expect(answer.status == 303, "\(answer.text.between("role=\"alert\"", "</div>") ?? "")")
      let page = try await visitor.get(path).text
      #expect(page.contains("BL-9") && page.contains("lot L-9") && page.contains("+1\u{00A0}"))
    }
  }

  @Test func `a survey's form, as it stands on the page, is taken`() async throws {
    try await Self.visit { visitor in
      _ = try await visitor.submit("surveyOpen", on: "/surveys/chemo-robots", [("code", "chemo-robots")])
      let open = try await visitor.get("/surveys/chemo-robots").text
      var form = try Self.fields(of: "surveyAnswer", on: open)
      for place in form.indices where form[place].0 == "cell.answer" { form[place].1 = "" }
      let answers = form.indices.filter { form[$0].0 == "cell.answer" }
      for (place, answer) in zip(answers, ["yes", "12000"]) { form[place].1 = answer }
      let answer = try await visitor.post("/do/surveyAnswer", form)
      #expect(answer.status == 303, "\(answer.text.between("<main", "</main>") ?? "")")
    }
  }

  @Test func `a list of decisions or transfers can be narrowed and is not without end`() async throws {
    try await Self.visit { visitor in
      for path in ["/sharing", "/sharing/transfers"] {
        let page = try await visitor.get(path)
        #expect(page.text.contains("<select name=\"item\">"))
        #expect(page.text.components(separatedBy: "<th scope=\"row\"").count - 1 <= 25)
        let all = try await visitor.get("\(path)?all=1")
        #expect(all.text.utf8.count < 100_000)
      }
    }
  }

  @Test func `the quality of the data names who could tell`() async throws {
    try await Self.visit(as: "auditor") { visitor in
      let page = try await visitor.get("/administration/quality")
      #expect(page.text.contains("Who could tell"))
      #expect(page.paths.contains { $0.hasPrefix("/equipment/machines/") })
    }
  }
}
