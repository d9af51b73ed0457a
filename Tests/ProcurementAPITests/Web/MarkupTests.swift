import Inventory
import TestSupport
import Testing

@testable import ProcurementAPI

@Suite struct MarkupTests {
  @Test func `what is put into markup is text, whatever it holds`() {
    let name = "<script>alert('x')</script> & \"co\""
    let markup: HTML = "<a title=\"\(name)\">\(name)</a>"
    let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;"
    #expect(markup.text == "<a title=\"\(escaped)\">\(escaped)</a>")
    let inner: HTML = "<b>\("<")</b>"
    #expect(("<p>\(inner)\([inner])</p>" as HTML).text == "<p><b>&lt;</b><b>&lt;</b></p>")
  }

  @Test func `a path is encoded piece by piece`() {
    #expect(WebPath("stock", "items", "A/B c").description == "/stock/items/A%2FB%20c")
    #expect(
      WebPath("shortages", query: [("item", "é&="), ("none", nil)]).description
        == "/shortages?item=%C3%A9%26%3D"
    )
  }

  @Test(arguments: [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "",
    "/a b", "/\n",
  ])
  func `a way back that leads elsewhere leads to the start`(text: String) {
    #expect(WebPath(returning: text).description == "/")
  }

  @Test func `a way back of ours is taken`() {
    #expect(WebPath(returning: "/stock?item=A%2FB").description == "/stock?item=A%2FB")
  }

  @Test(
    arguments: [
      (nil, Language.english), ("fr", .french), ("fr-CA, en;q=0.8", .french),
      ("de, fr;q=0.4, en;q=0.6", .english),
      ("en;q=0.1, fr;q=0.2", .french), ("zh", .english), (";;;,", .english),
    ] as [(String?, Language)]
  )
  func `the language is the reader's best that we have`(header: String?, language: Language) {
    #expect(Language(accepting: header) == language)
  }

  @Test func `figures are in the reader's form`() {
    let (en, fr) = (Language.english, Language.french)
    #expect(en.number(-1_234_567) == "−1,234,567")
    #expect(fr.number(1_234_567) == "1\u{202F}234\u{202F}567")
    #expect(en.money(Money(cents: 123_405)) == "€1,234.05")
    #expect(fr.money(Money(cents: -123_450)) == "−1\u{202F}234,50\u{00A0}€")
    #expect(en.percent(permille: 125) == "12.5\u{202F}%")
    #expect(fr.percent(permille: 7) == "0,7\u{202F}%")
    #expect(en.days(1) == "1\u{00A0}day" && fr.days(0) == "0\u{00A0}jour" && en.days(0) == "0\u{00A0}days")
    #expect(Day(year: 2020, month: 8, day: 2).map(fr.day) == "2\u{00A0}août\u{00A0}2020")
    #expect(en.labelled("Lyon", "3") == "Lyon: 3" && fr.labelled("Lyon", "3") == "Lyon\u{00A0}: 3")
    #expect(en.before(0) == "the same day" && fr.before(2) == "2\u{00A0}jours avant")
    #expect(fr.weeks(1) == "1\u{00A0}semaine" && en.weeks(0) == "0\u{00A0}weeks")
  }

  @Test func `names are sorted by their letters, without case and accents`() {
    let names = ["Milieu", "Zinc", "Écouvillon", "Mélange", "institut", "IUCT", "Île"]
    #expect(
      names.sorted(byName: { $0 })
        == ["Écouvillon", "Île", "institut", "IUCT", "Mélange", "Milieu", "Zinc"]
    )
  }
}

@Suite struct SentFormTests {
  @Test func `a plain form is read in its order`() throws {
    let form = try SentForm(
      Array("a=1&b=x+y%26z&a=2&c".utf8),
      type: "application/x-www-form-urlencoded; charset=utf-8"
    )
    #expect(form.all("a") == ["1", "2"])
    #expect(form["b"] == "x y&z" && form["c"] == "" && form["d"] == nil)
  }

  @Test func `a form with a file is read byte by byte`() throws {
    let body = """
      --B\r\nContent-Disposition: form-data; name="key"\r\n\r\nweek 2\r\n--B\r\nContent-Disposition: form-data; \
      name="file"; filename="r.csv"\r\nContent-Type: text/csv\r\n\r\nitem,counted\r\nA,1\r\n\r\n--B--\r\n
      """
    let form = try SentForm(Array(body.utf8), type: "multipart/form-data; boundary=B")
    #expect(form["key"] == "week 2")
    #expect(form.files == ["file": Array("item,counted\r\nA,1\r\n".utf8)])
  }

  @Test(arguments: [
    ("a=%zz", "application/x-www-form-urlencoded", "request.form"),
    ("{}", "application/json", "request.media-type"),
    ("x", "multipart/form-data", "request.form"),
    ("no mark", "multipart/form-data; boundary=B", "request.form"),
    ("--B\r\nbroken\r\n--B--", "multipart/form-data; boundary=B", "request.form"),
    ("", "", "request.media-type"),
  ])
  func `a form that cannot be read is refused`(body: String, type: String, code: String) {
    let problem = #expect(throws: Problem.self) { try SentForm(Array(body.utf8), type: type) }
    #expect(problem?.code == code)
  }
}

@Suite struct WebSessionTests {
  private let key = "0123"
  private let now = Instant(rawValue: 1_000)

  @Test func `a session is what was signed, for as long as it was said`() {
    let session = WebSession(user: "vera", token: "desk", until: Instant(rawValue: 2_000))
    let cookie = session.signed(with: key)
    #expect(WebSession(cookie, key: key, at: now) == session)
    #expect(WebSession(cookie, key: "other", at: now) == nil)
    #expect(WebSession(cookie, key: key, at: Instant(rawValue: 2_000)) == nil)
  }

  @Test func `no byte of a session can be changed`() {
    let cookie = Array(
      WebSession(user: "vera", token: nil, until: Instant(rawValue: 2_000)).signed(with: key)
    )
    for index in cookie.indices {
      var changed = cookie
      changed[index] = changed[index] == "A" ? "B" : "A"
      #expect(WebSession(String(changed), key: key, at: now) == nil, "byte \(index)")
    }
  }

  @Test func `a form belongs to one session`() {
    let (one, other) = (
      WebSession(user: "vera", token: nil, until: now), WebSession(user: "vera", token: nil, until: now)
    )
    #expect(one.accepts(formToken: one.formToken(key: key), key: key))
    #expect(!other.accepts(formToken: one.formToken(key: key), key: key))
    #expect(!one.accepts(formToken: nil, key: key) && !one.accepts(formToken: "", key: key))
  }
}
