import Glibc
package import Inventory

/// The machine's clock: read here, at the edge, and handed down as a parameter. In a session it is the moment of
/// the request.
package enum Clock {
  /// The moment of the request, which is one however long it takes; in a shell the time.
  package static var now: Instant { Session.current?.stamp.at ?? time }

  /// The time, whatever request is being answered: leases end by it.
  static var time: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(rawValue: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package static var today: Day { now.day }
}
