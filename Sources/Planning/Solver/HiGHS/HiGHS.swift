/// HiGHS behind `Solver`: one instance a call, one thread an instance.
///
/// Huangfu & Hall (2018), "Parallelizing the dual revised simplex method"; https://highs.dev, MIT licence.
package struct HiGHS: Solver {
  private let library: HiGHSLibrary

  package var name: String { "HiGHS \(library.version)" }

  /// Finds and loads the library, or says in one sentence why it cannot be used.
  package init() throws(SolverError) { library = try Self.loaded.get() }

  /// Loads exactly the library at `path`.
  package init(path: String) throws(SolverError) {
    let search = HiGHSSearch(
      environment: ["PROCURE_HIGHS_LIBRARY": path],
      workingDirectory: "",
      executable: ""
    )
    library = try search.load()
  }

  private static let loaded = Result { () throws(SolverError) in try HiGHSSearch.here.load() }

  package func solve(
    _ model: LinearModel,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> LinearSolution {
    let clock = ContinuousClock()
    let start = clock.now
    var solution = try HiGHSRun(library, model, options, cancellation).checkedSolution()
    solution.seconds = (clock.now - start) / .seconds(1)
    return solution
  }

  /// Reads a model in LP or MPS format.
  package func readModel(path: String) throws(SolverError) -> LinearModel {
    let instance = try HiGHSInstance(library)
    return try instance.readModel(path: path)
  }
}
