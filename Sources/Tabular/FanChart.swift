/// What was, and what may come: past quantities as steps, future ones as a median with bands about it.
///
/// A period without a figure is a gap in the line, never a zero. The text is SVG 1.1 whose parts are drawn by the
/// classes of the page around it, or by its own styles where it stands alone.
package struct FanChart: Sendable, Equatable {
  package struct Past: Sendable, Equatable {
    package var label: String
    /// Nil where nobody knows.
    package var value: Int64?

    package init(label: String, value: Int64?) { (self.label, self.value) = (label, value) }
  }

  package struct Future: Sendable, Equatable {
    package var label: String
    /// Ascending: the outer band's lower edge, the median, the inner and the outer band's upper edges.
    package var low: Int64
    package var median: Int64
    package var high: Int64
    package var highest: Int64

    package init(label: String, low: Int64, median: Int64, high: Int64, highest: Int64) {
      (self.label, self.low, self.median, self.high, self.highest) = (label, low, median, high, highest)
    }
  }

  package var title: String
  package var description: String
  package var past: [Past]
  package var future: [Future]
  /// How a number is written on the axis.
  package var number: @Sendable (Int64) -> String

  package static func == (left: FanChart, right: FanChart) -> Bool { left.svg == right.svg }

  package init(
    title: String,
    description: String,
    past: [Past],
    future: [Future],
    number: @escaping @Sendable (Int64) -> String
  ) {
    self.title = title
    self.description = description
    self.past = past
    self.future = future
    self.number = number
  }

  private static let (width, height, left, right, top, bottom) = (720.0, 250.0, 56.0, 10.0, 12.0, 28.0)

  private var count: Int { past.count + future.count }
  private var greatest: Int64 {
    max(1, (past.compactMap(\.value) + future.map(\.highest)).max() ?? 1)
  }
  private var step: Double { (Self.width - Self.left - Self.right) / Double(max(1, count)) }

  private func x(_ index: Int) -> Double { Self.left + step * (Double(index) + 0.5) }
  private func y(_ value: Int64) -> Double {
    Self.height - Self.bottom - Double(value) / Double(ceiling) * (Self.height - Self.top - Self.bottom)
  }

  /// The axis ends at one, two or five times a power of ten.
  private var ceiling: Int64 {
    var power: Int64 = 1
    while power <= greatest / 10 { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= greatest } ?? greatest
  }

  /// A part of a page, drawn by the page's styles.
  package var svg: String { picture(styles: "") }

  /// A file that stands alone, light or dark as its reader prefers.
  package var file: String { picture(styles: Self.ownStyles) }

  private func picture(styles: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img">
    \(styles)<title>\(escapedMarkup(title))</title><desc>\(escapedMarkup(description))</desc>
    \(grid)\(bands)\(line)\(medianLine)\(labels)
    </svg>

    """
  }

  private static let ownStyles = """
    <style>
    svg { --ink: #1c2430; --soft: #5b6675; --grid: #dfe4ea; --main: #1d5fa8; background: #fff; font: 11px sans-serif }
    @media (prefers-color-scheme: dark) {
    svg { --ink: #e6eaf0; --soft: #a3adba; --grid: #333c48; --main: #6fb0ff; background: #14181e } }
    .soft { fill: var(--soft) } .grid { stroke: var(--grid) } .axis { stroke: var(--soft) }
    .now { stroke: var(--soft); stroke-dasharray: 3 3 } .dot { fill: var(--ink) }
    .line { fill: none; stroke: var(--ink); stroke-width: 1.6 } .median { fill: none; stroke: var(--main); stroke-width: 2 }
    .band-outer { fill: var(--main); opacity: .16 } .band-inner { fill: var(--main); opacity: .26 }
    </style>

    """

  private var grid: String {
    let ticks = ceiling >= 4 ? [0, ceiling / 4, ceiling / 2, ceiling * 3 / 4, ceiling] : [0, ceiling]
    let lines = ticks.map { tick in
      let height = oneDecimal(y(tick))
      return
        "<line class=\"\(tick == 0 ? "axis" : "grid")\" x1=\"\(Int(Self.left))\" x2=\"\(Int(Self.width - Self.right))\" "
        + "y1=\"\(height)\" y2=\"\(height)\"/>"
        + "<text class=\"soft\" text-anchor=\"end\" x=\"\(Int(Self.left) - 6)\" y=\"\(oneDecimal(y(tick) + 4))\">\(escapedMarkup(number(tick)))</text>"
    }.joined()
    guard !past.isEmpty, !future.isEmpty else { return lines }
    let now = oneDecimal(Self.left + step * Double(past.count))
    return lines
      + "<line class=\"now\" x1=\"\(now)\" x2=\"\(now)\" y1=\"\(Int(Self.top))\" y2=\"\(Int(Self.height - Self.bottom))\"/>"
  }

  private var bands: String {
    guard !future.isEmpty else { return "" }
    return band("band-outer", \.low, \.highest) + band("band-inner", \.median, \.high)
  }

  private func band(_ style: String, _ low: KeyPath<Future, Int64>, _ high: KeyPath<Future, Int64>) -> String
  {
    let upper = future.enumerated().map { point(past.count + $0, $1[keyPath: high]) }
    let lower = future.enumerated().reversed().map { point(past.count + $0, $1[keyPath: low]) }
    return "<polygon class=\"\(style)\" points=\"\((upper + lower).joined(separator: " "))\"/>"
  }

  /// The past, broken where a figure is not known.
  private var line: String {
    var runs: [[String]] = [[]]
    for (index, period) in past.enumerated() {
      if let value = period.value {
        runs[runs.count - 1].append(point(index, value))
      } else {
        runs.append([])
      }
    }
    let lines = runs.filter { $0.count > 1 }.map {
      "<polyline class=\"line\" points=\"\($0.joined(separator: " "))\"/>"
    }
    let dots = past.enumerated().compactMap { index, period in
      period.value.map { value in
        "<circle class=\"dot\" cx=\"\(oneDecimal(x(index)))\" cy=\"\(oneDecimal(y(value)))\" r=\"2.6\"><title>"
          + "\(escapedMarkup(period.label)): \(escapedMarkup(number(value)))</title></circle>"
      }
    }
    return (lines + dots).joined()
  }

  private var medianLine: String {
    guard future.count > 1 else { return "" }
    let points = future.enumerated().map { point(past.count + $0, $1.median) }.joined(separator: " ")
    return "<polyline class=\"median\" points=\"\(points)\"/>"
  }

  private var labels: String {
    let names = past.map(\.label) + future.map(\.label)
    let every = max(1, (names.count + 7) / 8)
    return names.enumerated().filter { $0.offset % every == 0 }.map { index, name in
      "<text class=\"soft\" text-anchor=\"middle\" x=\"\(oneDecimal(x(index)))\" y=\"\(Int(Self.height) - 8)\">\(escapedMarkup(name))</text>"
    }.joined()
  }

  private func point(_ index: Int, _ value: Int64) -> String {
    "\(oneDecimal(x(index))),\(oneDecimal(y(value)))"
  }
}

/// A length with at most one decimal: the same on every machine.
func oneDecimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0
    ? "\(tenths / 10)" : "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10).\(abs(tenths % 10))"
}

/// Text for an element or a quoted attribute.
func escapedMarkup(_ text: String) -> String {
  text.map { character in
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    default: String(character)
    }
  }.joined()
}
