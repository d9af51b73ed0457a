/// A linear objective over bounded columns, some of them integer, under ranged rows.
///
/// Rows are kept compressed: `indices[starts[r]..<starts[r + 1]]` and the `coefficients` beside them are
/// row `r`. A bound of ±infinity is no bound.
package struct LinearModel: Sendable, Equatable {
  package enum Sense: Sendable { case minimize, maximize }

  package struct Column: Sendable, Equatable {
    package var cost: Double
    package var lower: Double
    package var upper: Double
    package var isInteger: Bool
  }

  package struct Row: Sendable, Equatable {
    package var lower: Double
    package var upper: Double
  }

  /// A coefficient and the column it multiplies.
  package struct Term: Sendable, Equatable {
    package var column: Int
    package var coefficient: Double

    package init(_ coefficient: Double, _ column: Int) {
      self.column = column
      self.coefficient = coefficient
    }
  }

  package var sense: Sense
  package var offset: Double
  package private(set) var columns: [Column] = []
  package private(set) var rows: [Row] = []
  package private(set) var starts: [Int] = [0]
  package private(set) var indices: [Int] = []
  package private(set) var coefficients: [Double] = []

  package init(_ sense: Sense = .minimize, offset: Double = 0) {
    self.sense = sense
    self.offset = offset
  }

  package var hasIntegers: Bool { columns.contains { $0.isInteger } }

  /// Adds a column and answers its index.
  package mutating func addColumn(
    cost: Double = 0,
    lower: Double = 0,
    upper: Double = .infinity,
    isInteger: Bool = false
  ) -> Int {
    columns.append(Column(cost: cost, lower: lower, upper: upper, isInteger: isInteger))
    return columns.count - 1
  }

  package mutating func addBinary(cost: Double = 0) -> Int {
    addColumn(cost: cost, lower: 0, upper: 1, isInteger: true)
  }

  /// Adds `lower ≤ Σ terms ≤ upper` and answers its index. A column named twice is summed.
  @discardableResult
  package mutating func addRow(
    _ terms: [Term],
    lower: Double = -.infinity,
    upper: Double = .infinity
  ) -> Int {
    for (column, coefficient) in Self.merged(terms) where coefficient != 0 {
      indices.append(column)
      coefficients.append(coefficient)
    }
    starts.append(indices.count)
    rows.append(Row(lower: lower, upper: upper))
    return rows.count - 1
  }

  package mutating func setBounds(_ column: Int, lower: Double, upper: Double) {
    columns[column].lower = lower
    columns[column].upper = upper
  }

  package mutating func addCost(_ cost: Double, to column: Int) { columns[column].cost += cost }

  package func terms(ofRow row: Int) -> [Term] {
    (starts[row]..<starts[row + 1]).map { Term(coefficients[$0], indices[$0]) }
  }

  private static func merged(_ terms: [Term]) -> [(Int, Double)] {
    let sorted = terms.sorted { $0.column < $1.column }
    var merged: [(Int, Double)] = []
    merged.reserveCapacity(sorted.count)
    for term in sorted {
      if let last = merged.last, last.0 == term.column {
        merged[merged.count - 1].1 += term.coefficient
      } else {
        merged.append((term.column, term.coefficient))
      }
    }
    return merged
  }
}
