import Rulebooks
import Storage

/// What every engine promises, as clauses that can be tried on any of them.
///
/// A clause gets a harness with an empty database; it throws ``ContractFailure`` when the engine breaks it.
public struct StoreContract: Sendable {
    /// One promise.
    public struct Clause: Sendable, CustomStringConvertible {
        /// The promise in words.
        public let name: String
        let body: @Sendable (any StoreHarness) throws -> Void

        public var description: String { name }

        /// Tries the promise.
        public func hold(on harness: any StoreHarness) throws { try body(harness) }
    }

    /// All promises.
    public static let clauses: [Clause] =
        recordClauses + transactionClauses + queryClauses + ledgerClauses + tallyClauses + keepingClauses
        + signInClauses + receiptClauses + administrationClauses + apiClauses + deskClauses

    static func clause(
        _ name: String, _ body: @escaping @Sendable (any StoreHarness) throws -> Void
    ) -> Clause {
        Clause(name: name, body: body)
    }
}

/// Opens one database of the engine under test, again and again.
public protocol StoreHarness {
    /// The database with the tables of the contract's rulebook; the first call finds it empty.
    ///
    /// Every call gives a door of its own, as another process would have.
    func open(_ rulebook: Rulebook) throws -> any Store
}

/// A promise that was not kept.
public struct ContractFailure: Error, CustomStringConvertible {
    public let description: String
}

func expect(
    _ isKept: @autoclosure () throws -> Bool, _ what: @autoclosure () -> String = "",
    file: StaticString = #fileID,
    line: UInt = #line
) throws {
    guard try isKept() else { throw ContractFailure(description: "\(file):\(line): not kept. \(what())") }
}

func expectEqual<Item: Equatable>(
    _ found: @autoclosure () throws -> Item?, _ wanted: @autoclosure () throws -> Item?,
    _ what: @autoclosure () -> String = "", file: StaticString = #fileID, line: UInt = #line
) throws {
    let (found, wanted) = (try found(), try wanted())
    guard found == wanted else {
        throw ContractFailure(
            description: "\(file):\(line): \(what()) found \(found as Any), wanted \(wanted as Any)")
    }
}

func expectProblem(
    _ wanted: StoreProblem, file: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch let problem as StoreProblem {
        guard problem == wanted else {
            throw ContractFailure(description: "\(file):\(line): threw \(problem), wanted \(wanted)")
        }
        return
    }
    throw ContractFailure(description: "\(file):\(line): nothing was thrown, wanted \(wanted)")
}

func unwrap<Item>(_ item: Item?, file: StaticString = #fileID, line: UInt = #line) throws -> Item {
    guard let item else { throw ContractFailure(description: "\(file):\(line): nothing there") }
    return item
}
