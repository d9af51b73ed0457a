import Foundation
import Testing

@testable import Tabular

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

  @Test func `a sign within a mark and its line of the legend says what the colour says`() {
    var signed = Self.picture
    signed.styles = [
      .init("near", label: "near", shape: .circle, fill: "#fde725", sign: "30"),
      .init("new", label: "new", shape: .diamond, fill: "#440154", sign: "?"),
    ]
    let parts = signed.partOfPage.components(separatedBy: "\n")
    #expect(parts.count { $0.contains("<text class=\"sign\"") && $0.contains(">30</text>") } == 2)
    #expect(parts.count { $0.contains("<text class=\"sign light\"") && $0.contains(">?</text>") } == 2)
    #expect(!Self.picture.partOfPage.contains("class=\"sign"))
  }

  @Test func `north is up and east is right`() {
    var turned = Self.picture
    turned.marks.reverse()
    #expect(turned.svg.contains("cx=\"30\" cy=\"30\""))
    #expect(turned.svg.contains("points=\"690,"))
  }

  @Test func `the ground lies under the marks and has its line of the legend`() {
    var picture = Self.picture
    picture.ground = .init(
      [.init(latitude: 48, longitude: 2), .init(latitude: 47, longitude: 3)],
      kilometres: 55.6,
      label: "land & sea"
    )
    let lines = picture.svg.components(separatedBy: "\n")
    let ground = lines.filter { $0.contains("<path class=\"land\"") }
    #expect(ground.count == 1 && ground[0].contains("d=\"M36 36h0M684 "))
    // Half a degree on each side.
    let degree = (lines.first { $0.contains("class=\"mark new\"") } ?? "").split(separator: ",").count
    #expect(degree > 1 && ground[0].contains("stroke-width=\""))
    #expect(picture.svg.contains(">land &amp; sea</text>"))
    #expect(picture.partOfPage.contains("land &amp; sea</li>"))
    let order = [ground[0], "class=\"mark near\""].compactMap { picture.svg.range(of: $0)?.lowerBound }
    #expect(order.count == 2 && order[0] < order[1])
    #expect(!Self.picture.svg.contains("<path"))
  }

  @Test func `a map of nothing is still a picture`() {
    var empty = Self.picture
    empty.marks = []
    #expect(empty.svg.contains("</svg>"))
  }

  @Test func `marks side by side are drawn as one that says how many, and others are left alone`() {
    var crowd = Self.picture
    crowd.marks += (0..<500).map { number in
      .init(
        latitude: 47 + Double(number % 20) / 20,
        longitude: 2.01,
        radius: 4,
        style: "near",
        title: "n\(number)"
      )
    }
    let shown = crowd.gathered(["near"], to: 10) { "\($0): \($1)" }
    #expect(shown.marks.count <= 10)
    #expect(shown.marks.contains { $0.caption == "south" && $0.style == "new" })
    let counts = shown.marks.compactMap { $0.title.split(separator: ":").first.flatMap { Int($0) } }
    let single = shown.marks.count { $0.style == "near" && !$0.title.contains(":") }
    #expect(counts.reduce(single, +) == 501)
    #expect(crowd.gathered([], to: 10) { "\($0): \($1)" } == crowd)
    #expect(Self.picture.gathered(["near", "new"], to: 2) { "\($0): \($1)" } == Self.picture)
  }

  @Test func `captions lie over no other and over no mark that has one, however near the marks are`() {
    // Knuth's linear congruence: the same places in every run.
    var state: UInt64 = 7
    func random(_ span: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) * span
    }
    for _ in 0..<40 {
      let marks = (0..<25).map { number in
        MapPicture.Mark(
          latitude: 43 + random(6),
          longitude: random(number < 12 ? 1 : 8),
          radius: 8,
          style: "near",
          title: "n\(number)",
          caption: "Town \(number)"
        )
      }
      let frame = MapFrame(marks, nil, width: 720, legend: 0)
      let places = MapCaptions(marks, frame, width: 720, textSize: 22).places
      #expect(places.count > 15)
      for (index, place) in places.enumerated() {
        #expect(!places[..<index].contains { $0.box.meets(place.box) })
        #expect(place.box.left >= 0 && place.box.right <= 720)
        let isOverMark = marks.contains { mark in
          let (x, y) = frame.point(mark.latitude, mark.longitude)
          return place.box.meets(.init(left: x - 8, top: y - 8, right: x + 8, bottom: y + 8))
        }
        #expect(!isOverMark)
      }
    }
  }

  @Test func `a caption beside its mark needs no line, one without a place is left out`() {
    let svg = Self.picture.svg
    #expect(!svg.contains("class=\"leader\"") && svg.contains("class=\"name\""))
    var crowded = Self.picture
    crowded.marks =
      (0..<60).map { number in
        .init(
          latitude: 47 + Double(number) / 1e4,
          longitude: 2,
          radius: 6,
          style: "near",
          title: "n",
          caption: "Town \(number)"
        )
      } + [.init(latitude: 47.5, longitude: 3, radius: 6, style: "near", title: "n")]
    let names = crowded.svg.components(separatedBy: "class=\"name\"").count - 1
    #expect(crowded.svg.contains("class=\"leader\"") && (8..<60).contains(names))
  }
}
