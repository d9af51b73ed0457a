package import Inventory
package import Storage

/// One figure that two runs tell differently.
package struct PlanChange: Equatable, Sendable, Codable {
  package var item: Item.SKU
  package var centre: Centre.Code?
  package var field: String
  package var before: String
  package var after: String

  /// Everything that differs, line by line, in the order of the plans.
  package static func between(
    _ before: PlanRun.ID,
    _ after: PlanRun.ID,
    in connection: any Connection
  ) throws -> [PlanChange] {
    let old = try lines(of: before, in: connection)
    let new = try lines(of: after, in: connection)
    return Set(old.keys).union(new.keys).sorted().flatMap { place -> [PlanChange] in
      let left = old[place].map(figures) ?? []
      let right = new[place].map(figures) ?? []
      let fields = left.isEmpty ? right.map(\.0) : left.map(\.0)
      return fields.indices.compactMap { index in
        let was = index < left.count ? left[index].1 : "-"
        let now = index < right.count ? right[index].1 : "-"
        guard was != now else { return nil }
        return PlanChange(
          item: place.item,
          centre: place.centre,
          field: fields[index],
          before: was,
          after: now
        )
      }
    }
  }

  private struct Place: Hashable, Comparable {
    let item: Item.SKU
    let centre: Centre.Code?

    static func < (left: Place, right: Place) -> Bool {
      (left.item, left.centre?.rawValue ?? "") < (right.item, right.centre?.rawValue ?? "")
    }
  }

  private static func lines(
    of run: PlanRun.ID,
    in connection: any Connection
  ) throws -> [Place: PlanLine] {
    _ = try PlanRun.find(run, in: connection)
    let lines = try PlanLine.list(of: run, in: connection)
    return Dictionary(uniqueKeysWithValues: lines.map { (Place(item: $0.item, centre: $0.centre), $0) })
  }

  private static func figures(_ line: PlanLine) -> [(String, String)] {
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "-" }
    let first = line.forecast?.weeks.first.map { Rounding.halfUp.divide($0.mean, by: 1000) }
    return [
      ("usable", text(line.usable)), ("coming", text(line.coming)),
      ("expected in the first week", text(first)), ("runs out, permille", text(line.risk?.permille)),
      ("runs out if it waits, permille", text(line.risk?.waitingPermille)),
      ("runs out on", text(line.risk?.median)), ("reorder point", text(line.policy?.reorderPoint)),
      ("order up to", text(line.policy?.orderUpTo)), ("order", text(line.proposal?.quantity)),
      ("signals", line.signals.map(\.sentence).joined(separator: "; ")),
    ]
  }
}
