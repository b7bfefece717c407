import Testing

@testable import Rulebooks

/// Whatever the bytes, the loader answers with a rulebook or with problems.
@Suite struct FuzzTests {
    /// A small generator of numbers, so that a failure can be repeated.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: 0..<8)
    func mutatedRulebooksNeverCrash(_ seed: Int) {
        var generator = Generator(state: UInt64(seed) &* 7919 &+ 1)
        let names = Everything.texts.keys.sorted()
        let fragments = [
            "{", "}", "[", "]", ":", "- ", "\n", "\t", "\"", "'", "&a ", "*a", "|", ">", "!!int ", "#",
            "---\n", "9999999999999999999", "-", "\u{0}", "😀", "null", "? ",
        ]
        for _ in 0..<12 {
            var files: [RulebookFile] = []
            let victim = names[Int.random(in: names.indices, using: &generator)]
            for name in names {
                var bytes = Array((Everything.texts[name] ?? "").utf8)
                if name == victim {
                    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
                        let place = Int.random(in: bytes.indices, using: &generator)
                        switch Int.random(in: 0..<4, using: &generator) {
                        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
                        case 2:
                            bytes.insert(
                                contentsOf: Array((fragments.randomElement(using: &generator) ?? "").utf8),
                                at: place)
                        default:
                            bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
                        }
                    }
                }
                files.append(RulebookFile(path: name, bytes: bytes))
            }
            for problem in Fixture.problems(files) {
                #expect(problem.position.line >= 1 && problem.position.column >= 1)
            }
        }
    }
}
