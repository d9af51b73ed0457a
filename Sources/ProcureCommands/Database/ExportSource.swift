import Glibc
import Synchronization

/// The file that an export is read from, or standard input for `-`.
final class ExportSource: Sendable {
  private let path: String
  private let starts = Atomic<Int>(0)

  init(path: String) { self.path = path }

  /// Calls `body` with the export at its beginning, each time this is called.
  ///
  /// A transaction that lost to another one runs again: a file is read again; standard input cannot be.
  func read<Result>(_ body: (_ descriptor: Int32) throws -> Result) throws -> Result {
    let isFirst = starts.add(1, ordering: .relaxed).newValue == 1
    guard path != "-" else {
      guard isFirst else { throw FileRefusal.startedAnew }
      return try body(STDIN_FILENO)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileRefusal.system("cannot read \(path)", errno) }
    defer { close(descriptor) }
    return try body(descriptor)
  }
}
