import Glibc
package import Inventory

/// The machine's clock: read here, at the edge, and handed down as a parameter. In a session it is the moment of
/// the request.
package enum Clock {
  package static var now: Instant {
    if let session = Session.current { return session.stamp.at }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(rawValue: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package static var today: Day { now.day }
}
