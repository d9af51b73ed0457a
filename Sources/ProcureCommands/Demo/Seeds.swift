import Glibc
import Tabular

/// The folder of tables that the demonstration loads.
struct Seeds: Sendable {
  let folder: String

  /// The folder that was named, or the first of the usual places that is there.
  init(named folder: String?) throws {
    let places = [folder, Configuration.value(of: .seeds), "seeds", "/usr/share/procure/seeds"]
    let present = places.compactMap { $0 }.first { access("\($0)/centres.csv", R_OK) == 0 }
    guard let present else { throw SeedsMissing(folder: folder ?? "seeds") }
    self.folder = present
  }

  func input(_ name: String) throws -> ByteInput { try ByteInput(path: "\(folder)/\(name)") }
}

struct SeedsMissing: Error, CustomStringConvertible {
  let folder: String
  var description: String {
    "no seeds in “\(folder)”: run from the repository, or name the folder with --seeds or PROCURE_SEEDS"
  }
}
