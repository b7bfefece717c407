// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "zhiheng",
    products: [
        .executable(name: "zhiheng", targets: ["zhiheng"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.24.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.24.0"),
    ],
    targets: [
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .systemLibrary(name: "COpenCC", providers: [.apt(["libopencc-dev"])]),
        .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "Expressions", dependencies: ["CRE2"], swiftSettings: strict),
        .target(
            name: "Rulebooks",
            dependencies: ["Expressions", "Yams", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "Ledger",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "Records", dependencies: ["Expressions", "Rulebooks"], swiftSettings: strict),
        .target(name: "Figures", dependencies: ["Expressions", "Rulebooks"], swiftSettings: strict),
        .target(
            name: "Statements",
            dependencies: [
                "Expressions", "Figures", "Rulebooks",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),
        .target(name: "Exchange", dependencies: ["COpenCC", "CXLSXWriter"], swiftSettings: strict),
        .target(name: "Presentation", dependencies: [], swiftSettings: strict),
        .target(
            name: "Storage",
            dependencies: [
                "Expressions", "Rulebooks", "Records", "Ledger", "Figures",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "Office",
            dependencies: [
                "Expressions", "Rulebooks", "Records", "Ledger", "Figures", "Statements", "Exchange",
                "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "CQREncode", "Expressions", "Exchange", "Figures", "Ledger", "Office", "Records", "Rulebooks",
                "Statements",
                "Storage",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "zhiheng",
            dependencies: [
                "Office", "Presentation", "Expressions", "Rulebooks", "Records", "Ledger", "Figures",
                "Statements",
                "Exchange", "Storage", "Web",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Exchange", "Expressions", "Figures", "Ledger", "Office", "Records", "Rulebooks",
                "Statements", "Storage",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Benchmarks/Sources", swiftSettings: strict),
        .testTarget(name: "ExpressionsTests", dependencies: ["Expressions", "CRE2"], swiftSettings: strict),
        .testTarget(
            name: "RulebooksTests", dependencies: ["Rulebooks", "Expressions"], swiftSettings: strict),
        .testTarget(
            name: "RecordsTests", dependencies: ["Records", "Rulebooks", "Expressions"], swiftSettings: strict
        ),
        .testTarget(
            name: "LedgerTests", dependencies: ["Ledger"], exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "FiguresTests", dependencies: ["Figures", "Rulebooks", "Expressions"], swiftSettings: strict
        ),
        .testTarget(
            name: "StatementsTests",
            dependencies: ["Statements", "Exchange", "Figures", "Rulebooks", "Expressions"],
            swiftSettings: strict),
        .testTarget(name: "ExchangeTests", dependencies: ["Exchange"], swiftSettings: strict),
        .testTarget(name: "PresentationTests", dependencies: ["Presentation"], swiftSettings: strict),
        .target(
            name: "StoreContract",
            dependencies: ["Storage", "Expressions", "Rulebooks", "Records", "Ledger", "Figures"],
            path: "Tests/StoreContract", swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "StoreContract", "Expressions", "Rulebooks", "Records", "Ledger", "Figures",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .testTarget(
            name: "OfficeTests",
            dependencies: [
                "Office", "Records", "Rulebooks", "Expressions", "Exchange", "Figures", "Ledger", "Storage",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Expressions", "Ledger", "Office", "Records", "Rulebooks", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], swiftSettings: strict),
        .testTarget(name: "ServingTests", dependencies: ["zhiheng"], swiftSettings: strict),
        .executableTarget(
            name: "FaultDriver", dependencies: ["Expressions", "Office", "Records", "Rulebooks", "Storage"],
            path: "Tests/Faults/Driver", swiftSettings: strict),
        .testTarget(
            name: "FaultsTests", dependencies: ["FaultDriver"], path: "Tests/Faults",
            exclude: ["Driver", "kill-rounds", "malformed-requests"], swiftSettings: strict),
        .testTarget(
            name: "RulebookTests", dependencies: ["Office", "Records", "Rulebooks", "Expressions"],
            swiftSettings: strict),
        .testTarget(
            name: "DocumentationTests", dependencies: ["Records", "Rulebooks", "zhiheng"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", exclude: ["Fixtures"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
