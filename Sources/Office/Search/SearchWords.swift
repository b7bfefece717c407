import Expressions
import Records
import Rulebooks

/// Takes texts apart into the words by which records are found.
///
/// Chinese is written without spaces, so every two neighbouring characters are a word, and the last of a run is one by
/// itself; letters and digits form words as they stand, in small letters. Where a record lies and who is responsible for
/// it are words as well, which nobody can type, so that a search by an office looks at its own records only.
public struct SearchWords: Sendable {
    /// Marks words that say where a record lies, and whose it is: characters for private use, which texts lose.
    private static let regionMark = "\u{E000}"
    private static let partyMark = "\u{E001}"
    /// The word of what the public may see.
    static let publicWord = "\u{E002}"
    /// So many words of one record are noted.
    static let most = 400
    /// So many words of a question are looked for.
    static let mostAsked = 12

    // MARK: Of records

    /// The fields whose words are noted: short texts, what the title is made of, and parties; nothing personal.
    static func fields(of kind: Kind) -> [Field] {
        let named = Set(kind.title?.program.paths.compactMap(\.first) ?? [])
        return kind.fields.filter { field in
            guard !field.personal else { return false }
            switch field.type {
            case .text(let limits): return !limits.multiline || named.contains(field.id)
            case .party: return true
            default: return false
            }
        }
    }

    /// The words of a record.
    static func words(of record: Record, kind: Kind, regions: RegionTable) -> [String] {
        var words: [String] = []
        var seen: Set<String> = []
        func add(_ word: String) {
            if words.count < most, seen.insert(word).inserted { words.append(word) }
        }
        for code in regions.ancestors(record.region) + [record.region] {
            add(regionMark + regions.prefix(code))
        }
        if record.isPublic { add(publicWord) }
        if let party = record.responsible {
            add(partyMark + party.lowercased())
            add(party.lowercased())
        }
        runs(of: record.number).flatMap(\.words).forEach(add)
        for field in fields(of: kind) {
            guard case .string(let text)? = record.value(field.id, in: kind) else { continue }
            runs(of: text).flatMap(\.words).forEach(add)
        }
        return words
    }

    /// Whether a change of a record changes its words.
    static func differ(_ old: Record, _ new: Record, kind: Kind) -> Bool {
        if old.isPublic != new.isPublic || old.region != new.region || old.responsible != new.responsible
            || old.number != new.number
        {
            return true
        }
        return fields(of: kind).contains { old.value($0.id, in: kind) != new.value($0.id, in: kind) }
    }

    // MARK: Of questions

    /// The words that a record must have for a text to stand in it.
    static func words(ofQuestion text: String) -> [String] {
        var words: [String] = []
        for run in runs(of: text) where words.count < mostAsked { words += run.asked }
        return Array(words.prefix(mostAsked))
    }

    /// The word of a region with all that lies in it.
    static func word(ofRegion prefix: String) -> String { regionMark + prefix }

    /// The word of a party that is responsible.
    static func word(ofParty party: String) -> String { partyMark + party.lowercased() }

    // MARK: Runs

    /// Neighbouring characters of one sort.
    private struct Run {
        var characters: [Character] = []
        /// Of letters and digits that are no ideographs.
        var isPlain: Bool

        /// What a record with the run is found by.
        var words: [String] {
            if isPlain { return [String(characters)] }
            let pairs = zip(characters, characters.dropFirst()).map { String([$0, $1]) }
            return pairs + [String(characters.suffix(1))]
        }

        /// What a record that contains the run must have. A plain run may be the beginning of a longer one.
        var asked: [String] {
            if isPlain { return [String(characters) + "*"] }
            guard characters.count > 1 else { return [String(characters) + "*"] }
            return zip(characters, characters.dropFirst()).map { String([$0, $1]) }
        }
    }

    private static func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        var open = false
        for character in text.prefix(4_000).lowercased() {
            guard character.isLetter || character.isNumber, let first = character.unicodeScalars.first,
                !(0xE000...0xF8FF).contains(first.value)
            else {
                open = false
                continue
            }
            let isPlain = first.value < 0x2E80
            if open, let last = runs.last, last.isPlain == isPlain {
                runs[runs.count - 1].characters.append(character)
            } else {
                runs.append(Run(characters: [character], isPlain: isPlain))
            }
            open = true
        }
        return runs
    }
}
