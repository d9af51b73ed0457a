import HTTPTypes

extension Route {
  /// How the log calls what stands at a path: `order CA-2026-00042`. Nil for what is no single entity.
  func subject(of values: [String: String]) -> String? {
    // A centre's stock has a log of its own kind: its reports. Nothing of it waits for a change of the centre.
    if method == .get, words.first == "stock" { return nil }
    let segments = segments
    guard segments.count >= 3, let noun = Self.nouns[String(segments[1])], segments[2].first == "{" else {
      return nil
    }
    let keys = noun == "lot" ? pathKeys.prefix(2) : pathKeys.prefix(1)
    let codes = keys.compactMap { values[$0] }
    return codes.count == keys.count ? "\(noun) \(codes.joined(separator: "/"))" : nil
  }

  /// Whether what it changes is a single entity, whose state the caller can have seen.
  var hasSubject: Bool {
    subject(of: Dictionary(uniqueKeysWithValues: pathKeys.map { ($0, "x") })) != nil
  }

  /// Whether it writes over all of what stands at its path: a caller who has not seen that must not do it unawares.
  var replacesItsSubject: Bool {
    method == .put && segments.count == 3 && Self.nouns[String(segments[1])] != nil
  }

  private static let nouns = [
    "centres": "centre", "equipment": "equipment", "items": "item", "suppliers": "supplier", "lots": "lot",
    "agreements": "agreement", "campaigns": "campaign", "orders": "order", "alerts": "alert", "users": "user",
    "allocations": "allocation", "rollouts": "rollout", "transfers": "transfer", "sites": "siting plan",
    "renewals": "renewal", "scenarios": "scenario", "innovations": "innovation", "surveys": "survey",
    "access-programmes": "access",
  ]
}
