import Foundation
import Testing

@testable import Expressions

/// The vectors of google/cel-spec that lie beside the repository.
@Suite struct ConformanceTests {
    struct Vector {
        let label: String
        let expression: String
        let bindings: String
        let value: String?
        let isChecked: Bool
    }

    static func vectors() throws -> [Vector] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("../shared/conformance/cel.jsonl").standardizedFileURL
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { line in
            let any = try JSONSerialization.jsonObject(with: Data(line.utf8))
            let object = try #require(any as? [String: Any])
            let value = try object["value"].map { value in
                String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
            }
            let bindings = try JSONSerialization.data(withJSONObject: object["bindings"] ?? [String: Any]())
            let parts = ["section", "name"].map { object[$0] as? String ?? "" }
            return Vector(
                label: parts.joined(separator: "/"), expression: try #require(object["expr"] as? String),
                bindings: String(decoding: bindings, as: UTF8.self), value: value,
                isChecked: object["disable_check"] as? Bool != true)
        }
    }

    @Test func everyVectorHolds() throws {
        let vectors = try Self.vectors()
        guard !vectors.isEmpty else {
            print("skipped: ../shared/conformance/cel.jsonl is not here")
            return
        }
        #expect(vectors.count >= 510)
        for vector in vectors {
            let bindings = try ConformanceNotation.decodeBindings(vector.bindings)
            let (environment, slots) = ConformanceNotation.environment(for: bindings)
            let outcome = Result { () throws -> Value in
                let program =
                    vector.isChecked
                    ? try environment.compile(vector.expression)
                    : try environment.compileUnchecked(vector.expression)
                return try program.evaluate(slots)
            }
            guard let expected = vector.value else {
                #expect(throws: (any Error).self, "\(vector.label): \(vector.expression)") {
                    try outcome.get()
                }
                continue
            }
            let wanted = try ConformanceNotation.decode(expected)
            guard case .success(let value) = outcome else {
                Issue.record("\(vector.label): \(vector.expression) failed: \(outcome)")
                continue
            }
            let isSame =
                ConformanceNotation.encode(value) == ConformanceNotation.encode(wanted) || value == wanted
            #expect(isSame, "\(vector.label): \(vector.expression) gave \(value)")
        }
    }

    /// A runtime error must come from evaluation, not from the checker turning a valid text away.
    @Test func checkedVectorsCompile() throws {
        for vector in try Self.vectors() where vector.isChecked {
            let bindings = try ConformanceNotation.decodeBindings(vector.bindings)
            let (environment, _) = ConformanceNotation.environment(for: bindings)
            do {
                _ = try environment.compile(vector.expression)
            } catch {
                let isExpected = vector.value == nil
                #expect(isExpected, "\(vector.label): \(vector.expression): \(error)")
            }
        }
    }
}
