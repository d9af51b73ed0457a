import Foundation

/// One solve: pass the model, run, read the answer, round it and check it.
struct HiGHSRun: ~Copyable {
  private let instance: HiGHSInstance
  private let model: LinearModel
  private let options: SolverOptions
  private let cancellation: Cancellation

  init(
    _ library: HiGHSLibrary,
    _ model: LinearModel,
    _ options: SolverOptions,
    _ cancellation: Cancellation
  ) throws(SolverError) {
    instance = try HiGHSInstance(library)
    self.model = model
    self.options = options
    self.cancellation = cancellation
  }

  func checkedSolution() throws(SolverError) -> LinearSolution {
    guard !model.columns.isEmpty else { return emptySolution }
    try instance.pass(model)
    apply(options)
    interruptOnCancellation()
    passStart()
    return try judged(status: run())
  }

  /// A model without columns is its offset, unless some row excludes zero.
  private var emptySolution: LinearSolution {
    model.isFeasible([])
      ? LinearSolution(status: .optimal, objective: model.offset, bound: model.offset)
      : LinearSolution(status: .infeasible)
  }

  private func apply(_ options: SolverOptions) {
    instance.set("mip_rel_gap", options.relativeGap)
    instance.set("mip_abs_gap", options.absoluteGap)
    instance.set("mip_feasibility_tolerance", options.feasibilityTolerance)
    instance.set("primal_feasibility_tolerance", min(1e-7, options.feasibilityTolerance))
    instance.set("random_seed", options.seed)
    if let limit = options.timeLimit { instance.set("time_limit", max(0.01, limit / .seconds(1))) }
  }

  private func passStart() {
    guard var start = options.start, start.count == model.columns.count else { return }
    _ = instance.library.setSolution(instance.handle, &start, nil, nil, nil)
  }

  /// The callbacks that may interrupt: simplex (1), interior point (2) and branch and bound (6).
  private func interruptOnCancellation() {
    let observer = Unmanaged.passUnretained(cancellation).toOpaque()
    _ = instance.library.setCallback(
      instance.handle,
      { _, _, _, input, observer in
        guard let input, let observer else { return }
        let cancellation = Unmanaged<Cancellation>.fromOpaque(observer).takeUnretainedValue()
        if cancellation.isCancelled { input.pointee = 1 }
      },
      observer
    )
    for kind: Int32 in [1, 2, 6] { _ = instance.library.startCallback(instance.handle, kind) }
  }

  private func run() -> Int32 {
    _ = withExtendedLifetime(cancellation) { instance.library.run(instance.handle) }
    return instance.library.modelStatus(instance.handle)
  }

  private func judged(status: Int32) throws(SolverError) -> LinearSolution {
    if cancellation.isCancelled { return LinearSolution(status: .cancelled) }
    switch status {
    case ModelStatus.infeasible: return LinearSolution(status: .infeasible)
    case ModelStatus.unbounded: return LinearSolution(status: .unbounded)
    case ModelStatus.unboundedOrInfeasible: return try infeasibleOrUnbounded()
    default: return try checked(isProven: status == ModelStatus.optimal)
    }
  }

  /// With every cost at zero the model cannot be unbounded: whether it has a point decides.
  private func infeasibleOrUnbounded() throws(SolverError) -> LinearSolution {
    var plain = LinearModel(model.sense)
    for column in model.columns {
      _ = plain.addColumn(lower: column.lower, upper: column.upper, isInteger: column.isInteger)
    }
    for row in model.rows.indices {
      plain.addRow(model.terms(ofRow: row), lower: model.rows[row].lower, upper: model.rows[row].upper)
    }
    let point = try HiGHSRun(instance.library, plain, options, cancellation).checkedSolution()
    switch point.status {
    case .optimal, .feasible: return LinearSolution(status: .unbounded)
    default: return LinearSolution(status: point.status)
    }
  }

  private func checked(isProven: Bool) throws(SolverError) -> LinearSolution {
    var solution = LinearSolution(status: .unknown, bound: bound)
    guard instance.integerInfo("primal_solution_status") == 2 else { return solution }
    var raw = readPoint(into: &solution)
    let values = model.rounded(raw)
    if model.isFeasible(values) {
      raw = values
    } else if let repaired = try continuousCompletion(of: values) {
      raw = repaired
    } else {
      return LinearSolution(status: .unknown, bound: bound)
    }
    solution.values = raw
    solution.objective = model.objective(at: raw)
    if solution.bound == nil { solution.bound = isProven ? solution.objective : nil }
    solution.status = isProven && isWithinGap(solution) ? .optimal : .feasible
    return solution
  }

  private func isWithinGap(_ solution: LinearSolution) -> Bool {
    guard let objective = solution.objective, let bound = solution.bound else { return false }
    let allowed = max(options.absoluteGap, options.relativeGap * abs(objective))
    return abs(objective - bound) <= allowed + 1e-6 * max(1, abs(objective))
  }

  private var bound: Double? {
    guard model.hasIntegers else { return nil }
    return instance.doubleInfo("mip_dual_bound").flatMap { $0.isFinite ? $0 : nil }
  }

  private func readPoint(into solution: inout LinearSolution) -> [Double] {
    var values = [Double](repeating: 0, count: model.columns.count)
    var reduced = values
    var rowValues = [Double](repeating: 0, count: model.rows.count)
    var duals = rowValues
    _ = instance.library.solution(instance.handle, &values, &reduced, &rowValues, &duals)
    if !model.hasIntegers {
      solution.rowDuals = duals
      solution.reducedCosts = reduced
    }
    return values
  }

  /// Integer columns fixed where rounding put them, the others solved again around them.
  private func continuousCompletion(of values: [Double]) throws(SolverError) -> [Double]? {
    guard model.hasIntegers, model.columns.contains(where: { !$0.isInteger }) else { return nil }
    var fixed = LinearModel(model.sense, offset: model.offset)
    for (column, value) in zip(model.columns, values) {
      _ = fixed.addColumn(
        cost: column.cost,
        lower: column.isInteger ? value : column.lower,
        upper: column.isInteger ? value : column.upper
      )
    }
    for row in model.rows.indices {
      fixed.addRow(model.terms(ofRow: row), lower: model.rows[row].lower, upper: model.rows[row].upper)
    }
    let completion = try HiGHSRun(instance.library, fixed, SolverOptions(), cancellation).checkedSolution()
    let point = model.rounded(completion.values)
    return model.isFeasible(point) ? point : nil
  }
}

/// `kHighsModelStatus` values that we tell apart.
private enum ModelStatus {
  static let optimal: Int32 = 7
  static let infeasible: Int32 = 8
  static let unboundedOrInfeasible: Int32 = 9
  static let unbounded: Int32 = 10
}
