import Glibc
import Inventory
import Synchronization

/// A file that appears under its name when it is whole, or standard output for `-`.
final class WholeFile: Sendable {
  let path: String
  private let starts = Atomic<Int>(0)

  var isStandardOutput: Bool { path == "-" }
  private var partial: String { path + ".partial" }

  init(path: String) throws(FileRefusal) {
    self.path = path
    if path != "-", access(path, F_OK) == 0 { throw .exists(path) }
  }

  /// Writes what `body` gives to its argument, from the beginning each time this is called.
  ///
  /// A read that lost its connection starts again: a file does too; what went to standard output cannot.
  func write<Result>(_ body: ((_ bytes: [UInt8]) throws -> Void) throws -> Result) throws -> Result {
    let isFirst = starts.add(1, ordering: .relaxed).newValue == 1
    guard isFirst || !isStandardOutput else { throw FileRefusal.startedAnew }
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let descriptor = isStandardOutput ? STDOUT_FILENO : open(partial, flags, 0o640)
    guard descriptor >= 0 else { throw FileRefusal.system("cannot write \(partial)", errno) }
    defer { if !isStandardOutput { close(descriptor) } }
    let result = try body { try Self.put($0, into: descriptor) }
    guard isStandardOutput || fsync(descriptor) == 0 else {
      throw FileRefusal.system("cannot write \(partial)", errno)
    }
    return result
  }

  /// Gives the file its name.
  func publish() throws(FileRefusal) {
    guard isStandardOutput || rename(partial, path) == 0 else { throw .system("cannot write \(path)", errno) }
  }

  /// Writes a text in place of what a file held: the whole of it, or an error and the old file.
  static func replace(_ path: String, with text: String) throws(FileRefusal) {
    let partial = path + ".partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system("cannot write \(path)", errno) }
    do throws(FileRefusal) {
      try put(Array(text.utf8), into: descriptor)
    } catch {
      close(descriptor)
      unlink(partial)
      throw error
    }
    guard close(descriptor) == 0, rename(partial, path) == 0 else {
      let reason = errno
      unlink(partial)
      throw .system("cannot write \(path)", reason)
    }
  }

  /// Takes away what is not whole.
  func discard() { if !isStandardOutput { unlink(partial) } }

  private static func put(_ bytes: [UInt8], into descriptor: Int32) throws(FileRefusal) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      }
      if written < 0 && errno != EINTR { throw .system("cannot write", errno) }
      done += max(0, written)
    }
  }
}

/// A file that a command cannot use.
enum FileRefusal: DomainError, Equatable {
  case exists(String)
  case missing(String)
  case startedAnew
  case system(String, Int32)

  var kind: ErrorKind { self == .startedAnew ? .conflict : .invalid }

  var code: String {
    switch self {
    case .exists: "file.exists"
    case .missing: "file.missing"
    case .startedAnew: "file.started-anew"
    case .system: "file.system"
    }
  }

  var description: String {
    switch self {
    case .exists(let path): "\(path) exists already: name a new file, or take it away first"
    case .missing(let path): "\(path) does not exist"
    case .startedAnew: "the database connection broke and a pipe cannot start anew: use a file, or try again"
    case .system(let action, let number): "\(action): \(String(cString: strerror(number)))"
    }
  }
}
