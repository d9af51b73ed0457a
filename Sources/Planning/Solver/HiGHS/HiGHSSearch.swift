import Foundation

/// Where the solver's library is looked for, in order: the file that `PROCURE_HIGHS_LIBRARY` names, beside
/// the executable and in `../lib`, `.highs/` in the working directory and in every folder above the
/// executable, then wherever the system's loader looks.
struct HiGHSSearch {
  static let fileName = "libhighs.so.1"

  let environment: [String: String]
  let workingDirectory: String
  let executable: String

  static var here: Self {
    Self(
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: FileManager.default.currentDirectoryPath,
      executable: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        ?? CommandLine.arguments.first ?? ""
    )
  }

  /// Every place, best first. A file that was named outright is the only candidate.
  var candidates: [String] {
    if let named = environment["PROCURE_HIGHS_LIBRARY"], !named.isEmpty { return [named] }
    let folders = foldersAboveExecutable
    let beside = folders.first.map { [$0, $0 + "/../lib"] } ?? []
    let hidden = ([workingDirectory] + folders).map { $0 + "/.highs" }
    return (beside + hidden).map { $0 + "/" + Self.fileName } + [Self.fileName]
  }

  /// Loads the first candidate that exists and is trusted.
  func load() throws(SolverError) -> HiGHSLibrary {
    for path in candidates {
      let isSystem = path == Self.fileName
      guard isSystem || FileManager.default.fileExists(atPath: path) else { continue }
      do {
        return try Self.trusted(HiGHSLibrary(path: path))
      } catch .libraryUnreadable where isSystem {
        continue
      }
    }
    throw .libraryMissing(searched: candidates)
  }

  private static func trusted(_ library: HiGHSLibrary) throws(SolverError) -> HiGHSLibrary {
    guard library.version.isTrusted else {
      throw .versionRefused(found: "\(library.version)", path: library.path)
    }
    return library
  }

  private var foldersAboveExecutable: [String] {
    var folders: [String] = []
    var rest = executable[...]
    while let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
      rest = rest[..<slash]
      folders.append(String(rest))
    }
    return folders
  }
}
