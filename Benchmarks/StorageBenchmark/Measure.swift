import Foundation
import Glibc

/// How often something was done, how long it took, and what the process spent on it.
struct Rate {
  let count: Int
  let seconds: Double
  let cpu: Double
  var perSecond: Double { Double(count) / seconds }
}

/// Times `body`, which returns how often it did what is measured.
func rate(_ body: () async throws -> Int) async rethrows -> Rate {
  let (start, cpu) = (ContinuousClock.now, processorSeconds())
  let count = try await body()
  let seconds = start.duration(to: .now) / .seconds(1)
  return Rate(count: count, seconds: seconds, cpu: processorSeconds() - cpu)
}

func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}

/// One line of the table; `tool` is its rate per second.
func show(_ measure: String, _ ours: Rate, tool name: String = "", _ tool: Double? = nil) {
  func columns(_ cells: [(String, Int)]) -> String {
    cells.map { $0.0.padding(toLength: $0.1, withPad: " ", startingAt: 0) }.joined()
  }
  let ratio = tool.map { String(format: "%.2f", ours.perSecond / $0) } ?? ""
  say(
    columns([
      (measure, 36), (String(format: "%.0f/s", ours.perSecond), 11),
      (String(format: "%.2f", ours.cpu / Double(ours.count) * 1e6), 9), (name, 11),
      (tool.map { String(format: "%.0f/s", $0) } ?? "", 14), (ratio, 6),
    ])
  )
}

/// Prints a line at once, also into a file.
func say(_ line: String) { try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8)) }

/// Runs a tool and returns what it printed.
@discardableResult
func run(_ tool: String, _ arguments: [String], input: String = "") throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [tool] + arguments
  let (output, entry) = (Pipe(), Pipe())
  process.standardOutput = output
  process.standardInput = entry
  try process.run()
  try entry.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try entry.fileHandleForWriting.close()
  let printed = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw ToolFailure(tool: tool, output: printed) }
  return String(decoding: printed, as: UTF8.self)
}

struct ToolFailure: Error, CustomStringConvertible {
  let tool: String
  let output: Data
  var description: String { "\(tool) failed: \(String(decoding: output, as: UTF8.self))" }
}

/// Calls `body` with 1, 2, … until the time is over, and returns how often.
func repeated(for seconds: Int, _ body: (Int64) throws -> Void) rethrows -> Int {
  let end = ContinuousClock.now + .seconds(seconds)
  var count: Int64 = 0
  while count % 64 != 0 || ContinuousClock.now < end {
    count += 1
    try body(count)
  }
  return Int(count)
}

func repeated(for seconds: Int, _ body: (Int64) async throws -> Void) async rethrows -> Int {
  let end = ContinuousClock.now + .seconds(seconds)
  var count: Int64 = 0
  while ContinuousClock.now < end {
    count += 1
    try await body(count)
  }
  return Int(count)
}
