package import Storage

/// A report that is or was expected of a centre, and what came of it.
package struct ExpectedReport: Equatable, Sendable, Codable {
  package enum State: String, CaseIterable, Codable, Sendable {
    case onTime = "on_time"
    case late
    /// Not there, and the days of grace are over.
    case missing
    /// Not there yet, and not late yet.
    case awaited
  }

  package var centre: Centre.Code
  package var due: Day
  package var state: State
  /// The key of the report that answers it, the first that came.
  package var report: String?
  package var received: Instant?
}

/// A report as the calendar sees it.
package struct ReceivedReport: Equatable, Sendable {
  package var centre: Centre.Code
  package var key: String
  package var day: Day
  package var received: Instant

  package init(centre: Centre.Code, key: String, day: Day, received: Instant) {
    self.centre = centre
    self.key = key
    self.day = day
    self.received = received
  }
}

extension ReceivedReport {
  /// Whole reports, not single lines, of a span of days, in the order in which they came.
  package static func all(
    from first: Day,
    to last: Day,
    in connection: any Connection
  ) throws -> [ReceivedReport] {
    try connection.query(
      """
      SELECT c.code, r.report_key, e.day, e.recorded_at
      FROM stock_report r JOIN stock_entry e ON e.id = r.id JOIN centre c ON c.id = r.centre_id
      WHERE r.origin <> 'line' AND e.day BETWEEN \(first) AND \(last) ORDER BY e.recorded_at, r.id
      """
    ).map { row in
      let (centre, key, day, received) = try row.decode(
        as: Centre.Code.self,
        String.self,
        Day.self,
        Instant.self
      )
      return ReceivedReport(centre: centre, key: key, day: day, received: received)
    }
  }
}

extension ExpectedReport {
  /// Answers the days due of a schedule with the reports of its centre.
  ///
  /// A report answers the day due on or before its own day, up to the next one; where several do, the first that came
  /// counts. It is on time when it came by the end, in UTC, of the last day of grace.
  package static func answers(
    to schedule: ReportingSchedule,
    with reports: [ReceivedReport],
    from first: Day,
    to last: Day,
    today: Day
  ) -> [ExpectedReport] {
    schedule.dueDays(from: first, to: min(last, today)).map { due in
      let answer =
        reports
        .filter { $0.centre == schedule.centre && $0.day >= due && $0.day < due + 7 }
        .min { $0.received < $1.received }
      let lastDay = due + schedule.graceDays
      let state: State =
        if let answer { answer.received.day <= lastDay ? .onTime : .late } else {
          today > lastDay ? .missing : .awaited
        }
      return ExpectedReport(
        centre: schedule.centre,
        due: due,
        state: state,
        report: answer?.key,
        received: answer?.received
      )
    }
  }

  /// What was expected from `first` to `last`, by centre and day due.
  package static func all(
    from first: Day,
    to last: Day,
    today: Day,
    in connection: any Connection
  ) throws -> [ExpectedReport] {
    let reports = Dictionary(
      grouping: try ReceivedReport.all(from: first, to: last + 6, in: connection),
      by: \.centre
    )
    return try ReportingSchedule.all(in: connection).flatMap { schedule in
      answers(to: schedule, with: reports[schedule.centre] ?? [], from: first, to: last, today: today)
    }
  }
}

/// How well a centre reports over a time.
package struct ReportingRate: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var due: Int64
  package var onTime: Int64
  package var late: Int64
  package var missing: Int64

  /// On time of what was due, in hundredths rounded down; nil where nothing was due.
  package var onTimePercent: Int64? { due == 0 ? nil : Rounding.down.divide(onTime * 100, by: due) }

  /// One rate a centre, in the order of the reports; what is awaited is not due yet.
  package static func rates(of reports: [ExpectedReport]) -> [ReportingRate] {
    var rates: [ReportingRate] = []
    for report in reports {
      if rates.last?.centre != report.centre {
        rates.append(ReportingRate(centre: report.centre, due: 0, onTime: 0, late: 0, missing: 0))
      }
      rates[rates.count - 1].add(report.state)
    }
    return rates
  }

  private mutating func add(_ state: ExpectedReport.State) {
    switch state {
    case .onTime: (due, onTime) = (due + 1, onTime + 1)
    case .late: (due, late) = (due + 1, late + 1)
    case .missing: (due, missing) = (due + 1, missing + 1)
    case .awaited: break
    }
  }
}
