import ArgumentParser
import Foundation
import Planning
import Testing

@testable import ProcureCommands

@Suite struct SolveSitingFilesTests {
  private static func input(times: String, demand: String) throws -> SitingFiles.Input {
    let folder = URL.temporaryDirectory.appending(path: "siting-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let paths = ["times", "demand"].map { folder.appending(path: $0).path }
    try times.write(toFile: paths[0], atomically: true, encoding: .utf8)
    try demand.write(toFile: paths[1], atomically: true, encoding: .utf8)
    let arguments = ["--model", "p-median", "--sites", "1", "--travel-times", paths[0], "--demand", paths[1]]
    return try SitingFiles.read(try SolveSiting.parse(arguments))
  }

  @Test func `journeys may come in any order, quoted or not, with as many decimals as each needs`() throws {
    let times = "origin;destination;minutes\r\nb;\"y\";2\r\na;x;1.5\n\nb;x;0.25\na;\"y\";7"
    let input = try Self.input(times: times, demand: "origin,weight\na,5\nb,7\n")
    #expect(input.scale == 100)
    #expect(input.destinations == ["y", "x"])
    let legs = (0..<2).map { point in input.problem.times.legs(from: point).map { [$0.site, Int($0.time)] } }
    #expect(legs == [[[1, 150], [0, 700]], [[1, 25], [0, 200]]])
  }

  @Test func `every bad line is named, a pair given twice by its second line`() throws {
    let times = "origin,destination,minutes\na,x,1\na,x,1\nc,x,3\nb,y,z\nb,x,1,2\n"
    let error = #expect(throws: SitingFilesError.self) {
      try Self.input(times: times, demand: "origin,weight\na,5\nb,7\n")
    }
    let lines = (error?.description ?? "").split(separator: "\n").map { $0.drop { $0 != " " } }
    #expect(lines.count == 4)
    #expect(lines.last?.hasPrefix(" line 3, destination: found 'x', expected each pair once") == true)
  }
}
