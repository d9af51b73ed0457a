extension Forecaster {
  /// Forecasts of a batch, in its order, on as many cores as the machine gives.
  package func forecast(_ batch: [DemandSeries], horizon: Int) async -> [DemandForecast] {
    let size = max(1, min(64, batch.count / 8))
    return await withTaskGroup(of: (Int, [DemandForecast]).self) { group in
      for start in stride(from: 0, to: batch.count, by: size) {
        let part = batch[start..<min(start + size, batch.count)]
        group.addTask { (start, part.map { self.forecast($0, horizon: horizon) }) }
      }
      var parts: [Int: [DemandForecast]] = [:]
      for await (start, forecasts) in group { parts[start] = forecasts }
      return parts.keys.sorted().flatMap { parts[$0] ?? [] }
    }
  }
}
