extension LinearModel {
  /// The objective at `values`, offset included. Exact whenever costs and values are integers below 2⁵³.
  package func objective(at values: [Double]) -> Double {
    zip(columns, values).reduce(offset) { $0 + $1.0.cost * $1.1 }
  }

  /// `values` with every integer column on its nearest integer.
  package func rounded(_ values: [Double]) -> [Double] {
    zip(columns, values).map { $0.isInteger ? $1.rounded() : $1 }
  }

  /// Whether `values` keeps every bound, integrality and row.
  ///
  /// A row of whole coefficients over integer columns is summed without error and allowed none; any other
  /// row may miss its bound by `tolerance` of the size of its terms, which is what floating point costs.
  package func isFeasible(_ values: [Double], tolerance: Double = 1e-6) -> Bool {
    guard values.count == columns.count else { return false }
    return columnsHold(values, tolerance) && rows.indices.allSatisfy { rowHolds($0, values, tolerance) }
  }

  private func columnsHold(_ values: [Double], _ tolerance: Double) -> Bool {
    zip(columns, values).allSatisfy { column, value in
      guard value.isFinite else { return false }
      if column.isInteger {
        return value == value.rounded() && value >= column.lower && value <= column.upper
      }
      let slack = tolerance * max(1, abs(value))
      return value >= column.lower - slack && value <= column.upper + slack
    }
  }

  private func rowHolds(_ row: Int, _ values: [Double], _ tolerance: Double) -> Bool {
    var activity = 0.0
    var size = 1.0
    var isExact = true
    for entry in starts[row]..<starts[row + 1] {
      let product = coefficients[entry] * values[indices[entry]]
      activity += product
      size = max(size, abs(product))
      isExact = isExact && columns[indices[entry]].isInteger && coefficients[entry].isWhole
    }
    let slack = isExact ? 0 : tolerance * size
    return activity >= rows[row].lower - slack && activity <= rows[row].upper + slack
  }
}

extension Double {
  /// An integer small enough for sums of products of such to stay exact in practice.
  fileprivate var isWhole: Bool { self == rounded() && magnitude < 0x1p40 }
}
