import Procurement
import Synchronization

/// Counts of requests by route and status, with how long they took.
final class Metrics: Sendable {
  struct Series: Hashable {
    var method: String
    var route: String
    var status: Int
  }

  private struct Histogram {
    var counts = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var sum: Double = 0
  }

  /// Seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  private let series = Mutex<[Series: Histogram]>([:])
  private let open = Atomic(0)

  func begin() { open.add(1, ordering: .relaxed) }

  func end(_ name: Series, took duration: Duration) {
    open.subtract(1, ordering: .relaxed)
    let (whole, attoseconds) = duration.components
    let seconds = Double(whole) + Double(attoseconds) / 1e18
    series.withLock { series in
      var histogram = series[name] ?? Histogram()
      histogram.counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
      histogram.sum += seconds
      series[name] = histogram
    }
  }

  /// The text form of Prometheus, version 0.0.4.
  func text(gauges: [ServiceGauge]) -> String {
    var lines = [
      "# HELP procure_requests_in_progress Requests that are being answered.",
      "# TYPE procure_requests_in_progress gauge",
      "procure_requests_in_progress \(open.load(ordering: .relaxed))",
      "# HELP procure_request_seconds How long requests took.",
      "# TYPE procure_request_seconds histogram",
    ]
    let all = series.withLock { $0.sorted { "\($0.key)" < "\($1.key)" } }
    for (name, histogram) in all {
      let labels = "method=\"\(name.method)\",route=\"\(name.route)\",status=\"\(name.status)\""
      var total = 0
      for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
        total += count
        lines.append("procure_request_seconds_bucket{\(labels),le=\"\(bound)\"} \(total)")
      }
      lines.append("procure_request_seconds_sum{\(labels)} \(histogram.sum)")
      lines.append("procure_request_seconds_count{\(labels)} \(total)")
    }
    for gauge in gauges {
      let name = "procure_\(gauge.name)"
      lines += ["# HELP \(name) \(gauge.meaning)", "# TYPE \(name) gauge", "\(name) \(gauge.value)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
