/// One solver object of the library; freed with this value.
struct HiGHSInstance: ~Copyable {
  let library: HiGHSLibrary
  let handle: HiGHSLibrary.Handle

  init(_ library: HiGHSLibrary) throws(SolverError) {
    guard let handle = library.create() else {
      throw .libraryUnreadable(path: library.path, reason: "it could not make a solver")
    }
    self.library = library
    self.handle = handle
    _ = library.setBool(handle, "output_flag", 0)
    // The number of threads belongs to one scheduler for the whole process: always the same, always one.
    _ = library.setInteger(handle, "threads", 1)
  }

  deinit { library.destroy(handle) }

  func set(_ option: String, _ value: Double) { _ = library.setDouble(handle, option, value) }
  func set(_ option: String, _ value: Int32) { _ = library.setInteger(handle, option, value) }

  func doubleInfo(_ name: String) -> Double? {
    var value = 0.0
    return library.doubleInfo(handle, name, &value) == 0 ? value : nil
  }

  func integerInfo(_ name: String) -> Int32? {
    var value: Int32 = 0
    return library.integerInfo(handle, name, &value) == 0 ? value : nil
  }

  func pass(_ model: LinearModel) throws(SolverError) {
    var columns = ColumnVectors(model)
    var lower = model.rows.map(\.lower)
    var upper = model.rows.map(\.upper)
    var starts = model.starts.map { Int32($0) }
    var indices = model.indices.map { Int32($0) }
    var values = model.coefficients
    let status = library.passModel(
      handle,
      Int32(model.columns.count),
      Int32(model.rows.count),
      Int32(values.count),
      2,
      model.sense == .minimize ? 1 : -1,
      model.offset,
      &columns.cost,
      &columns.lower,
      &columns.upper,
      &lower,
      &upper,
      &starts,
      &indices,
      &values,
      &columns.integrality
    )
    guard status != -1 else { throw .modelRefused("a bound or a coefficient is not usable") }
  }

  func readModel(path: String) throws(SolverError) -> LinearModel {
    guard library.readModel(handle, path) != -1 else { throw .modelUnreadable(path: path) }
    let rows = Int(library.rowCount(handle))
    let entries = Int(library.entryCount(handle))
    var columns = ColumnVectors(count: Int(library.columnCount(handle)))
    var lower = [Double](repeating: 0, count: rows)
    var upper = lower
    var starts = [Int32](repeating: 0, count: rows + 1)
    var indices = [Int32](repeating: 0, count: entries)
    var values = [Double](repeating: 0, count: entries)
    var counts: (Int32, Int32, Int32) = (0, 0, 0)
    var sense: Int32 = 1
    var offset = 0.0
    let status = library.getModel(
      handle,
      2,
      &counts.0,
      &counts.1,
      &counts.2,
      &sense,
      &offset,
      &columns.cost,
      &columns.lower,
      &columns.upper,
      &lower,
      &upper,
      &starts,
      &indices,
      &values,
      &columns.integrality
    )
    guard status != -1 else { throw .modelUnreadable(path: path) }
    starts[rows] = Int32(entries)
    var model = LinearModel(sense == -1 ? .maximize : .minimize, offset: offset)
    columns.add(to: &model)
    for row in 0..<rows {
      let terms = (Int(starts[row])..<Int(starts[row + 1])).map {
        LinearModel.Term(values[$0], Int(indices[$0]))
      }
      model.addRow(terms, lower: lower[row], upper: upper[row])
    }
    return model
  }
}

/// Columns laid out as the C interface wants them.
private struct ColumnVectors {
  var cost: [Double]
  var lower: [Double]
  var upper: [Double]
  var integrality: [Int32]

  init(_ model: LinearModel) {
    cost = model.columns.map(\.cost)
    lower = model.columns.map(\.lower)
    upper = model.columns.map(\.upper)
    integrality = model.columns.map { $0.isInteger ? 1 : 0 }
  }

  init(count: Int) {
    cost = Array(repeating: 0, count: count)
    lower = cost
    upper = cost
    integrality = Array(repeating: 0, count: count)
  }

  func add(to model: inout LinearModel) {
    for column in cost.indices {
      _ = model.addColumn(
        cost: cost[column],
        lower: lower[column],
        upper: upper[column],
        isInteger: integrality[column] == 1
      )
    }
  }
}
