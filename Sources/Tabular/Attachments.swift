/// What was sent along with a request, by name, where no file of this machine may be read.
package enum Attachments {
  /// Nil in a shell, where a path is a path.
  @TaskLocal package static var current: [String: [UInt8]]?
}
