package import Storage

/// When a centre is expected to report: every week on one day, with some days of grace.
package struct ReportingSchedule: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var weekday: Weekday
  /// Days after the day due that still count as on time, 0 to 6.
  package var graceDays: Int64
  package var from: Day
  /// The last day on which a report can be due; nil for no end.
  package var until: Day?

  package init(centre: Centre.Code, weekday: Weekday, graceDays: Int64, from: Day, until: Day? = nil) {
    self.centre = centre
    self.weekday = weekday
    self.graceDays = graceDays
    self.from = from
    self.until = until
  }

  /// The days due from `first` to `last`.
  package func dueDays(from first: Day, to last: Day) -> [Day] {
    let start = max(first, from)
    let end = min(last, until ?? last)
    let wait = Int64((weekday.offset - start.weekday.offset + 7) % 7)
    guard start + wait <= end else { return [] }
    return stride(from: (start + wait).rawValue, through: end.rawValue, by: 7).map(Day.init(rawValue:))
  }
}

extension ReportingSchedule {
  /// Stores the schedule; the one before it ends the day before it starts.
  package func store(by stamp: Stamp, in connection: any Connection) throws {
    let place = try Centre.find(centre, in: connection).id
    try connection.execute(
      """
      UPDATE reporting_schedule SET until_day = \(from - 1)
      WHERE centre_id = \(place) AND from_day < \(from) AND (until_day IS NULL OR until_day >= \(from))
      """
    )
    try connection.execute(
      """
      INSERT INTO reporting_schedule (centre_id, from_day, until_day, weekday, grace_days)
      VALUES (\(place), \(from), \(until), \(weekday), \(graceDays))
      ON CONFLICT (centre_id, from_day) DO UPDATE SET until_day = excluded.until_day,
        weekday = excluded.weekday, grace_days = excluded.grace_days
      """
    )
    try Audit.record(
      "stock.schedule",
      subject: "centre \(centre)",
      chain: .centre(centre.rawValue),
      after: self,
      by: stamp,
      in: connection
    )
  }

  /// Every schedule, by centre and start.
  package static func all(in connection: any Connection) throws -> [ReportingSchedule] {
    try connection.query(
      """
      SELECT c.code, s.weekday, s.grace_days, s.from_day, s.until_day
      FROM reporting_schedule s JOIN centre c ON c.id = s.centre_id ORDER BY c.code, s.from_day
      """
    ).map { row in
      let (centre, weekday, grace, from, until) = try row.decode(
        as: Centre.Code.self,
        Weekday.self,
        Int64.self,
        Day.self,
        Day?.self
      )
      return ReportingSchedule(centre: centre, weekday: weekday, graceDays: grace, from: from, until: until)
    }
  }
}
