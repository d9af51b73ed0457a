/// A curve of a few points: what more of one thing buys of another, drawn by the classes of the page around it.
///
/// The upright axis begins at zero, so that heights compare; the text is SVG 1.1, and the same points give the same bytes.
package struct TradeOffPicture: Sendable {
  package struct Point: Sendable, Equatable {
    /// What stands under the point.
    package var label: String
    package var value: Int64
    /// Shown when pointed at, and read aloud.
    package var title: String
    /// Whether it is the one that was chosen.
    package var isChosen: Bool

    package init(label: String, value: Int64, title: String, isChosen: Bool) {
      (self.label, self.value, self.title, self.isChosen) = (label, value, title, isChosen)
    }
  }

  private let title: String
  private let description: String
  private let points: [Point]
  private let upright: String
  private let across: String
  private let number: @Sendable (Int64) -> String

  /// - Parameters:
  ///   - title: what the picture shows.
  ///   - description: for those who do not see it.
  ///   - points: from left to right, none below zero.
  ///   - upright: what the heights count.
  ///   - across: what the points differ by.
  ///   - number: how a number is written on the axis.
  package init(
    title: String,
    description: String,
    points: [Point],
    upright: String,
    across: String,
    number: @escaping @Sendable (Int64) -> String
  ) {
    self.title = title
    self.description = description
    self.points = points
    self.upright = upright
    self.across = across
    self.number = number
  }

  private static let (width, height, left, right, top, bottom) = (560.0, 300.0, 86.0, 24.0, 30.0, 46.0)

  private func x(_ index: Int) -> Double {
    let step = (Self.width - Self.left - Self.right) / Double(max(1, points.count - 1))
    return Self.left + step * Double(index)
  }

  private func y(_ value: Int64) -> Double {
    let tall = Self.height - Self.top - Self.bottom
    return Self.height - Self.bottom - Double(value) / Double(ceiling) * tall
  }

  /// The axis ends at one, two, four or five times a power of ten.
  private var ceiling: Int64 {
    let greatest = max(1, points.map(\.value).max() ?? 1)
    var power: Int64 = 1
    while power <= greatest / 10 { power *= 10 }
    return [1, 2, 4, 5, 10].map { $0 * power }.first { $0 >= greatest } ?? greatest
  }

  /// A part of a page.
  package var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img">
    <title>\(escapedMarkup(title))</title><desc>\(escapedMarkup(description))</desc>
    \(grid)\(line)\(dots)\(names)
    </svg>

    """
  }

  private var grid: String {
    let ticks = ceiling >= 4 ? (0...4).map { ceiling * $0 / 4 } : [0, ceiling]
    return ticks.map { tick in
      let height = oneDecimal(y(tick))
      return
        "<line class=\"\(tick == 0 ? "axis" : "grid")\" x1=\"\(Int(Self.left))\" x2=\"\(Int(Self.width - Self.right))\" "
        + "y1=\"\(height)\" y2=\"\(height)\"/><text class=\"soft\" text-anchor=\"end\" x=\"\(Int(Self.left) - 8)\" "
        + "y=\"\(oneDecimal(y(tick) + 4))\">\(escapedMarkup(number(tick)))</text>"
    }.joined()
  }

  private var line: String {
    let corners = points.enumerated().map { "\(oneDecimal(x($0))),\(oneDecimal(y($1.value)))" }
    return "<polyline class=\"median\" points=\"\(corners.joined(separator: " "))\"/>"
  }

  /// The chosen point is a square with its value written above it; the others are circles.
  private var dots: String {
    points.enumerated().map { index, point in
      let (x, y) = (x(index), y(point.value))
      let title = "<title>\(escapedMarkup(point.title))</title>"
      guard point.isChosen else {
        return
          "<circle class=\"dot\" cx=\"\(oneDecimal(x))\" cy=\"\(oneDecimal(y))\" r=\"4\">\(title)</circle>"
      }
      let corner = "x=\"\(oneDecimal(x - 6))\" y=\"\(oneDecimal(y - 6))\""
      let place = "text-anchor=\"middle\" x=\"\(oneDecimal(x))\" y=\"\(oneDecimal(y - 11))\""
      return "<rect class=\"dot\" \(corner) width=\"12\" height=\"12\">\(title)</rect>"
        + "<text \(place)>\(escapedMarkup(number(point.value)))</text>"
    }.joined()
  }

  private var names: String {
    let base = Int(Self.height - Self.bottom)
    let labels = points.enumerated().map { index, point in
      "<text class=\"soft\" text-anchor=\"middle\" x=\"\(oneDecimal(x(index)))\" y=\"\(base + 18)\">\(escapedMarkup(point.label))</text>"
    }
    let middle = oneDecimal((Self.left + Self.width - Self.right) / 2)
    return labels.joined()
      + "<text class=\"soft\" text-anchor=\"middle\" x=\"\(middle)\" y=\"\(base + 38)\">\(escapedMarkup(across))</text>"
      + "<text class=\"soft\" x=\"4\" y=\"14\">\(escapedMarkup(upright))</text>"
  }
}
