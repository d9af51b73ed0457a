/// What was, and what may come: past quantities as a line, future ones as a median with bands about it.
///
/// Each period stands where its days are, so what came true lies over what was foretold of the same days.
/// A period without a figure is a gap in the line, never a zero. The text is SVG 1.1 whose parts are drawn by the
/// classes of the page around it, or by its own styles where it stands alone.
package struct FanChart: Sendable, Equatable {
  package struct Past: Sendable, Equatable {
    /// The number of its first day.
    package var start: Int64
    package var label: String
    /// Nil where nobody knows.
    package var value: Int64?

    package init(from start: Int64, label: String, value: Int64?) {
      (self.start, self.label, self.value) = (start, label, value)
    }
  }

  package struct Future: Sendable, Equatable {
    /// The number of its first day.
    package var start: Int64
    package var label: String
    /// Ascending: the lower edge of both bands, the median, the upper edges of the inner and of the outer band.
    package var low: Int64
    package var median: Int64
    package var high: Int64
    package var highest: Int64

    package init(
      from start: Int64,
      label: String,
      low: Int64,
      median: Int64,
      high: Int64,
      highest: Int64
    ) {
      (self.start, self.label) = (start, label)
      (self.low, self.median, self.high, self.highest) = (low, median, high, highest)
    }
  }

  package var title: String
  package var description: String
  package var past: [Past]
  package var future: [Future]
  /// Days of a period.
  package var periodDays: Int64
  /// What the axis counts; empty for a bare axis.
  package var unit: String
  /// How a number is written on the axis.
  package var number: @Sendable (Int64) -> String

  package static func == (left: FanChart, right: FanChart) -> Bool { left.svg == right.svg }

  package init(
    title: String,
    description: String,
    past: [Past],
    future: [Future],
    periodDays: Int64 = 7,
    unit: String = "",
    number: @escaping @Sendable (Int64) -> String
  ) {
    self.title = title
    self.description = description
    self.past = past
    self.future = future
    self.periodDays = periodDays
    self.unit = unit
    self.number = number
  }

  private static let (width, height, left, right, top, bottom) = (720.0, 260.0, 56.0, 10.0, 24.0, 28.0)

  private var starts: [Int64] { past.map(\.start) + future.map(\.start) }
  private var first: Int64 { starts.min() ?? 0 }
  /// The days that the picture spans.
  private var span: Int64 { (starts.max() ?? 0) - first + max(1, periodDays) }
  private var greatest: Int64 {
    max(1, (past.compactMap(\.value) + future.map(\.highest)).max() ?? 1)
  }

  /// Where a day begins.
  private func edge(_ day: Int64) -> Double {
    Self.left + (Self.width - Self.left - Self.right) * Double(day - first) / Double(span)
  }
  /// The middle of the period that begins with a day.
  private func x(_ start: Int64) -> Double { (edge(start) + edge(start + periodDays)) / 2 }
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
    guard !past.isEmpty, let begin = future.first?.start else { return lines + axisName }
    let now = oneDecimal(edge(begin))
    return lines + axisName
      + "<line class=\"now\" x1=\"\(now)\" x2=\"\(now)\" y1=\"\(Int(Self.top))\" y2=\"\(Int(Self.height - Self.bottom))\"/>"
  }

  private var axisName: String {
    unit.isEmpty ? "" : "<text class=\"soft\" x=\"4\" y=\"12\">\(escapedMarkup(unit))</text>"
  }

  private var bands: String {
    guard !future.isEmpty else { return "" }
    return band("band-outer", \.low, \.highest) + band("band-inner", \.low, \.high)
  }

  private func band(_ style: String, _ low: KeyPath<Future, Int64>, _ high: KeyPath<Future, Int64>) -> String
  {
    let upper = future.map { point($0.start, $0[keyPath: high]) }
    let lower = future.reversed().map { point($0.start, $0[keyPath: low]) }
    return "<polygon class=\"\(style)\" points=\"\((upper + lower).joined(separator: " "))\"/>"
  }

  /// The past, broken where a figure is not known.
  private var line: String {
    var runs: [[String]] = [[]]
    for period in past {
      if let value = period.value {
        runs[runs.count - 1].append(point(period.start, value))
      } else {
        runs.append([])
      }
    }
    let lines = runs.filter { $0.count > 1 }.map {
      "<polyline class=\"line\" points=\"\($0.joined(separator: " "))\"/>"
    }
    let dots = past.compactMap { period in
      period.value.map { value in
        "<circle class=\"dot\" cx=\"\(oneDecimal(x(period.start)))\" cy=\"\(oneDecimal(y(value)))\" r=\"2.6\"><title>"
          + "\(escapedMarkup(period.label)): \(escapedMarkup(number(value)))</title></circle>"
      }
    }
    return (lines + dots).joined()
  }

  private var medianLine: String {
    guard future.count > 1 else { return "" }
    let points = future.map { point($0.start, $0.median) }.joined(separator: " ")
    return "<polyline class=\"median\" points=\"\(points)\"/>"
  }

  /// Some of the periods by name; one that is past and foretold has one name.
  private var labels: String {
    let names = Dictionary(
      past.map { ($0.start, $0.label) } + future.map { ($0.start, $0.label) }
    ) { past, _ in past }
    let every = max(1, (names.count + 7) / 8)
    return names.sorted { $0.key < $1.key }.enumerated().filter { $0.offset % every == 0 }.map { _, name in
      "<text class=\"soft\" text-anchor=\"middle\" x=\"\(oneDecimal(x(name.key)))\" y=\"\(Int(Self.height) - 8)\">\(escapedMarkup(name.value))</text>"
    }.joined()
  }

  private func point(_ start: Int64, _ value: Int64) -> String {
    "\(oneDecimal(x(start))),\(oneDecimal(y(value)))"
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
