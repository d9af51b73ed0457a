import Planning
import Tabular

/// How a forecast is written: the columns, and one row a step.
struct ForecastText {
  let quantiles: [Double]
  /// Periods of the lead time, whose sums then have columns of their own.
  let leadTime: Int?

  var columns: [String] {
    let names = ["mean"] + quantiles.map { "q\($0)" }
    let sums = leadTime.map { length in names.map { "lt\(length)_\($0)" } } ?? []
    return ["series", "step"] + names + sums
  }

  func rows(_ forecast: DemandForecast) -> [[String]] {
    forecast.steps.indices.map { step in
      let sums = leadTime == nil ? [] : cells(forecast.leadTimes[step])
      return [forecast.key, "\(step + 1)"] + cells(forecast.steps[step]) + sums
    }
  }

  private func cells(_ predicted: PredictedDemand) -> [String] {
    [predicted.mean.description] + predicted.quantiles.map(String.init)
  }
}

/// A forecast as a program reads it.
struct ForecastRecord: Encodable {
  struct Step: Encodable {
    let step: Int
    let period: String
    let mean: Double
    let quantiles: [String: Int64]
    let leadTime: Sum?
  }

  struct Sum: Encodable {
    let periods: Int
    let mean: Double
    let quantiles: [String: Int64]
  }

  let series: String
  let pattern: String
  let surge: Bool
  let steps: [Step]

  init(_ forecast: DemandForecast, quantiles: [Double], leadTime: Int?, period: (Int) -> String) {
    series = forecast.key
    pattern = forecast.pattern.rawValue
    surge = forecast.isSurging
    func named(_ values: [Int64]) -> [String: Int64] {
      Dictionary(zip(quantiles.map { "\($0)" }, values)) { first, _ in first }
    }
    steps = forecast.steps.indices.map { index in
      let (step, sum) = (forecast.steps[index], forecast.leadTimes[index])
      return Step(
        step: index + 1,
        period: period(forecast.firstPeriod + index),
        mean: step.mean.value,
        quantiles: named(step.quantiles),
        leadTime: leadTime.map { Sum(periods: $0, mean: sum.mean.value, quantiles: named(sum.quantiles)) }
      )
    }
  }
}
