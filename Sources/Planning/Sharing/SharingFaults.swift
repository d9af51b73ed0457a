/// One thing wrong with a problem: where, what was found, what was expected.
package struct SharingFault: Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var found: String
  package var expected: String

  package init(_ path: String, found: String, expected: String) {
    (self.path, self.found, self.expected) = (path, found, expected)
  }

  package var description: String { "\(path): found \(found), expected \(expected)" }
}

/// A problem that cannot be solved as it is stated, with everything that is wrong with it.
package struct SharingFaults: Error, Hashable, CustomStringConvertible {
  package let faults: [SharingFault]

  package init(_ faults: [SharingFault]) { self.faults = faults }

  package var description: String { faults.map(\.description).joined(separator: "\n") }

  /// Refuses the problem when anything is wrong with it.
  package static func check(_ faults: [SharingFault]) throws(Self) {
    if !faults.isEmpty { throw Self(faults) }
  }
}

/// The largest quantity and day span that exact arithmetic in 128 bits is proven for.
package enum SharingLimits {
  package static let quantity = 1_000_000_000
  package static let days = 1_000_000
}
