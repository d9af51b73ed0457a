import Foundation

/// Reference instances of other people, read where they lie beside the repository.
enum ReferenceFile {
  static var folder: URL {
    let environment = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"]
    return URL(filePath: environment ?? "../shared", directoryHint: .isDirectory)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: path).path)
  }

  static func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appending(path: path))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}
