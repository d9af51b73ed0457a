import Foundation
import Testing

@testable import Planning

/// Point forecasts that three other programs agree on, where their file is at hand.
private struct PointReference: Decodable {
  struct Series: Decodable {
    let name: String
    let y: [Double]
    let expectedR: [String: [Double]]
    let expectedStatsforecast: [String: Double]

    enum CodingKeys: String, CodingKey {
      case name, y
      case expectedR = "expected_r"
      case expectedStatsforecast = "expected_statsforecast_2.1.1"
    }
  }

  let series: [Series]

  static let path =
    (ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared")
    + "/instances/forecast/intermittent_point_reference.json"
  static let isPresent = FileManager.default.fileExists(atPath: path)

  static func load() throws -> PointReference {
    try JSONDecoder().decode(PointReference.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

@Suite struct IntermittentPointsTests {
  @Test(.enabled(if: PointReference.isPresent, "needs intermittent_point_reference.json"))
  func `the classic methods give the published digits`() throws {
    let reference = try PointReference.load()
    #expect(reference.series.count >= 7)
    for series in reference.series {
      let (y, r, s) = (series.y, series.expectedR, series.expectedStatsforecast)
      func matches(_ ours: Double?, _ theirs: Double?) -> Bool {
        guard let ours, let theirs else { return false }
        return abs(ours - theirs) < 1e-6
      }
      func published(_ method: String) -> Double? {
        r["tsintermittent::crost type=\(method) w=0.1,0.1 init=naive init.opt=FALSE"]?.first
      }
      let name = Comment(rawValue: series.name)
      #expect(matches(IntermittentPoints.croston(y, gain: 0.1), published("croston")), name)
      #expect(matches(IntermittentPoints.croston(y, gain: 0.1), s["CrostonClassic"]), name)
      #expect(matches(IntermittentPoints.syntetosBoylan(y, gain: 0.1), published("sba")), name)
      #expect(matches(IntermittentPoints.shaleBoylanJohnston(y, gain: 0.1), published("sbj")), name)
      #expect(
        matches(
          IntermittentPoints.teunter(y, sizeGain: 0.1, probabilityGain: 0.1),
          s["TSB(alpha_d=0.1,alpha_p=0.1)"]
        ),
        name
      )
      #expect(
        matches(
          IntermittentPoints.teunter(y, sizeGain: 0.2, probabilityGain: 0.05),
          s["TSB(alpha_d=0.2,alpha_p=0.05)"]
        ),
        name
      )
      #expect(matches(IntermittentPoints.smoothed(y, gain: 0.1), s["SES(alpha=0.1)"]), name)
    }
  }

  @Test func `a series without demand has no mean size to forecast from`() {
    #expect(IntermittentPoints.croston([0, 0, 0], gain: 0.1) == nil)
    #expect(IntermittentPoints.teunter([0, 0, 0], sizeGain: 0.1, probabilityGain: 0.1) == nil)
    #expect(IntermittentPoints.smoothed([0, 0, 0], gain: 0.1) == 0)
  }
}
