import Inventory
import Storage
import Synchronization

/// Who the tokens that were shown lately belong to, so that a request need not read it in a transaction of its own.
///
/// What is kept counts only together with its mark, which the first transaction of the request compares: a token that was
/// revoked, or a user who lost a right, is refused with the next request, on every server. Nothing is kept for longer
/// than five seconds.
final class KeptPrincipals: Sendable {
  private struct Entry {
    var admission: Admission
    var token: AccessToken
    var until: Instant
  }

  /// By the digests of the tokens.
  private let entries = Mutex<[String: Entry]>([:])
  private static let most = 1_000
  private static let lifetime: Int64 = 5_000

  /// - Returns: nil for a token that must be looked up, also where its use of this hour is still to be noted.
  func find(_ digest: String, at moment: Instant) -> Admission? {
    entries.withLock { entries in
      guard let entry = entries[digest], moment < entry.until, !entry.token.isUnseen(at: moment) else {
        return nil
      }
      return entry.admission
    }
  }

  func forget(_ digest: String) { entries.withLock { $0[digest] = nil } }

  func keep(
    _ principal: Principal,
    _ token: AccessToken,
    _ mark: AccessMark,
    under digest: String,
    at moment: Instant
  ) {
    let end = min(token.expiresAt.rawValue, moment.rawValue + Self.lifetime)
    let admission = Admission(principal: principal, mark: mark)
    entries.withLock { entries in
      if entries.count >= Self.most { entries = [:] }
      entries[digest] = Entry(admission: admission, token: token, until: Instant(rawValue: end))
    }
  }
}

/// Who asks, and up to which mark that is known.
struct Admission {
  var principal: Principal
  /// Nil where it was proved for this very request.
  var mark: AccessMark?

  /// Compares the mark in the transaction of the work.
  var condition: JointCondition? {
    guard let mark else { return nil }
    return JointCondition(mark.name) { try mark.confirm(in: $0, otherwise: AdmissionChanged()) }
  }
}

/// Somebody's rights changed since they were read: they are to be read again.
struct AdmissionChanged: Error {}
