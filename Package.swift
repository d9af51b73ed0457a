// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Our own targets: what each may import is exactly what is listed here.
func module(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies,
    path: "Benchmarks/\(name)",
    swiftSettings: settings
  )
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "procure",
  products: [.executable(name: "procure", targets: ["procure"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    module("Storage", ["CSQLite", "CPostgres"]),
    module("Tabular", []),
    module("Planning", []),
    module("Inventory", ["Storage", "Planning", "Tabular"]),
    module("Procurement", ["Storage", "Planning", "Tabular", "Inventory"]),
    module(
      "ProcureCommands",
      ["Storage", "Planning", "Tabular", "Inventory", "Procurement", arguments]
    ),
    .executableTarget(
      name: "procure",
      dependencies: ["ProcureCommands", arguments],
      swiftSettings: settings
    ),

    .target(
      name: "TestSupport",
      dependencies: ["Storage", "Inventory", "Procurement"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    tests("StorageTests", ["Storage", "TestSupport"]),
    tests("TabularTests", ["Tabular"]),
    tests("PlanningTests", ["Planning"]),
    tests("InventoryTests", ["Inventory", "Storage", "TestSupport"]),
    tests("ProcurementTests", ["Procurement", "Inventory", "Planning", "Storage", "TestSupport"]),
    tests(
      "ProcureCommandsTests",
      ["ProcureCommands", "Procurement", "Inventory", "Planning", "Storage", "Tabular", "TestSupport"]
    ),

    benchmark("StorageBenchmark", ["Storage", "CPostgres", arguments]),
    benchmark("ForecastBenchmark", ["Planning", arguments]),
    benchmark("AwardBenchmark", ["Planning", arguments]),
    benchmark("SitingBenchmark", ["Planning", arguments]),
    benchmark("DomainBenchmark", ["Storage", "Inventory", "Procurement", arguments]),
  ],
  swiftLanguageModes: [.v6]
)
