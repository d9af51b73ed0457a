import Logging

/// A log that puts what a logger carries into words with each line, and not before: the framework gives every request a
/// logger of its own, and most of them never write.
struct LineLog: LogHandler {
  private var lines: StreamLogHandler
  var metadata: Logger.Metadata = [:]

  init(_ lines: StreamLogHandler) { self.lines = lines }

  var logLevel: Logger.Level {
    get { lines.logLevel }
    set { lines.logLevel = newValue }
  }

  var metadataProvider: Logger.MetadataProvider? {
    get { lines.metadataProvider }
    set { lines.metadataProvider = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var event = event
    event.metadata = metadata.merging(event.metadata ?? [:]) { _, told in told }
    lines.log(event: event)
  }
}
