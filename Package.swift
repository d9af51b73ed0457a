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
/// Embedded files are part of the program.
func module(_ name: String, _ dependencies: [Target.Dependency], embedding files: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    resources: files.map { .embedInCode($0) },
    swiftSettings: settings
  )
}

/// The mathematics is optimised in debugging builds too: a plan takes a second instead of half a minute.
let planning = Target.target(
  name: "Planning",
  swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
)

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

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let core = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let client = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let http = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let tls = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let tokens = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")

let package = Package(
  name: "procure",
  products: [.executable(name: "procure", targets: ["procure"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
    .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.0.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.11.0"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMalloc"),
    module("Storage", ["CSQLite", "CPostgres"]),
    module("Tabular", []),
    planning,
    module("Inventory", ["Storage", "Planning", "Tabular"]),
    module("Procurement", ["Storage", "Planning", "Tabular", "Inventory"]),
    module(
      "ProcurementAPI",
      [
        "Storage", "Planning", "Tabular", "Inventory", "Procurement", hummingbird, core, tls, tokens, client,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      embedding: ["procure.css", "procure.js", "procure.svg", "sentences.tsv", "traces.tsv"].map {
        "Web/Assets/\($0)"
      } + [
        "OpenAPI/answers.json", "OpenAPI/examples.json", "OpenAPI/problems.tsv",
      ]
    ),
    module(
      "ProcureCommands",
      [
        "Storage", "Planning", "Tabular", "Inventory", "Procurement", "ProcurementAPI", "CMalloc", arguments,
        client, http,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]
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
      "ProcurementAPITests",
      [
        "ProcurementAPI", "ProcureCommands", "Procurement", "Inventory", "Planning", "Storage", "Tabular",
        "TestSupport", tokens, client, http,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    tests(
      "ProcureCommandsTests",
      ["ProcureCommands", "Procurement", "Inventory", "Planning", "Storage", "Tabular", "TestSupport"]
    ),

    benchmark("StorageBenchmark", ["Storage", "CPostgres", arguments]),
    benchmark("ForecastBenchmark", ["Planning", arguments]),
    benchmark("AwardBenchmark", ["Planning", arguments]),
    benchmark("SitingBenchmark", ["Planning", arguments]),
    benchmark("DomainBenchmark", ["Storage", "Inventory", "Procurement", arguments]),
    benchmark(
      "PageBenchmark",
      [
        "Storage", "Inventory", "ProcurementAPI", "ProcureCommands", arguments, client, http,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)
