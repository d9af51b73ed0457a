import Foundation

/// Hundredths of a pixel are finer than any screen.
func pixels(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
}

/// Where a place lies in a map.
struct MapFrame {
  private let north: Double
  private let west: Double
  /// Pixels per degree of latitude.
  private let scale: Double
  private let narrowing: Double
  private let margin: Double
  let mapHeight: Double
  let height: Double

  init(_ marks: [MapPicture.Mark], _ ground: MapPicture.Ground?, width: Double, legend: Int) {
    margin = ground == nil ? 30 : 36
    let latitudes = marks.map(\.latitude) + (ground?.places ?? []).map(\.latitude)
    let longitudes = marks.map(\.longitude) + (ground?.places ?? []).map(\.longitude)
    north = latitudes.max() ?? 1
    west = longitudes.min() ?? 0
    let tall = max(0.1, north - (latitudes.min() ?? 0))
    let wide = max(0.1, (longitudes.max() ?? 1) - west)
    narrowing = cos((north - tall / 2) * .pi / 180)
    scale = (width - 2 * margin) / (wide * narrowing)
    mapHeight = tall * scale + 2 * margin
    height = mapHeight + 20 * Double(legend) + 20
  }

  /// A distance in pixels: a degree of latitude is 111.2 km everywhere.
  func pixels(kilometres: Double) -> Double { kilometres / 111.2 * scale }

  func point(_ latitude: Double, _ longitude: Double) -> (x: Double, y: Double) {
    (margin + (longitude - west) * narrowing * scale, margin + (north - latitude) * scale)
  }
}
