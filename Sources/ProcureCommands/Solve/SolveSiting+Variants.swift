import ArgumentParser
import Foundation
import Inventory
import Planning
import Tabular

/// The variants of p-median: machines with capacity, which go to the integer solver where points may be split or a budget
/// binds, and equity between regions, which does so always.
extension SolveSiting {
  /// What makes the options of the variants contradict each other; nil when nothing does.
  var variantFault: String? {
    if (capacities != nil || regions != nil) && model != .median {
      return "--capacities and --regions go with --model p-median"
    }
    if capacities != nil && regions != nil { return "give --capacities or --regions, not both" }
    if capacities == nil && (machines != nil || unsplit) {
      return "--machines and --unsplit need --capacities"
    }
    if capacities != nil && (sites != nil || add != nil) {
      return "with --capacities, say --machines instead of --sites or --add"
    }
    if capacities != nil && machines == nil && costs == nil {
      return "--capacities needs --machines, or --costs of what a machine costs at each site"
    }
    if let machines, machines < 1 { return "--machines is \(machines); expected 1 or more" }
    return nil
  }

  private var options: SolverOptions {
    SolverOptions(relativeGap: gap, timeLimit: timeLimit.map { .seconds($0) })
  }

  /// What is asked beside the question may take ten times as long as the question did, and ten seconds; each question
  /// as long as the first and a second.
  private func spare(after begin: ContinuousClock.Instant) -> (SolverOptions, @Sendable () -> Bool) {
    let now = ContinuousClock().now
    let each = now - begin + .seconds(1)
    let last = now + each * 10
    let deadline = timeLimit.map { min(last, begin + .seconds($0)) } ?? last
    return (SolverOptions(relativeGap: gap, timeLimit: each), { ContinuousClock().now >= deadline })
  }

  func solveCapacitated(_ input: SitingFiles.Input) async throws {
    let begin = ContinuousClock().now
    let problem = try capacitatedProblem(input)
    let options = options
    let plan = try await onOwnThread { cancellation in try problem.solve(with: HiGHS(), options, cancellation)
    }
    let seconds = (ContinuousClock().now - begin) / .seconds(1)
    let (spare, expired) = spare(after: begin)
    let isAsked = sensitivity && !plan.machines.isEmpty
    let report =
      !isAsked
      ? nil
      : try await onOwnThread { _ in
        try problem.sensitivity(of: plan, with: HiGHS(), spare, until: expired)
      }
    let answer = CapacitatedAnswer(plan, report, input, seconds: seconds)
    try write(answer)
    if plan.machines.isEmpty { throw ExitCode(2) }
  }

  /// Costs are weight × time, in the units of the file.
  func capacitatedProblem(_ input: SitingFiles.Input) throws -> CapacitatedProblem {
    let table = try SiteCapacity.all(in: capacities ?? "", of: input.destinations)
    let weights = input.problem.weights
    let legs = weights.indices.map { point in
      input.problem.times.legs(from: point).map {
        TravelTable.Leg(site: $0.site, time: Int64(clamping: Int128($0.time) * Int128(weights[point])))
      }
    }
    let service = TravelTable(siteCount: table.count, legs: legs)
    var problem = CapacitatedProblem(service: service, loads: weights, capacities: table.map(\.capacity))
    problem.mostMachines = table.map(\.most)
    problem.existing = table.enumerated().map { site, row in
      row.existing ?? (input.problem.existing.contains(site) ? 1 : 0)
    }
    if !input.problem.prices.isEmpty { problem.machineCosts = input.problem.prices.map { $0 * input.scale } }
    problem.budget = input.problem.budget.map { $0 * input.scale }
    problem.machines = machines
    problem.isSplit = !unsplit
    // Coefficients around a million at most keep the solver's tolerances meaningful.
    let greatest = legs.joined().map(\.time).max() ?? 1
    problem.costScale = max(input.scale, greatest / 1_000_000)
    return problem
  }

  func solveEquitable(_ input: SitingFiles.Input) async throws {
    let begin = ContinuousClock().now
    let (names, region) = try Self.regions(in: regions ?? "", of: input.origins)
    let options = options
    let problem = input.problem
    let plan = try await onOwnThread { cancellation in
      try problem.worstRegionMedian(region: region, with: HiGHS(), options, cancellation)
    }
    let seconds = (ContinuousClock().now - begin) / .seconds(1)
    let (spare, expired) = spare(after: begin)
    let isAsked = sensitivity && !plan.sites.isEmpty
    let report =
      !isAsked
      ? nil
      : try await onOwnThread { _ in
        try problem.sensitivity(of: plan, region: region, with: HiGHS(), spare, until: expired)
      }
    let answer = EquitableAnswer(plan, report, names, input, seconds: seconds)
    try write(answer)
    if plan.sites.isEmpty { throw ExitCode(2) }
  }

  private static func regions(
    in path: String,
    of origins: [String]
  ) throws -> (names: [String], region: [Int]) {
    let rows = try Sheet.values(of: ByteInput(path: path), columns: [.init("origin"), .init("region")]) {
      row in
      let origin = row.value("origin", expected: "an origin of the demand") {
        origins.contains($0) ? $0 : nil
      }
      let region = row.nonEmpty("region")
      return origin.flatMap { origin in region.map { (origin, $0) } }
    }
    let regionOf = Dictionary(rows) { first, _ in first }
    let missing = origins.filter { regionOf[$0] == nil }
    guard missing.isEmpty else {
      let expected = "a region for every origin"
      let findings = missing.map { Finding(field: "origin", found: "no row for “\($0)”", expected: expected) }
      throw SheetError(findings: findings)
    }
    let names = Set(regionOf.values).sorted()
    return (names, origins.map { origin in names.firstIndex(of: regionOf[origin] ?? "") ?? 0 })
  }
}

/// What a site's machines can serve.
private struct SiteCapacity {
  let capacity: Int64
  let most: Int
  let existing: Int?

  /// One row for each destination, in their order.
  static func all(in path: String, of destinations: [String]) throws -> [SiteCapacity] {
    let columns: [Sheet.Column] = [
      .init("destination"), .init("capacity"), .init("most", required: false),
      .init("existing", required: false),
    ]
    let rows = try Sheet.values(of: ByteInput(path: path), columns: columns) { row in
      let site = row.value("destination", expected: "a destination of the travel times") {
        destinations.contains($0) ? $0 : nil
      }
      let capacity = row.integer("capacity")
      let most = row.text("most").isEmpty ? 1 : row.integer("most", in: 0...1000)
      let existing = row.optionalInteger("existing", in: 0...1000)
      guard let site, let capacity, let most else { return (String, SiteCapacity)?.none }
      return (site, SiteCapacity(capacity: capacity, most: Int(most), existing: existing.map { Int($0) }))
    }
    let bySite = Dictionary(rows) { first, _ in first }
    return try destinations.map { name in
      guard let row = bySite[name] else {
        let expected = "a row for every destination"
        throw SheetError(findings: [
          Finding(field: "destination", found: "no row for “\(name)”", expected: expected)
        ])
      }
      return row
    }
  }
}
