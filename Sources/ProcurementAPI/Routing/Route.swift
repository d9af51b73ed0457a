package import HTTPTypes
package import Inventory

/// One thing that can be asked for over HTTP: a method, a path, the operation behind it and who may ask.
package struct Route: Sendable {
  package var method: HTTPRequest.Method
  /// `/v1/orders/{number}/approval`: a segment in braces is the value of that parameter.
  package var path: String
  package var words: [String]
  package var access: Access
  /// What is fixed for this route, by the name of the parameter; these are not taken from the request.
  package var fixed: [String: [String]] = [:]
  /// What the operation takes and this route does not offer.
  package var withheld: Set<String> = []
  package var body = Body.fields
  package var success: HTTPResponse.Status = .ok
  package var content = Content.values
  /// Whether an answer some seconds old will do, as a planner's reads of what changes by the day.
  package var mayLag = false

  /// Whether it is answered from memory, so that it need not leave the thread that took the request.
  package var isQuick = false

  /// Who may ask, and for which centre.
  package struct Access: Sendable, Equatable {
    package var roles: Set<Role>
    package var scope: Scope

    package enum Scope: Sendable, Equatable {
      /// Nothing of one centre alone.
      case network
      /// The parameter names the centre; who is bound to centres must name one of them.
      case centre(String)
      /// The operation checks each centre that a file names.
      case file
    }
  }

  /// What a request brings.
  package enum Body: Sendable, Equatable {
    /// Nothing, or the operation's parameters as a JSON object.
    case fields
    /// A table in place of the operation's file: CSV, NDJSON, or rows in a JSON object.
    case table(required: Bool)
    /// A stock report, which has a JSON form of its own.
    case report
  }

  /// What an answer is made of.
  package enum Content: Sendable, Equatable {
    /// A list of rows, page by page, or one value; as JSON, CSV or a table.
    case values
    /// What was done, in words.
    case notes
    /// A document in one form.
    case document(type: String)
  }

  /// The parameters that stand for tables of the body.
  /// Whether its answer is a list that is read page by page.
  package var isList: Bool { method == .get && content == .values }

  package func tables(of signature: Signature) -> [Signature.Parameter] { RouteForm(self, signature).tables }

  /// The method's name.
  package var verb: String { method.rawValue }
  package var takesQueryOnly: Bool { method == .get || method == .delete }

  /// Whether its answer can be had as a workbook too, and the query may name the form.
  var hasForms: Bool { method == .get && content == .values }

  package var segments: [Substring] { path.split(separator: "/") }

  /// The parameters that stand in the path.
  package var pathKeys: [String] {
    segments.compactMap { $0.first == "{" ? String($0.dropFirst().dropLast()) : nil }
  }

  /// A name for the OpenAPI document: `orderApprove`.
  package var identifier: String {
    let fixed = fixed.values.flatMap(\.self)
    let words = (words + fixed).flatMap { $0.split(separator: "-") }
    return words.dropFirst().reduce(String(words.first ?? "")) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}

extension Route.Access {
  /// Everybody who proved who they are.
  static let anyone = Route.Access(roles: Set(Role.allCases), scope: .network)
  /// Purchasing, planning and those who look over their shoulder.
  static let network = Route.Access(roles: [.buyer, .planner, .auditor, .administrator], scope: .network)
  static let buying = Route.Access(roles: [.buyer], scope: .network)
  static let planning = Route.Access(roles: [.planner], scope: .network)
  static let sharing = Route.Access(roles: [.buyer, .planner], scope: .network)
  static let keeping = Route.Access(roles: [.administrator], scope: .network)
  static let auditing = Route.Access(roles: [.auditor, .administrator], scope: .network)

  /// What is known of a centre's stock: its reporters, and those who see the network.
  static let stock = Route.Access(roles: Set(Role.allCases), scope: .centre("centre"))
  /// A change of a centre's stock.
  static let reporting = Route.Access(roles: [.reporter, .administrator], scope: .centre("centre"))
  /// A file of reports: each line's centre is checked.
  static let reports = Route.Access(roles: [.reporter, .administrator], scope: .file)
  /// A delivery: each entry's centre is checked.
  static let receiving = Route.Access(roles: [.reporter, .buyer], scope: .file)
}
