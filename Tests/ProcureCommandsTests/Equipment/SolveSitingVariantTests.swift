import ArgumentParser
import Foundation
import Inventory
import Planning
import Testing

@testable import ProcureCommands

/// Two towns, two hospitals: the near one can serve one town's people with each machine.
@Suite(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
struct SolveSitingVariantTests {
  private static func command(_ more: [String: String], _ arguments: [String]) throws -> SolveSiting {
    let folder = URL.temporaryDirectory.appending(path: "siting-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tables = [
      "times": "origin,destination,minutes\na,near,10.5\na,far,30\nb,near,20\nb,far,60\n",
      "demand": "origin,weight\na,100\nb,50\n",
    ].merging(more) { $1 }
    for (name, text) in tables {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let paths = arguments.map { $0.hasPrefix("@") ? folder.appending(path: String($0.dropFirst())).path : $0 }
    let base = [
      "--model", "p-median", "--travel-times", folder.appending(path: "times").path, "--demand",
      folder.appending(path: "demand").path,
    ]
    return try SolveSiting.parse(base + paths)
  }

  private func answer(_ command: SolveSiting) throws -> CapacitatedAnswer {
    let input = try SitingFiles.read(command)
    let plan = try command.capacitatedProblem(input).solve(with: HiGHS())
    return CapacitatedAnswer(plan, nil, input, seconds: 0)
  }

  @Test func `several machines at one site serve what one cannot`() throws {
    let table = "destination,capacity,most\nnear,100,2\nfar,100,1\n"
    let command = try Self.command(["c": table], ["--capacities", "@c", "--machines", "2"])
    let answer = try answer(command)
    #expect(answer.sites.map { "\($0.destination) \($0.machines)" } == ["near 2"])
    #expect(answer.objective == 2050)
  }

  @Test func `machines that stand cost nothing, and a budget bounds the others`() throws {
    let tables = [
      "c": "destination,capacity,most,existing\nnear,100,2,0\nfar,100,1,1\n",
      "k": "destination,cost\nnear,70\nfar,70\n",
    ]
    let command = try Self.command(
      tables,
      ["--capacities", "@c", "--costs", "@k", "--budget", "70", "--machines", "3"]
    )
    let answer = try answer(command)
    #expect(answer.sites.map { "\($0.destination) \($0.machines)" } == ["near 1", "far 1"])
    // 100 at the near site: all of b there saves 40 minutes each, and half of a; the other half goes far.
    let expected = 1000 + 525 + 1500.0
    #expect(answer.objective == expected)
  }

  @Test func `a site without a row is named`() throws {
    let command = try Self.command(
      ["c": "destination,capacity\nnear,100\n"],
      ["--capacities", "@c", "--machines", "2"]
    )
    let error = #expect(throws: SheetError.self) { try answer(command) }
    #expect(error?.findings.map(\.found) == ["no row for “far”"])
  }

  @Test(arguments: [
    ["--capacities", "c"], ["--machines", "2"], ["--capacities", "c", "--regions", "r", "--machines", "1"],
    ["--capacities", "c", "--sites", "2"], ["--capacities", "c", "--machines", "0"],
  ])
  func `options that contradict each other are refused`(arguments: [String]) {
    #expect(throws: (any Error).self) { try Self.command([:], arguments) }
  }
}
