// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every Swift target; a target never opts out.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "baryon",
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        // The paths that swift-subprocess takes.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        // MARK: Floor 0 - ground: no project dependency
        // No pkgConfig: the flags ncursesw.pc lists are refused by SwiftPM with a warning; the module map links instead.
        .systemLibrary(name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
        // What a signal handler may do is too little for Swift.
        .target(name: "CTerminal"),
        // What #embed brings in is no source; starter_files.inc is included by starter.c.
        .target(name: "CEmbedded", exclude: ["data", "starter", "starter_files.inc"]),
        .target(
            name: "Documents",
            dependencies: [
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),

        // MARK: Floor 1 - engines: pure, no I/O but the terminal's
        .target(name: "Jinja", dependencies: ["Documents"], swiftSettings: strict),
        .target(name: "Schemas", dependencies: ["Documents"], swiftSettings: strict),
        .target(name: "CloudFormation", dependencies: ["CEmbedded", "Documents"], swiftSettings: strict),
        .target(name: "Terminal", dependencies: ["CNCurses", "CTerminal", "Documents"], swiftSettings: strict),

        // MARK: Floor 2 - the shared model
        .target(name: "Catalog", dependencies: ["Documents"], swiftSettings: strict),

        // MARK: Floor 3 - what reads, keeps and carries out
        .target(
            name: "Bundles",
            dependencies: [
                "Catalog", "CloudFormation", "Documents", "Jinja", "Schemas",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Provisioning",
            dependencies: [
                "Catalog", "CloudFormation", "Documents",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Store",
            dependencies: [
                "Catalog", "Documents",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),

        // MARK: Floor 4 - the use cases
        .target(
            name: "Engine",
            dependencies: [
                "Bundles", "CEmbedded", "Catalog", "CloudFormation", "Documents", "Provisioning", "Schemas", "Store",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),

        // MARK: Floor 5 - the interactive catalog
        .target(
            name: "Screens", dependencies: ["Catalog", "Documents", "Engine", "Schemas", "Terminal"],
            swiftSettings: strict
        ),

        // MARK: Floor 6 - programs
        .executableTarget(
            name: "baryon",
            dependencies: [
                "Catalog", "Documents", "Engine", "Schemas", "Screens", "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "conformance",
            dependencies: [
                "Bundles", "Catalog", "CloudFormation", "Documents", "Jinja", "Schemas",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "baryon-bench",
            dependencies: [
                "Bundles", "Catalog", "Documents", "Engine", "Jinja", "Schemas", "Store", "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        // MARK: Tests
        .testTarget(
            name: "Journeys", dependencies: ["Documents", "baryon"], path: "Tests/Journeys",
            exclude: ["Hostile", "Moto/estate.py"], swiftSettings: strict),
        .testTarget(name: "EngineTests", dependencies: ["Catalog", "Documents", "Engine"], swiftSettings: strict),
        .testTarget(
            name: "ScreensTests", dependencies: ["Catalog", "Documents", "Engine", "Schemas", "Screens", "Terminal"],
            swiftSettings: strict
        ),
        .testTarget(name: "JinjaTests", dependencies: ["Documents", "Jinja"], swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests", dependencies: ["conformance"], exclude: ["README.md"], swiftSettings: strict),
        .testTarget(
            name: "BundlesTests",
            dependencies: ["Bundles", "Catalog", "CloudFormation", "Documents", "Jinja", "Schemas"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CEmbeddedTests", dependencies: ["CEmbedded", "Documents", "Schemas"], swiftSettings: strict),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog"], swiftSettings: strict),
        .testTarget(
            name: "ProvisioningTests", dependencies: ["Catalog", "CloudFormation", "Documents", "Provisioning"],
            // A program that plays the aws tool.
            exclude: ["StandIn"],
            swiftSettings: strict
        ),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),
        .testTarget(name: "SchemasTests", dependencies: ["Documents", "Schemas"], swiftSettings: strict),
        .testTarget(name: "TerminalTests", dependencies: ["Documents", "Terminal"], swiftSettings: strict),
        .testTarget(
            name: "CloudFormationTests", dependencies: ["CloudFormation", "Documents"], swiftSettings: strict),
        .testTarget(name: "StoreTests", dependencies: ["Catalog", "Documents", "Store"], swiftSettings: strict),
        // What fuzzers run; the tests replay their seeds on it.
        .target(
            name: "FuzzTargets", dependencies: ["Bundles", "CloudFormation", "Documents", "Jinja", "Schemas"],
            path: "Tests/FuzzTargets", swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: strict),
    ]
)

// The fuzzer has its entry from libFuzzer, so it can only be built with that: see `make fuzz`.
if Context.environment["BARYON_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz", exclude: ["Seeds"],
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
