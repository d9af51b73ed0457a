package import Inventory
package import Storage

/// What carries out the work that routes name. The command line implements it, so that both do the same.
package protocol Operations: Sendable {
  /// What can be done, with what it takes.
  var signatures: [Signature] { get }
  /// Does it.
  /// - Throws: what the operation refuses with, and `CallRefusal` for arguments that do not read.
  func perform(_ call: Call) async throws -> Answer
}

/// An operation: its words (`order approve`), what it is for and what it takes.
package struct Signature: Sendable, Equatable {
  package var words: [String]
  package var abstract: String
  package var discussion: String
  package var parameters: [Parameter]

  package init(words: [String], abstract: String, discussion: String, parameters: [Parameter]) {
    self.words = words
    self.abstract = abstract
    self.discussion = discussion
    self.parameters = parameters
  }

  package struct Parameter: Sendable, Equatable {
    package enum Kind: Sendable { case positional, option, flag }

    /// As the command line spells it: `needed-by`.
    package var name: String
    package var kind: Kind
    package var isOptional: Bool
    package var isRepeating: Bool
    package var value: ValueKind
    package var meaning: String
    /// The text of what it is where nobody says it; nil for nothing.
    package var standard: String?

    package init(
      name: String,
      kind: Kind,
      isOptional: Bool,
      isRepeating: Bool,
      value: ValueKind,
      meaning: String,
      standard: String? = nil
    ) {
      self.name = name
      self.kind = kind
      self.isOptional = isOptional
      self.isRepeating = isRepeating
      self.value = value
      self.meaning = meaning
      self.standard = standard
    }

    /// As HTTP spells it: `neededBy`.
    package var key: String { Self.key(of: name) }

    static func key(of name: some StringProtocol) -> String {
      let words = name.split(separator: "-")
      return words.dropFirst().reduce(String(words.first ?? "")) {
        $0 + $1.prefix(1).uppercased() + $1.dropFirst()
      }
    }
  }
}

/// One operation to be done: what a request came to.
package struct Call: Sendable {
  /// How an answer is written.
  package enum Form: String, CaseIterable, Sendable { case json, csv, table, xlsx, ndjson }

  package var words: [String]
  /// What was given, by the name of the parameter; a flag that is set has no value.
  package var values: [String: [String]]
  /// What stands in for files, by the path that the parameter gets.
  package var files: [String: [UInt8]]
  package var form: Form
  package var page: Page?
  package var principal: Principal
  package var stamp: Stamp
  package var database: any Database
  /// Nil where nobody looks on.
  package var watch: CallWatch?
  /// Whether this server tells webhooks anything over plain HTTP.
  package var allowsPlainWebhooks = false

  package init(
    words: [String],
    values: [String: [String]] = [:],
    files: [String: [UInt8]] = [:],
    form: Form = .json,
    page: Page? = nil,
    principal: Principal,
    stamp: Stamp,
    database: any Database,
    watch: CallWatch? = nil
  ) {
    self.words = words
    self.values = values
    self.files = files
    self.form = form
    self.page = page
    self.principal = principal
    self.stamp = stamp
    self.database = database
    self.watch = watch
  }

  /// The name under which a request's body stands in for a file.
  package static let file = "body"
  /// The name of a body that is a report in JSON.
  package static let jsonFile = "body.json"
}

/// A part of a list: so many rows after the one that the cursor names.
package struct Page: Sendable, Equatable {
  package var limit: Int
  package var after: Cursor?

  package init(limit: Int, after: Cursor? = nil) {
    self.limit = limit
    self.after = after
  }
}

/// What an operation wrote.
package struct Answer: Sendable, Equatable {
  package var body: String
  /// The body where it is no text.
  package var bytes: [UInt8]?
  /// Where the list goes on; nil at its end, and where it is none.
  package var next: Cursor?
  /// What a person at a terminal would be told beside the result.
  package var notes: [String]
  /// The status and the media type, where they are not those of the operation: the result of a job has its own.
  package var status: Int?
  package var type: String?

  package init(body: String, next: Cursor? = nil, notes: [String] = []) {
    self.body = body
    self.next = next
    self.notes = notes
  }
}

/// Arguments that an operation could not read.
package struct CallRefusal: Error, Equatable {
  package var message: String
  package var mistakes: [Mistake]

  package init(message: String, mistakes: [Mistake] = []) {
    (self.message, self.mistakes) = (message, mistakes)
  }

  /// What is wrong with one parameter.
  package struct Mistake: Sendable, Equatable {
    package var parameter: Signature.Parameter
    /// Empty where nothing was said.
    package var found: String
    package var expected: String

    package init(_ parameter: Signature.Parameter, found: String, expected: String) {
      (self.parameter, self.found, self.expected) = (parameter, found, expected)
    }
  }
}
