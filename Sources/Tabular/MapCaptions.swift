/// The captions of a map, none over another and none over a mark that has one.
///
/// One after the other, each takes the first free place of those around its mark, the nearest first; where none near the
/// mark is free, a line leads to one farther off. A caption without any free place is left out: its mark's title says
/// it still. The same marks give the same places.
struct MapCaptions {
  /// How wide a letter is, as a part of its height; a little more than most sans-serif letters are.
  private static let letter = 0.56
  private static let directions: [(x: Double, y: Double)] = [
    (1, 0), (-1, 0), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7), (0, -1), (0, 1),
  ]

  struct Box: Equatable {
    var left, top, right, bottom: Double

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  struct Place: Equatable {
    var text: String
    var box: Box
    /// `start`, `middle` or `end`: where the text holds to its mark, whatever its letters' widths.
    var anchor: String
    /// The mark that a line leads from; nil for a caption beside its mark.
    var leader: (x: Double, y: Double)?

    static func == (left: Place, right: Place) -> Bool {
      left.text == right.text && left.box == right.box && left.anchor == right.anchor
    }
  }

  private(set) var places: [Place] = []
  private let textSize: Double

  init(_ marks: [MapPicture.Mark], _ frame: MapFrame, width: Double, textSize: Double) {
    self.textSize = textSize
    let captioned = marks.filter { !$0.caption.isEmpty }.map { ($0, frame.point($0.latitude, $0.longitude)) }
    let area = Box(left: 2, top: 2, right: width - 2, bottom: frame.mapHeight - 2)
    let discs = captioned.map { mark, point in
      Box(
        left: point.x - mark.radius,
        top: point.y - mark.radius,
        right: point.x + mark.radius,
        bottom: point.y + mark.radius
      )
    }
    for (mark, point) in captioned {
      let place = candidates(mark, point, beyond: Self.reach(of: mark, point, among: marks, frame)).first {
        place in
        area.left <= place.box.left && place.box.right <= area.right && area.top <= place.box.top
          && place.box.bottom <= area.bottom && !discs.contains { $0.meets(place.box) }
          && !places.contains { $0.box.meets(place.box) }
      }
      if let place { places.append(place) }
    }
  }

  /// How far a mark goes with those that it lies upon.
  private static func reach(
    of mark: MapPicture.Mark,
    _ point: (x: Double, y: Double),
    among marks: [MapPicture.Mark],
    _ frame: MapFrame
  ) -> Double {
    marks.reduce(mark.radius) { reach, other in
      let (x, y) = frame.point(other.latitude, other.longitude)
      let far = ((x - point.x) * (x - point.x) + (y - point.y) * (y - point.y)).squareRoot()
      return far < other.radius ? max(reach, far + other.radius) : reach
    }
  }

  /// Beside the mark, then farther and farther off.
  private func candidates(_ mark: MapPicture.Mark, _ point: (x: Double, y: Double), beyond radius: Double)
    -> [Place]
  {
    let size = (width: Self.letter * textSize * Double(mark.caption.count), height: 1.1 * textSize)
    return [4.0, 20, 40, 64, 90].flatMap { far in
      Self.directions.map { direction in
        let reach = radius + far
        let (x, y) = (point.x + direction.x * reach, point.y + direction.y * reach)
        let left = direction.x == 0 ? x - size.width / 2 : direction.x > 0 ? x : x - size.width
        let middle = direction.x == 0 ? y + direction.y * size.height / 2 : y
        return Place(
          text: mark.caption,
          box: Box(
            left: left,
            top: middle - size.height / 2,
            right: left + size.width,
            bottom: middle + size.height / 2
          ),
          anchor: direction.x == 0 ? "middle" : direction.x > 0 ? "start" : "end",
          leader: far > 4 ? point : nil
        )
      }
    }
  }

  /// Where the text of a place holds to its mark, and the middle of its height.
  private func hold(_ place: Place) -> (x: Double, y: Double) {
    let x =
      switch place.anchor {
      case "start": place.box.left
      case "end": place.box.right
      default: (place.box.left + place.box.right) / 2
      }
    return (x, (place.box.top + place.box.bottom) / 2)
  }

  var texts: String {
    places.map { place in
      let (x, y) = hold(place)
      return "<text class=\"name\" x=\"\(pixels(x))\" y=\"\(pixels(y + 0.35 * textSize))\" "
        + "text-anchor=\"\(place.anchor)\">\(escapedMarkup(place.text))</text>"
    }.joined(separator: "\n")
  }

  var leaders: String {
    places.compactMap { place in
      place.leader.map { start in
        let end = hold(place)
        return "<line class=\"leader\" x1=\"\(pixels(start.x))\" y1=\"\(pixels(start.y))\" "
          + "x2=\"\(pixels(end.x))\" y2=\"\(pixels(end.y))\"/>"
      }
    }.joined(separator: "\n")
  }
}
