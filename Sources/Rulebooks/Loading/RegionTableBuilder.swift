import Expressions

/// Reads the CSV files of divisions into a table.
struct RegionTableBuilder {
    let name: Bilingual
    let levels: [RegionLevel]
    let pad: Int
    private(set) var problems: [RulebookProblem] = []
    private var entries: [Entry] = []
    private var former: [UInt64: [FormerRegion]] = [:]
    private var successions: [UInt64: [RegionSuccession]] = [:]

    private struct Entry {
        let code: UInt64
        let level: UInt8
        let name: ArraySlice<UInt8>
        let english: ArraySlice<UInt8>
        let file: String
        let line: Int
    }

    /// More faults than this in one file are not listed.
    private static let maximumProblems = 20

    init(name: Bilingual, levels: [RegionLevel], pad: Int) {
        self.name = name
        self.levels = levels
        self.pad = pad
    }

    /// Reads `code,name` and perhaps `english`, under a row of headings.
    mutating func readRegions(_ bytes: [UInt8], file: String) {
        var rows = CsvRows(bytes)
        guard let heading = rows.next() else { return }
        let columns = Columns(heading)
        guard let codeColumn = columns["code"], let nameColumn = columns["name"] else {
            return reportHeading(file, "code, name")
        }
        let englishColumn = columns["english"]
        entries.reserveCapacity(entries.count + bytes.count / 24)
        while let row = rows.next() {
            if row.count == 1, row[0].isEmpty { continue }
            guard row.count > max(codeColumn, nameColumn), let (code, level) = significant(row[codeColumn]),
                !row[nameColumn].isEmpty, String(validating: row[nameColumn], as: UTF8.self) != nil
            else {
                reportRow(file, rows.line)
                continue
            }
            let english = englishColumn.flatMap { $0 < row.count ? row[$0] : nil } ?? []
            entries.append(
                Entry(
                    code: code, level: level, name: row[nameColumn], english: english, file: file,
                    line: rows.line))
        }
    }

    /// Reads `code,name,from,until`; days, or months as `198012` and `1980-12`.
    mutating func readHistory(_ bytes: [UInt8], file: String) {
        var rows = CsvRows(bytes)
        guard let heading = rows.next() else { return }
        let columns = Columns(heading)
        guard let code = columns["code"], let name = columns["name"], let from = columns["from"],
            let until = columns["until"]
        else { return reportHeading(file, "code, name, from, until") }
        while let row = rows.next() {
            if row.count == 1, row[0].isEmpty { continue }
            guard row.count > max(code, name, from), let number = significant(row[code])?.code,
                let start = Self.day(row[from], isEnd: false)
            else {
                reportRow(file, rows.line)
                continue
            }
            let end = until < row.count && !row[until].isEmpty ? Self.day(row[until], isEnd: true) : nil
            former[number, default: []].append(
                FormerRegion(
                    code: number, name: String(decoding: row[name], as: UTF8.self), from: start, until: end))
        }
    }

    /// Reads `from,to,on` and perhaps `source`.
    mutating func readSuccessions(_ bytes: [UInt8], file: String) {
        var rows = CsvRows(bytes)
        guard let heading = rows.next() else { return }
        let columns = Columns(heading)
        guard let from = columns["from"], let to = columns["to"], let on = columns["on"] else {
            return reportHeading(file, "from, to, on")
        }
        let source = columns["source"]
        while let row = rows.next() {
            if row.count == 1, row[0].isEmpty { continue }
            guard row.count > max(from, to, on), let old = significant(row[from])?.code,
                let new = significant(row[to])?.code, let day = Self.day(row[on], isEnd: false)
            else {
                reportRow(file, rows.line)
                continue
            }
            let decision = source.flatMap { $0 < row.count && !row[$0].isEmpty ? row[$0] : nil }
            successions[old, default: []].append(
                RegionSuccession(
                    former: padded(old), successor: padded(new), on: day,
                    source: decision.map { String(decoding: $0, as: UTF8.self) }))
        }
    }

    /// The table of everything read.
    mutating func table() -> RegionTable {
        entries.sort { $0.code < $1.code }
        var unique: [Entry] = []
        unique.reserveCapacity(entries.count)
        for entry in entries {
            if let last = unique.last, last.code == entry.code {
                report(
                    entry.file, entry.line, zh: "区划代码 \(padded(entry.code)) 重复",
                    en: "The code \(padded(entry.code)) is repeated")
            } else {
                unique.append(entry)
            }
        }
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        ends.reserveCapacity(unique.count * 2)
        for entry in unique {
            bytes += entry.name
            ends.append(UInt32(bytes.count))
            bytes += entry.english
            ends.append(UInt32(bytes.count))
        }
        return RegionTable(
            name: name, levels: levels, pad: pad, codes: unique.map(\.code),
            levelIndexes: unique.map(\.level),
            nameBytes: bytes, nameEnds: ends, former: former, successions: successions,
            positionsByName: Self.positions(unique))
    }

    private static func positions(_ entries: [Entry]) -> [String: Int] {
        var positions: [String: Int] = [:]
        positions.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() {
            let name = String(decoding: entry.name, as: UTF8.self)
            positions[name] = positions[name] == nil ? position : -1
        }
        return positions.filter { $0.value >= 0 }
    }

    /// The padded number of a code and its level: the coarsest whose digits hold all of it but zeros.
    private func significant(_ digits: ArraySlice<UInt8>) -> (code: UInt64, level: UInt8)? {
        guard digits.count >= 2, digits.count <= pad else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            number = number * 10 + UInt64(digit - 0x30)
        }
        number *= RegionTable.power(pad - digits.count)
        guard number > 0 else { return nil }
        let level = levels.firstIndex { number % RegionTable.power(pad - $0.digits) == 0 }
        return level.map { (number, UInt8($0)) }
    }

    private func padded(_ number: UInt64) -> String { NumberPattern.padded(Int(number), pad) }

    /// A day, or the first or last day of a month.
    private static func day(_ bytes: ArraySlice<UInt8>, isEnd: Bool) -> CivilDate? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let date = CivilDate(text) { return date }
        let digits = text.filter { $0 != "-" }
        guard digits.count == 6, let year = Int(digits.prefix(4)), let month = Int(digits.suffix(2)),
            let first = CivilDate(year: year, month: month, day: 1)
        else { return nil }
        return isEnd ? first.adding(months: 1)?.adding(days: -1) : first
    }

    private mutating func reportHeading(_ file: String, _ needed: String) {
        report(file, 1, zh: "标题行须有 \(needed)", en: "The row of headings needs \(needed)")
    }

    private mutating func reportRow(_ file: String, _ line: Int) {
        report(file, line, zh: "此行的代码、名称或日期有误", en: "The code, name or date of this row cannot be read")
    }

    private mutating func report(_ file: String, _ line: Int, zh: String, en: String) {
        guard problems.count(where: { $0.position.file == file }) < Self.maximumProblems else { return }
        problems.append(
            RulebookProblem(
                code: .badRegionRow, position: SourcePosition(file: file, line: line, column: 1),
                message: Bilingual(zh: zh, en: en), hint: nil))
    }

    /// Where the columns of a file stand, by heading.
    private struct Columns {
        private let names: [String]

        init(_ heading: [ArraySlice<UInt8>]) {
            names = heading.map { String(decoding: $0, as: UTF8.self) }
        }

        subscript(name: String) -> Int? { names.firstIndex(of: name) }
    }
}

extension Assembly {
    func buildRegions() {
        let items = sound(.regions)
        for extra in items.dropFirst() {
            report(
                .duplicateID, at: extra.node.position, zh: "只能有一个 regions", en: "There is only one `regions`")
        }
        guard let item = items.first else { return }
        let reader = reader(item.node, .regions)
        _ = reader.citations()
        let pad = reader.integer("pad") ?? 12
        let levels = reader.list("levels").map { node in
            let level = self.reader(node, .regionLevel)
            return RegionLevel(
                digits: level.integer("digits") ?? 2, id: level.text("id") ?? "", name: level.bilingualName)
        }
        let digits = levels.map(\.digits)
        guard !digits.isEmpty, digits == Array(Set(digits)).sorted(), (digits.last ?? 0) <= pad else {
            report(
                .badLimits, at: reader.node("levels")?.position ?? item.node.position,
                zh: "层级的位数须递增且不超过 pad", en: "The digits of the levels ascend and do not exceed `pad`")
            return
        }
        var builder = RegionTableBuilder(name: reader.bilingualName, levels: levels, pad: pad)
        for node in reader.list("files") {
            if let path = filePath(node, for: item) { builder.readRegions(files[path] ?? [], file: path) }
        }
        if let path = filePath(reader.node("history"), for: item) {
            builder.readHistory(files[path] ?? [], file: path)
        }
        if let path = filePath(reader.node("successions"), for: item) {
            builder.readSuccessions(files[path] ?? [], file: path)
        }
        regions = builder.table()
        problems += builder.problems
    }
}
