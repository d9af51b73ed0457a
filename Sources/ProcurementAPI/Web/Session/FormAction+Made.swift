extension FormAction {
  /// Where what an operation made has a page of its own; nil where the page of the form shows it.
  ///
  /// The path is made of the operation's answer, never of what a request names.
  /// - Parameters:
  ///   - operation: the identifier of the operation, as `sitesBest`.
  ///   - answer: what it answered, as rows of columns and values.
  ///   - form: what was asked for.
  /// - Returns: a path of this server.
  static func page(made operation: String, _ answer: [[(String, String)]], _ form: SentForm) -> String? {
    guard answer.count == 1, let row = answer.first else { return nil }
    let value = { (name: String) in row.first { $0.0 == name }?.1 }
    let path: [String?] =
      switch operation {
      case "sitesBest": ["equipment", "sites", value("code")]
      case "renewalPlan": ["equipment", "renewals", value("number")]
      case "transferPropose": ["sharing", "transfers", value("number")]
      case "allocationDecide": ["sharing", "allocations", value("key")]
      case rollout: ["sharing", "rollouts", form["code"]]
      case "campaignNew": ["campaigns", form["code"]]
      default: []
      }
    let segments = path.compactMap(\.self)
    return path.isEmpty || segments.count < path.count ? nil : WebPath(segments: segments).description
  }
}
