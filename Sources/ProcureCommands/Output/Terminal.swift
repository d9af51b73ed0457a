import ArgumentParser
import Glibc
import ProcurementAPI
package import Tabular

/// The terminal that a command talks to: data on standard output, everything else on standard error.
package enum Terminal {
  package static func write(_ text: String) {
    if let session = Session.current { return session.write(text) }
    emit(text, to: STDOUT_FILENO)
  }

  /// Writes a workbook, which is nothing to look at: to a file or a pipe.
  /// - Parameter workbook: the tables.
  /// - Throws: `ValidationError` where a person would see its bytes.
  package static func write(_ workbook: Workbook) throws {
    if let session = Session.current { return session.write(workbook) }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw ValidationError("--format xlsx is for a file: add “> result.xlsx”")
    }
    emit(workbook.bytes(), to: STDOUT_FILENO)
  }

  /// Writes bytes that a server has sent.
  static func write(_ bytes: [UInt8]) { emit(bytes, to: STDOUT_FILENO) }

  package static func note(_ text: String) {
    if let session = Session.current { return session.note(text) }
    emit(text + "\n", to: STDERR_FILENO)
  }

  /// One line that the next one replaces, for a person who waits; nothing where nobody looks on.
  package static func progress(_ text: String) {
    if let session = Session.current {
      session.watch?.report(text)
    } else if isatty(STDERR_FILENO) == 1 {
      emit("\r\u{1B}[K" + text, to: STDERR_FILENO)
    }
  }

  package static var isInteractive: Bool { Session.current == nil && isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal; nil when the output goes to a file or a pipe.
  package static var width: Int? {
    guard isInteractive else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func emit(_ text: String, to descriptor: Int32) { emit(Array(text.utf8), to: descriptor) }

  private static func emit(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(0, written))
    }
  }
}
