import Tabular
import Testing

@Suite struct MapPictureTests {
  private static let picture = MapPicture(
    title: "A & B",
    description: "Two places.",
    styles: [
      .init("near", label: "near", shape: .circle, fill: "#1a9850"),
      .init("new", label: "new <site>", shape: .diamond, fill: "#c51b8a"),
    ],
    marks: [
      .init(latitude: 48, longitude: 2, radius: 4, style: "near", title: "\"North\""),
      .init(latitude: 47, longitude: 3, radius: 6, style: "new", title: "South", caption: "south"),
    ]
  )

  @Test func `a map stands alone, names every mark and escapes what it writes`() {
    let svg = Self.picture.svg
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 "))
    #expect(svg.contains("<title id=\"map-title\">A &amp; B</title>"))
    #expect(
      svg.contains(
        "<circle class=\"mark near\" fill=\"#1a9850\" cx=\"30\" cy=\"30\" r=\"4\"><title>&quot;North&quot;</title></circle>"
      )
    )
    #expect(svg.contains("<polygon class=\"mark new\" fill=\"#c51b8a\""))
    #expect(svg.contains(">new &lt;site&gt;</text>") && svg.contains(">south</text>"))
    #expect(svg.hasSuffix("</svg>\n"))
  }

  @Test func `north is up and east is right`() {
    var turned = Self.picture
    turned.marks.reverse()
    #expect(turned.svg.contains("cx=\"30\" cy=\"30\""))
    #expect(turned.svg.contains("points=\"690,"))
  }

  @Test func `a map of nothing is still a picture`() {
    var empty = Self.picture
    empty.marks = []
    #expect(empty.svg.contains("</svg>"))
  }
}
