import Foundation

/// A map as a picture: marks at places, a legend, and words for those who do not see it.
///
/// Positions are projected with equal spacing of latitudes and longitudes true at the middle latitude, which
/// serves a country of some thousand kilometres. The text is SVG 1.1 that stands alone or inside a page, and
/// follows a dark or a light page. The same marks give the same bytes.
package struct MapPicture: Sendable, Equatable {
  package enum Shape: String, Sendable { case circle, square, diamond }

  /// What a mark says, told by colour and by shape.
  package struct Style: Sendable, Equatable {
    package let name: String
    package let label: String
    package let shape: Shape
    /// `#rrggbb`
    package let fill: String
    /// Written within the mark, so that its colour is not alone; empty for none.
    package let sign: String

    /// - Parameters:
    ///   - name: letters, digits and hyphens: the class of its marks.
    ///   - label: its line of the legend.
    ///   - shape: circle, square or diamond.
    ///   - fill: `#rrggbb`.
    ///   - sign: up to two letters or digits that stand within the mark.
    package init(_ name: String, label: String, shape: Shape, fill: String, sign: String = "") {
      self.name = name
      self.label = label
      self.shape = shape
      self.fill = fill
      self.sign = sign
    }

    /// Whether the sign is written light on dark: by the fill's luminance (ITU-R BT.601), below half.
    fileprivate var isDark: Bool {
      guard let value = Int(fill.dropFirst(), radix: 16) else { return false }
      return 299 * (value >> 16) + 587 * (value >> 8 & 0xFF) + 114 * (value & 0xFF) < 127_500
    }
  }

  package struct Mark: Sendable, Equatable {
    package let latitude: Double
    package let longitude: Double
    /// Half the mark's width, in pixels.
    package let radius: Double
    package let style: String
    /// Shown when pointed at, and read aloud.
    package let title: String
    /// Written beside the mark; empty for none.
    package let caption: String

    package init(
      latitude: Double,
      longitude: Double,
      radius: Double,
      style: String,
      title: String,
      caption: String = ""
    ) {
      self.latitude = latitude
      self.longitude = longitude
      self.radius = radius
      self.style = style
      self.title = title
      self.caption = caption
    }
  }

  /// What lies under the marks where no outline of the country may be drawn: all that is within some distance of one of
  /// these places, in one pale shade.
  package struct Ground: Sendable, Equatable {
    package struct Place: Sendable, Equatable {
      package let latitude: Double
      package let longitude: Double

      package init(latitude: Double, longitude: Double) {
        (self.latitude, self.longitude) = (latitude, longitude)
      }
    }

    package let places: [Place]
    package let kilometres: Double
    /// Its line of the legend.
    package let label: String

    package init(_ places: [Place], kilometres: Double, label: String) {
      (self.places, self.kilometres, self.label) = (places, kilometres, label)
    }
  }

  package var title: String
  package var description: String
  package var styles: [Style]
  /// Later marks lie over earlier ones.
  package var marks: [Mark]
  /// Nil for none.
  package var ground: Ground?
  package var width = 720.0

  package init(title: String, description: String, styles: [Style], marks: [Mark]) {
    self.title = title
    self.description = description
    self.styles = styles
    self.marks = marks
  }

  /// A picture that stands alone.
  package var svg: String { svg(isPart: false) }

  /// The picture as a part of a page, whose own styles draw its words and outlines: without any style of its own, which
  /// a strict page refuses.
  package var partOfPage: String { svg(isPart: true) }

  private func svg(isPart: Bool) -> String {
    let lines = styles.count + (ground == nil ? 0 : 1)
    let frame = MapFrame(marks, ground, width: width, legend: isPart ? 0 : lines)
    let height = isPart ? frame.mapHeight : frame.height
    let captions = MapCaptions(marks, frame, width: width, textSize: isPart ? Self.pageText : 12)
    let picture = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(pixels(width)) \(pixels(height))"\(isPart ? " class=\"map\"" : "") role="img" \
      aria-labelledby="map-title map-description">
      <title id="map-title">\(escapedMarkup(title))</title>
      <desc id="map-description">\(escapedMarkup(description))</desc>
      \(isPart ? "" : styleSheet)
      \(drawnGround(frame))\(captions.leaders)
      \(marks.map { drawn($0, frame) }.joined(separator: "\n"))
      \(captions.texts)
      \(isPart ? "" : legend(frame))
      </svg>

      """
    return isPart ? "<div class=\"drawing\">\(picture)\(legendList)</div>\n" : picture
  }

  /// How large the words on a map of a page are, in its own pixels: it is shown at half its width on a phone.
  private static let pageText = 22.0

  /// The legend beside a picture of a page, in the page's own letters.
  private var legendList: String {
    let entries = styles.map { style in
      "<li><svg class=\"key\" viewBox=\"0 0 20 20\" aria-hidden=\"true\">"
        + outline(style.shape, style.name, 10, 10, style.sign.isEmpty ? 7 : 9, "") + signed(style, 10, 10)
        + "</svg>\(escapedMarkup(style.label))</li>"
    }
    let land = ground.map { ground in
      "<li><svg class=\"key\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle class=\"land\" cx=\"10\" cy=\"10\" r=\"9\"/></svg>"
        + "\(escapedMarkup(ground.label))</li>"
    }
    return "<ul class=\"legend\">\(entries.joined())\(land ?? "")</ul>"
  }

  private var styleSheet: String {
    let fills = styles.map { ".\($0.name) { fill: \($0.fill); }" }.joined(separator: " ")
    return """
      <style>
      text { font: 12px sans-serif; fill: #222; } .mark { stroke: #fff; stroke-width: 0.8; } \(fills)
      .leader { stroke: #888; } text.sign { font-size: 8px; font-weight: bold; text-anchor: middle; fill: #1c2526; } text.light { fill: #fff; }
      .land { fill: #ebe9e3; } path.land { fill: none; stroke: #ebe9e3; }
      @media (prefers-color-scheme: dark) { text { fill: #eee; } .mark { stroke: #111; } .land { fill: #2a3233; } path.land { stroke: #2a3233; } }
      </style>
      """
  }

  /// One line for all places: each is a point of no length with round ends as wide as the ground reaches.
  private func drawnGround(_ frame: MapFrame) -> String {
    guard let ground, !ground.places.isEmpty else { return "" }
    let points = ground.places.map { place in
      let (x, y) = frame.point(place.latitude, place.longitude)
      return "M\(pixels(x.rounded())) \(pixels(y.rounded()))h0"
    }
    let wide = pixels((2 * frame.pixels(kilometres: ground.kilometres)).rounded())
    return
      "<path class=\"land\" fill=\"none\" stroke-linecap=\"round\" stroke-width=\"\(wide)\" d=\"\(points.joined())\"/>\n"
  }

  private func drawn(_ mark: Mark, _ frame: MapFrame) -> String {
    let style = styles.first { $0.name == mark.style }
    let (x, y) = frame.point(mark.latitude, mark.longitude)
    let title = "<title>\(escapedMarkup(mark.title))</title>"
    return outline(style?.shape ?? .circle, mark.style, x, y, mark.radius, title) + signed(style, x, y)
  }

  private func signed(_ style: Style?, _ x: Double, _ y: Double) -> String {
    guard let style, !style.sign.isEmpty else { return "" }
    let kind = style.isDark ? "sign light" : "sign"
    return
      "<text class=\"\(kind)\" x=\"\(pixels(x))\" y=\"\(pixels(y + 3))\">\(escapedMarkup(style.sign))</text>"
  }

  private func outline(
    _ shape: Shape,
    _ style: String,
    _ x: Double,
    _ y: Double,
    _ radius: Double,
    _ inside: String
  ) -> String {
    let fill = styles.first { $0.name == style }?.fill ?? "#888888"
    let kind = "class=\"mark \(style)\" fill=\"\(fill)\""
    switch shape {
    case .circle:
      return
        "<circle \(kind) cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"\(pixels(radius))\">\(inside)</circle>"
    case .square:
      let side = "width=\"\(pixels(2 * radius))\" height=\"\(pixels(2 * radius))\""
      return "<rect \(kind) x=\"\(pixels(x - radius))\" y=\"\(pixels(y - radius))\" \(side)>\(inside)</rect>"
    case .diamond:
      let corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
      let points = corners.map { "\(pixels($0.0)),\(pixels($0.1))" }.joined(separator: " ")
      return "<polygon \(kind) points=\"\(points)\">\(inside)</polygon>"
    }
  }

  private func legend(_ frame: MapFrame) -> String {
    let y = frame.mapHeight + 24 + 20 * Double(styles.count)
    let land = ground.map { ground in
      "\n<circle class=\"land\" cx=\"20\" cy=\"\(pixels(y))\" r=\"8\"/>"
        + "<text x=\"34\" y=\"\(pixels(y + 4))\">\(escapedMarkup(ground.label))</text>"
    }
    return styles.enumerated().map { index, style in
      let y = frame.mapHeight + 24 + 20 * Double(index)
      let text = "<text x=\"34\" y=\"\(pixels(y + 4))\">\(escapedMarkup(style.label))</text>"
      return outline(style.shape, style.name, 20, y, style.sign.isEmpty ? 6 : 8, "") + signed(style, 20, y)
        + text
    }.joined(separator: "\n") + (land ?? "")
  }
}

extension MapPicture {
  /// The picture with marks of one style that lie side by side drawn as one, so that there are at most `most` of them
  /// and whoever looks can tell them apart.
  ///
  /// The map is laid out in squares, doubled in size until few enough are filled: 12 pixels at first. The drawn mark
  /// lies where the first of its square does.
  /// - Parameters:
  ///   - names: the styles whose marks may stand for each other; all others, and marks with a caption, stand by themselves.
  ///   - most: how many marks may be drawn; a picture with fewer is left alone.
  ///   - word: what a mark that stands for several says, given their number and the title of the first.
  /// - Returns: the picture, with the same frame only where the outermost marks remain.
  package func gathered(
    _ names: Set<String>,
    to most: Int,
    word: (_ count: Int, _ first: String) -> String
  ) -> MapPicture {
    guard marks.count > most else { return self }
    let frame = MapFrame(marks, ground, width: width, legend: styles.count)
    var side = 12.0
    var groups: [[Mark]] = []
    repeat {
      groups = squared(names, frame, side)
      side *= 2
    } while groups.count > most && side < width
    var picture = self
    picture.marks = groups.map { group in
      let first = group[0]
      guard group.count > 1 else { return first }
      return Mark(
        latitude: first.latitude,
        longitude: first.longitude,
        radius: first.radius,
        style: first.style,
        title: word(group.count, first.title)
      )
    }
    return picture
  }

  private struct Square: Hashable {
    var style: String
    var row: Int
    var column: Int
    /// The place of a mark that stands by itself; -1 for all others.
    var own: Int
  }

  /// The marks of each square and style, in the order of the first of each.
  private func squared(_ names: Set<String>, _ frame: MapFrame, _ side: Double) -> [[Mark]] {
    var places: [Square: Int] = [:]
    var groups: [[Mark]] = []
    for (index, mark) in marks.enumerated() {
      let (x, y) = frame.point(mark.latitude, mark.longitude)
      let square = Square(
        style: mark.style,
        row: Int((y / side).rounded(.down)),
        column: Int((x / side).rounded(.down)),
        own: names.contains(mark.style) && mark.caption.isEmpty ? -1 : index
      )
      if let place = places[square] {
        groups[place].append(mark)
      } else {
        places[square] = groups.count
        groups.append([mark])
      }
    }
    return groups
  }
}
