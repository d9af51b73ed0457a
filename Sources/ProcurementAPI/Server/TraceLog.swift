import Dispatch
import Foundation

/// Where traces are kept: a file of OTLP JSON, a line for each request, which OpenTelemetry's collector reads
/// (`otlpjsonfile`) and passes on to whatever system there is.
package final class TraceLog: Sendable {
  private let file: FileHandle
  private let queue = DispatchQueue(label: "procure.traces", qos: .utility)

  /// Opens a file to append to, made where it is not there.
  /// - Parameter path: the file.
  /// - Throws: where it cannot be written.
  package init(path: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw TraceLogRefusal.unwritable(path, String(cString: strerror(errno))) }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func keep(_ spans: [Trace.Span], of trace: String) {
    queue.async { [file] in
      guard let text = try? AnswerJSON.text(Self.document(spans, trace)) else { return }
      try? file.write(contentsOf: Data(text.utf8))
    }
  }

  /// Returns once everything that was kept is in the file.
  package func flush() { queue.sync {} }

  private static func document(_ spans: [Trace.Span], _ trace: String) -> Document {
    let written = spans.map { span in
      Document.Span(
        traceId: trace,
        spanId: span.identifier,
        parentSpanId: span.parent ?? "",
        name: span.name,
        kind: span.kind,
        startTimeUnixNano: "\(span.begun)",
        endTimeUnixNano: "\(span.ended)",
        attributes: span.attributes.map { Document.Attribute($0.name, $0.value) },
        status: .init(code: span.failed ? 2 : 0)
      )
    }
    let resource = Document.Resource(attributes: [Document.Attribute("service.name", "procure")])
    let scope = Document.Scope(scope: .init(name: "procure"), spans: written)
    return Document(resourceSpans: [.init(resource: resource, scopeSpans: [scope])])
  }

  /// The names are OpenTelemetry's.
  private struct Document: Encodable {
    struct Attribute: Encodable {
      struct Value: Encodable { var stringValue: String }
      var key: String
      var value: Value
      init(_ key: String, _ value: String) { (self.key, self.value) = (key, Value(stringValue: value)) }
    }
    struct Resource: Encodable { var attributes: [Attribute] }
    struct Name: Encodable { var name: String }
    struct Status: Encodable { var code: Int }
    struct Span: Encodable {
      var traceId: String
      var spanId: String
      var parentSpanId: String
      var name: String
      var kind: Int
      var startTimeUnixNano: String
      var endTimeUnixNano: String
      var attributes: [Attribute]
      var status: Status
    }
    struct Scope: Encodable {
      var scope: Name
      var spans: [Span]
    }
    struct ResourceSpans: Encodable {
      var resource: Resource
      var scopeSpans: [Scope]
    }
    var resourceSpans: [ResourceSpans]
  }
}

/// Why traces cannot be kept.
package enum TraceLogRefusal: Error, CustomStringConvertible {
  case unwritable(String, String)

  package var description: String {
    switch self {
    case .unwritable(let path, let reason): "--trace \(path): cannot be written: \(reason)"
    }
  }
}
