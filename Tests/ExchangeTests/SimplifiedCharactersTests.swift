import Testing

@testable import Exchange

@Suite struct SimplifiedCharactersTests {
    @Test func convertsCharacters() throws {
        let table = try SimplifiedCharacters.table()
        let traditional = "質量強市辦發關於億萬兩餘約達條項戶"
        let simplified = String(
            String.UnicodeScalarView(traditional.unicodeScalars.map { table[$0] ?? $0 }))
        #expect(simplified == "质量强市办发关于亿万两余约达条项户")
    }

    @Test func leavesSimplifiedCharactersAndOthersAlone() throws {
        let table = try SimplifiedCharacters.table()
        for scalar in "质量强市一二三十百千万亿年月日，。（）5%A".unicodeScalars { #expect(table[scalar] == nil) }
        #expect(table.count > 2000)
        #expect(table.allSatisfy { $0.key != $0.value && $0.key.value > 0x3000 && $0.value.value > 0x3000 })
    }

    @Test func loadsOnceForManyAtATime() async throws {
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try SimplifiedCharacters.table().count } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts.count == 1)
    }

    @Test func saysWhatToDoWithoutTheDictionary() {
        let result = SimplifiedCharacters.load(configuration: "no-such-table.json")
        #expect(result == .failure(.dictionaryAbsent))
        for problem in [SimplifiedCharactersProblem.dictionaryAbsent, .conversionFailed] {
            #expect(problem.english.contains("libopencc-data") && problem.chinese.contains("libopencc-data"))
            #expect(problem.description.hasPrefix("EXCHANGE-01"))
        }
    }
}
