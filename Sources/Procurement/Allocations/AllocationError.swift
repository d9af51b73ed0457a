package import Inventory
import Planning

package enum AllocationError: DomainError, Equatable {
  case noSuchAllocation(String)
  case invalid([Finding])
  case termsInvalid([Finding])
  case keyDiffers(String)
  case nothingToShare(Item.SKU, String)
  case cancelled(String)
  case reasonMissing(String)

  package var kind: ErrorKind {
    switch self {
    case .noSuchAllocation: .notFound
    case .invalid, .termsInvalid, .reasonMissing: .invalid
    case .keyDiffers, .cancelled: .conflict
    case .nothingToShare: .limit
    }
  }
  package var code: String {
    switch self {
    case .noSuchAllocation: "allocation.not-found"
    case .invalid: "allocation.invalid"
    case .termsInvalid: "allocation.terms-invalid"
    case .keyDiffers: "allocation.key-differs"
    case .nothingToShare: "allocation.nothing-to-share"
    case .cancelled: "allocation.cancelled"
    case .reasonMissing: "allocation.reason-missing"
    }
  }
  package var findings: [Finding] {
    switch self {
    case .invalid(let findings), .termsInvalid(let findings): findings
    case .noSuchAllocation, .keyDiffers, .nothingToShare, .cancelled, .reasonMissing: []
    }
  }
  package var description: String {
    switch self {
    case .noSuchAllocation(let key): "no allocation “\(key)”"
    case .invalid: "the supply cannot be shared as it is stated"
    case .termsInvalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong with the terms; nothing was taken"
    case .keyDiffers(let key): "the key “\(key)” was used for an allocation that says something else"
    case .nothingToShare(let item, let why): "nothing of \(item) is left to share: \(why)"
    case .cancelled(let key): "allocation “\(key)” was cancelled; decide under another key"
    case .reasonMissing(let what): "to \(what) an allocation takes a reason"
    }
  }
}

extension AllocationError {
  /// - Parameters:
  ///   - faults: what the mathematics refuses.
  ///   - centres: the codes by which the centres are named instead of by their place in a list.
  init(_ faults: SharingFaults, naming centres: [Centre.Code] = []) {
    self = .invalid(
      faults.faults.map { fault in
        var path = fault.path
        for (index, centre) in centres.enumerated() where path.hasPrefix("centres[\(index)].") {
          path = "\(centre), " + path.dropFirst("centres[\(index)].".count)
        }
        return Finding(field: path, found: fault.found, expected: fault.expected)
      }
    )
  }
}
