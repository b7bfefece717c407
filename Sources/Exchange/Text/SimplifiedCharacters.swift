import COpenCC

/// The simplified forms of traditional Chinese characters, one character for one, from OpenCC's table t2s.
///
/// OpenCC (Apache-2.0) decides phrases by their words; here every character is converted alone, so that a text
/// keeps its length and every position in it. Characters with several simplified forms get the commonest one.
public enum SimplifiedCharacters {
    /// Each traditional character of the CJK blocks that has another simplified form, with that form.
    ///
    /// Loaded at the first use and kept; safe to call from any thread.
    /// - Throws: ``SimplifiedCharactersProblem/dictionaryAbsent`` when OpenCC's data files are not installed,
    ///   ``SimplifiedCharactersProblem/conversionFailed`` when OpenCC cannot use them.
    public static func table() throws(SimplifiedCharactersProblem) -> [Unicode.Scalar: Unicode.Scalar] {
        try loaded.get()
    }

    private static let loaded = load(configuration: "t2s.json")

    /// The blocks: unified ideographs with extensions A and B, and the compatibility ideographs.
    private static let blocks: [ClosedRange<UInt32>] = [
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF,
    ]

    /// Converts all characters of the blocks in one call, each on a line of its own so that none makes a phrase.
    static func load(
        configuration: String
    ) -> Result<[Unicode.Scalar: Unicode.Scalar], SimplifiedCharactersProblem> {
        let failed = opencc_t(bitPattern: -1)
        guard let converter = opencc_open(configuration), converter != failed else {
            return .failure(.dictionaryAbsent)
        }
        defer { opencc_close(converter) }
        let scalars = blocks.joined().compactMap(Unicode.Scalar.init)
        var lines = String.UnicodeScalarView()
        for scalar in scalars {
            lines.append(scalar)
            lines.append("\n")
        }
        guard let converted = converted(String(lines), converter) else { return .failure(.conversionFailed) }
        let forms = converted.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard forms.count >= scalars.count else { return .failure(.conversionFailed) }
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (scalar, form) in zip(scalars, forms) {
            guard let only = form.first, form.count == 1, only != scalar else { continue }
            table[scalar] = only
        }
        return .success(table)
    }

    private static func converted(_ text: String, _ converter: opencc_t) -> String? {
        var text = text
        let result = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                opencc_convert_utf8(converter, $0.baseAddress, $0.count)
            }
        }
        guard let result else { return nil }
        defer { opencc_convert_utf8_free(result) }
        return String(validatingCString: result)
    }
}

/// Why traditional characters cannot be converted.
public enum SimplifiedCharactersProblem: Error, Hashable, Sendable {
    /// OpenCC's dictionary is not on this computer.
    case dictionaryAbsent
    /// OpenCC's dictionary is there and does not work.
    case conversionFailed
}

extension SimplifiedCharactersProblem: CustomStringConvertible {
    /// A stable code, unique among the problems of exchange.
    public var code: String {
        switch self {
        case .dictionaryAbsent: "EXCHANGE-0109"
        case .conversionFailed: "EXCHANGE-0110"
        }
    }

    /// The problem in English: what, why, and what to do.
    public var english: String {
        switch self {
        case .dictionaryAbsent:
            "Traditional characters cannot be read, because the dictionary of OpenCC is not installed; "
                + "install the package libopencc-data and try again."
        case .conversionFailed:
            "Traditional characters cannot be read, because the dictionary of OpenCC is damaged; "
                + "install the package libopencc-data again."
        }
    }

    /// The problem in Simplified Chinese: what, why, and what to do.
    public var chinese: String {
        switch self {
        case .dictionaryAbsent: "无法读取繁体字：本机没有安装 OpenCC 词典，请安装 libopencc-data 后重试。"
        case .conversionFailed: "无法读取繁体字：本机的 OpenCC 词典已损坏，请重新安装 libopencc-data。"
        }
    }

    /// The code with the English sentence, for logs.
    public var description: String { "\(code) \(english)" }
}
