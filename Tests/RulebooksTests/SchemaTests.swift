import Foundation
import Testing

@testable import Rulebooks

@Suite struct SchemaTests {
    private func definitions() throws -> [String: [String: Any]] {
        let json = try JSONSerialization.jsonObject(with: Data(RulebookSchema.jsonSchema().utf8))
        let schema = try #require(json as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect((schema["oneOf"] as? [Any])?.count == ObjectName.items.count)
        return try #require(schema["$defs"] as? [String: [String: Any]])
    }

    @Test func schemaHasEveryKeyTheLoaderAcceptsAndNoOther() throws {
        let definitions = try definitions()
        #expect(Set(definitions.keys) == Set(ObjectName.allCases.map(\.rawValue)))
        for name in ObjectName.allCases {
            let definition = try #require(definitions[name.rawValue])
            let properties = try #require(definition["properties"] as? [String: Any])
            #expect(Set(properties.keys) == Set(name.keys.map(\.name)))
            #expect(definition["additionalProperties"] as? Bool == false)
            // Every property is a key that the loader takes: none is reported as unknown.
            let entries = properties.keys.sorted().map { key in
                let place = SourcePosition(file: "x", line: 1, column: 1)
                let value = YamlNode(position: place, content: .scalar(YamlScalar(text: "x", style: .plain)))
                return YamlEntry(key: key, keyPosition: place, value: value)
            }
            let place = SourcePosition(file: "x", line: 1, column: 1)
            var checking = ShapeChecking()
            checking.check(YamlNode(position: place, content: .mapping(entries)), .object(name))
            #expect(!checking.problems.contains { $0.code == .unknownKey })
            #expect(!checking.problems.contains { $0.code == .missingKey })
        }
    }

    /// The builders read every key of the table, and none beside it.
    @Test func buildersReadEveryKeyOfTheTable() throws {
        let assembly = Assembly()
        var layers = LayerReading(assembly: assembly)
        layers.read(Fixture.files(Everything.texts), layer: 0)
        let header = try #require(layers.header)
        _ = assembly.rulebook(header)
        let problems = assembly.problems.map(\.description).joined(separator: "\n")
        #expect(assembly.problems.isEmpty, "\(problems)")
        var inTable: Set<String> = []
        for name in ObjectName.allCases {
            for key in name.keys { inTable.insert("\(name.rawValue).\(key.name)") }
        }
        // The id of an item and `override` are read before anything is built.
        let early = Set(
            ObjectName.items.filter { $0 != .rulebook }.flatMap {
                ["\($0.rawValue).\($0.rawValue)", "\($0.rawValue).override"]
            })
        let unread = inTable.subtracting(assembly.keysRead).subtracting(early).sorted()
        #expect(unread.isEmpty, "\(unread)")
        #expect(assembly.keysRead.subtracting(inTable).sorted().isEmpty)
    }
}
