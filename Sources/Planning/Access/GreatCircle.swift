import Foundation

/// A place on the Earth in degrees, north and east positive.
package struct GeoPoint: Hashable, Sendable {
  package let latitude: Double
  package let longitude: Double

  package init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// The mean radius of the Earth, km (IUGG).
  package static let earthRadius = 6371.0088

  /// Great-circle distance in km by the haversine formula, which stays accurate for near points.
  package func distance(to other: GeoPoint) -> Double {
    let toRadians = Double.pi / 180
    let half = sin((other.latitude - latitude) * toRadians / 2)
    let turn = sin((other.longitude - longitude) * toRadians / 2)
    let shared = cos(latitude * toRadians) * cos(other.latitude * toRadians)
    return 2 * Self.earthRadius * asin(min(1, (half * half + shared * turn * turn).squareRoot()))
  }
}

/// The default for a journey by road where nothing better is known: great circle × circuity ÷ speed.
///
/// It knows no sea and no mountain: overseas and island journeys need a table.
package struct RoadFormula: Hashable, Sendable {
  /// Road kilometres per kilometre of great circle.
  package var circuity: Double
  /// Kilometres per hour.
  package var speed: Double

  package init(circuity: Double = 1.3, speed: Double = 70) {
    self.circuity = circuity
    self.speed = speed
  }

  /// Seconds, rounded to the nearest.
  package func seconds(from origin: GeoPoint, to destination: GeoPoint) -> Int64 {
    Int64((origin.distance(to: destination) * circuity / speed * 3600).rounded(.toNearestOrAwayFromZero))
  }
}
