import Foundation
import Planning

/// Tests by department and week of 2020, forecast two weeks ahead from every week that has eight behind it.
struct SurgePanel {
  let rows: [[Int]]

  init(file: String, column: Int) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    var byKey: [String: [(String, Int)]] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      byKey[cells[1], default: []].append((cells[0], Int(cells[column]) ?? 0))
    }
    rows = byKey.keys.sorted().map { key in (byKey[key] ?? []).sorted { $0.0 < $1.0 }.map(\.1) }
  }

  static let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]

  /// WAPE, mean pinball over the mean, share inside the 90 % interval, then last value's WAPE and pinball.
  func figures(horizon: Int = 2, first: Int = 8, bucket: Bucket = .week) async -> [Double] {
    var (error, loss, inside, naive, naiveLoss, total, count) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    let panel = Panel(name: "surge", bucket: bucket, rows: rows)
    let periods = rows.first?.count ?? 0
    for origin in stride(from: first, through: periods - horizon, by: bucket == .day ? 7 : 1) {
      let series = panel.series(prefix: origin)
      var learner = PriorLearner(seed: 1)
      for one in series { learner.add(one) }
      let forecaster = Forecaster(
        panel: await learner.learn(leadTime: 3),
        parameters: ForecastParameters(quantiles: Self.levels),
        seed: 1
      )
      for (one, row) in zip(series, rows) {
        let forecast = forecaster.forecast(one, horizon: horizon)
        let last = Double(row[origin - 1])
        for (step, predicted) in forecast.steps.enumerated() {
          let y = Double(row[origin + step])
          error += abs(y - predicted.mean.value)
          naive += abs(y - last)
          for (level, quantile) in zip(Self.levels, predicted.quantiles) {
            loss += Accuracy.pinball(level, actual: y, quantile: Double(quantile)) / Double(Self.levels.count)
            naiveLoss += Accuracy.pinball(level, actual: y, quantile: last) / Double(Self.levels.count)
          }
          inside += y >= Double(predicted.quantiles[0]) && y <= Double(predicted.quantiles[6]) ? 1 : 0
          total += y
          count += 1
        }
      }
    }
    return [error / total, loss / total, inside / count, naive / total, naiveLoss / total]
  }
}
