import Planning

extension Panel {
  /// Sparse spare parts: nine periods in ten without demand, sizes from one to hundreds.
  static func lumpy(series count: Int, periods: Int) -> Panel {
    var random = RandomStream(seed: 11)
    let rows = (0..<count).map { _ in
      let probability = min(0.6, max(0.01, random.beta(1.1, 9)))
      let median = Elementary.exp(0.9 + 1.1 * random.normal())
      let spread = 0.4 + 0.5 * random.uniform()
      let pack = [1, 1, 1, 2, 5, 10][random.index(below: 6)]
      return (0..<periods).map { _ -> Int in
        guard random.uniform() < probability else { return 0 }
        let size = median * Elementary.exp(spread * random.normal())
        return max(1, Int((size / Double(pack)).rounded())) * pack
      }
    }
    return Panel(name: "lumpy", rows: rows)
  }

  /// Hospital attendances: large counts, a mild season, a drifting level.
  static func hospital(series count: Int, periods: Int) -> Panel {
    var random = RandomStream(seed: 12)
    let rows = (0..<count).map { _ in
      var level = Elementary.exp(4.5 + 1.5 * random.normal())
      let swing = 0.06 * random.uniform() + 0.01
      let place = random.uniform() * 6.283
      let drift = 0.003 * random.normal()
      let scatter = 0.002 + 0.01 * random.uniform()
      return (0..<periods).map { t -> Int in
        level *= Elementary.exp(drift + 0.025 * random.normal())
        let angle = (Double(t % 12) / 12 * 6.283 + place).truncatingRemainder(dividingBy: 6.283)
        let season = 1 + swing * wave(angle)
        return random.negativeBinomial(mean: level * season, inverseSize: scatter)
      }
    }
    return Panel(name: "hospital", rows: rows)
  }

  /// Calls a day with a strong week, as a wave of an epidemic rises and falls.
  static func triage(series count: Int, periods: Int) -> Panel {
    var random = RandomStream(seed: 13)
    let week = [1.25, 1.1, 1.05, 1, 0.95, 0.8, 0.85]
    let rows = (0..<count).map { _ in
      let size = Elementary.exp(3.5 + 0.8 * random.normal())
      var level = size
      return (0..<periods).map { t -> Int in
        let rate = t < 30 ? 0.06 : t < 60 ? -0.03 : -0.008
        level *= Elementary.exp(rate + 0.05 * random.normal())
        return random.negativeBinomial(mean: level * week[t % 7], inverseSize: 0.03)
      }
    }
    return Panel(name: "triage", bucket: .day, rows: rows)
  }

  /// The sine of an angle in 0…2π to within 0.002 (Bhaskara I).
  private static func wave(_ angle: Double) -> Double {
    let half = 3.14159265
    let (x, sign) = angle > half ? (angle - half, -1.0) : (angle, 1.0)
    return sign * 16 * x * (half - x) / (5 * half * half - 4 * x * (half - x))
  }
}
