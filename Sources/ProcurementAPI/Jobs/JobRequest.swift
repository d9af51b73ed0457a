import Foundation
import HTTPTypes
import Inventory

/// What a job is to do, as it is kept until a server does it.
struct JobRequest: Codable, Equatable {
  var values: [String: [String]]
  /// In base 64, as JSON holds bytes.
  var files: [String: Data]
  var form: String
  var rows: RowOrigin?
  /// The members of the body, where it was an object, and what stood in path and query.
  var members: Set<String>?
  var elsewhere: Set<String>?

  init(_ understood: Understood) {
    values = understood.values
    files = understood.files.mapValues { Data($0) }
    form = understood.form.rawValue
    rows = understood.origin?.rows
    members = understood.origin?.members
    elsewhere = understood.origin?.elsewhere
  }

  init(_ text: String) throws { self = try JSONDecoder().decode(JobRequest.self, from: Data(text.utf8)) }

  var understood: Understood {
    Understood(
      values: values,
      files: files.mapValues { Array($0) },
      form: Call.Form(rawValue: form) ?? .json,
      origin: RequestOrigin(rows: rows, members: members, elsewhere: elsewhere ?? [])
    )
  }
}

extension Route {
  /// Whether a caller may leave the request to be done later. A secret is shown to whoever waits for it, and kept
  /// nowhere.
  package var mayBeLeft: Bool { method != .get && !showsSecret }

  /// Whether the work may take so long that a proxy in between would give up: it is better left.
  package var isLong: Bool {
    [
      "plan run", "plan backtest", "campaign award", "sites best", "sites curve", "renewal plan",
      "renewal check", "scenario compare", "forecast show", "travel fetch",
    ].contains(words.joined(separator: " ")) && mayBeLeft
  }

  /// Whether its answer shows a secret.
  var showsSecret: Bool { [["token", "create"], ["webhook", "add"]].contains(words) }

  /// Whether work that was cut short goes on where it stopped, instead of being refused a second time.
  var resumes: Bool { words == ["plan", "run"] }

  /// How a job knows its route.
  var name: String { "\(method.rawValue) \(path)" }
}
