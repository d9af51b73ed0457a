import HTTPTypes

// A table of routes reads as a table: method, path, operation, who may.

extension Route {
  static func get(_ path: String, _ words: String, _ access: Access, withheld: Set<String> = []) -> Route {
    Route(method: .get, path: path, words: split(words), access: access, withheld: withheld)
  }

  /// A document in one form, made by an operation that writes it whole.
  static func document(
    _ path: String,
    _ words: String,
    _ access: Access,
    type: String,
    fixed: [String: [String]] = [:]
  ) -> Route {
    var route = get(path, words, access)
    route.content = .document(type: type)
    route.fixed = fixed
    return route
  }

  /// Makes something new.
  static func post(_ path: String, _ words: String, _ access: Access) -> Route {
    Route(method: .post, path: path, words: split(words), access: access, success: .created)
  }

  /// A step of something that is there.
  static func step(_ path: String, _ words: String, _ access: Access) -> Route {
    Route(method: .post, path: path, words: split(words), access: access)
  }

  static func put(_ path: String, _ words: String, _ access: Access) -> Route {
    Route(method: .put, path: path, words: split(words), access: access)
  }

  static func delete(_ path: String, _ words: String, _ access: Access) -> Route {
    Route(method: .delete, path: path, words: split(words), access: access)
  }

  /// Takes a table, whole or not at all.
  static func table(_ path: String, _ words: String, _ access: Access, required: Bool = true) -> Route {
    Route(
      method: .post,
      path: path,
      words: split(words),
      access: access,
      body: .table(required: required)
    )
  }

  /// The same with an answer in words.
  var answeringInWords: Route {
    var route = self
    route.content = .notes
    return route
  }

  /// The same from a standby of the database, where there is one that keeps up.
  var lagging: Route {
    var route = self
    route.mayLag = method == .get
    return route
  }

  /// The same, answered where it was taken.
  var quick: Route {
    var route = self
    route.isQuick = true
    return route
  }

  private static func split(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }
}
