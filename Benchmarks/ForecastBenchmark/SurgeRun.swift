import ArgumentParser
import Foundation

/// The French tests of 2020 by department, two weeks ahead, against the last value.
struct SurgeRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "surge",
    abstract: "Forecast the tests of 2020 two weeks ahead from every week and compare with the last value."
  )

  @Option(help: "The folder that holds data/covid_tests_department_weekly_2020.csv.")
  var data = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"

  mutating func run() async throws {
    let file = data + "/data/covid_tests_department_weekly_2020.csv"
    guard FileManager.default.fileExists(atPath: file) else {
      print("\(file) is not there, skipped")
      return
    }
    print("series            WAPE    pinball  cov90   last value: WAPE  pinball")
    for (name, column) in [("people tested", 2), ("people positive", 3)] {
      let figures = try await SurgePanel(file: file, column: column).figures()
      let text = figures.map { String(format: "%.4f", $0) }.joined(separator: "  ")
      print("\(name.padding(toLength: 16, withPad: " ", startingAt: 0))  \(text)")
    }
  }
}
