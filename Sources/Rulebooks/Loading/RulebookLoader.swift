import Crypto
import Expressions

/// Turns the files of a rulebook into its model. Pure: bytes in, model out.
public enum RulebookLoader {
    /// Loads a rulebook that stands alone.
    ///
    /// Throws everything found wrong, with file, line and column, in the order of the files. Files other
    /// than `*.yaml` are only used where an item names them.
    public static func load(files: [RulebookFile]) throws(RulebookProblems) -> Rulebook {
        try load(base: files, overlays: []).rulebook
    }

    /// Loads a rulebook with others laid over it, in order: a province over the nation, a city over it.
    ///
    /// The paths of an overlay's files are preceded by its id and `/`. An item of an overlay that exists
    /// already must say `override: true` and then replaces it whole.
    public static func load(
        base: [RulebookFile], overlays: [[RulebookFile]]
    ) throws(RulebookProblems) -> OverlaidRulebook {
        let assembly = Assembly()
        var layers = LayerReading(assembly: assembly)
        layers.read(base, layer: 0)
        for (index, overlay) in overlays.enumerated() { layers.read(overlay, layer: index + 1) }
        return try finish(assembly, layers)
    }

    static func finish(
        _ assembly: Assembly, _ layers: LayerReading
    ) throws(RulebookProblems) -> OverlaidRulebook {
        let header = layers.header
        let rulebook = assembly.rulebook(header ?? RulebookHeader.nameless)
        if header == nil, !assembly.problems.contains(where: { $0.code == .noRulebookFile }) {
            assembly.report(
                .noRulebookFile, at: SourcePosition(file: "rulebook.yaml", line: 1, column: 1),
                zh: "缺少 rulebook.yaml，或其内容有误", en: "There is no rulebook.yaml, or it cannot be read")
        }
        guard assembly.problems.isEmpty else {
            // A fault can be found by more than one check; people read it once.
            let unique = Set(assembly.problems)
            throw RulebookProblems(
                problems: unique.sorted {
                    ($0.position, $0.code.rawValue, $0.message.en) < (
                        $1.position, $1.code.rawValue, $1.message.en
                    )
                })
        }
        return OverlaidRulebook(rulebook: rulebook, changes: layers.changes)
    }

    /// SHA-256 of one line per file, in order of path: the digest of the file, two spaces, its path.
    static func digest(_ files: [RulebookFile]) -> String {
        let lines = files.map { "\(hexadecimal(SHA256.hash(data: $0.bytes)))  \($0.path)\n" }
        return hexadecimal(SHA256.hash(data: Array(lines.joined().utf8)))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A rulebook and what its overlays changed.
public struct OverlaidRulebook: Sendable {
    /// The rulebook with every overlay laid over it.
    public let rulebook: Rulebook
    /// What the overlays add and override, in the order of their files.
    public let changes: [OverlayChange]
}

/// What an overlay adds to a rulebook or overrides in it.
public struct OverlayChange: Hashable, Sendable, CustomStringConvertible {
    /// What happens to the item.
    public enum Effect: Hashable, Sendable {
        /// It is new.
        case added
        /// It takes the place of one that differs in these top-level keys.
        case overridden(changedKeys: [String])
    }

    /// The overlay.
    public let overlay: String
    /// The type of the item: the key its document begins with.
    public let itemType: String
    /// The id of the item.
    public let id: String
    /// Where the overlay declares it.
    public let position: SourcePosition
    /// What happens.
    public let effect: Effect

    /// One line in a language.
    public func text(_ language: Language) -> String {
        switch (effect, language) {
        case (.added, .zh): "\(position): 新增 \(itemType) \(id)"
        case (.added, .en): "\(position): adds \(itemType) \(id)"
        case (.overridden(let keys), .zh):
            "\(position): 替换 \(itemType) \(id)（改动：\(keys.joined(separator: "、"))）"
        case (.overridden(let keys), .en):
            "\(position): overrides \(itemType) \(id) (changed: \(keys.joined(separator: ", ")))"
        }
    }

    /// One line in English.
    public var description: String { text(.en) }
}

/// What `rulebook.yaml` says.
struct RulebookHeader {
    let id: String
    let name: Bilingual
    let version: String
    let timeZoneOffsetSeconds: Int

    static let nameless = RulebookHeader(
        id: "", name: Bilingual(zh: "", en: ""), version: "", timeZoneOffsetSeconds: 28_800)
}
