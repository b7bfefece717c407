import Expressions
import Records
import Rulebooks
import Storage

/// Numbers and identities for many new records, taken from the store's counters once and given back exactly.
struct NumberSeries {
    /// The numbers that share one counter and differ in the sequence only.
    private struct Series {
        let counter: String
        let first: Int64
        /// How many were taken.
        var count: Int64 = 0
    }

    /// How numbers are written for one region: what stands before and behind the sequence.
    private struct Form {
        let series: Int
        let prefix: String
        let suffix: String
    }

    private let kind: Kind
    private let writer: any StoreWriting
    private let numbering: Numbering
    private let day: CivilDate
    /// The width of the sequence, when nothing in the pattern but the region differs from record to record.
    private let width: Int?
    private var series: [Series] = []
    private var places: [String: Int] = [:]
    private var forms: [String: Form] = [:]
    private var pending: Int?
    private(set) var firstID: Int64
    private(set) var nextID: Int64

    init(office: Office, kind: Kind, writer: any StoreWriting) throws {
        self.kind = kind
        self.writer = writer
        numbering = Numbering(office.rulebook)
        day = office.today
        width = Self.width(kind.numbering)
        firstID = try writer.nextRecordID(kind)
        nextID = firstID
    }

    private static func width(_ pattern: NumberPattern) -> Int? {
        var widths: [Int] = []
        for part in pattern.parts {
            switch part {
            case .literal, .region, .year, .month: continue
            case .sequence(let width): widths.append(width)
            case .field: return nil
            }
        }
        return widths.count == 1 ? widths.first : nil
    }

    /// The number for a record; kept when `advance` follows, given back by `takeBack`.
    mutating func number(for record: Record) throws -> String {
        guard kind.numbering.hasSequence else {
            pending = nil
            return numbering.number(kind.numbering, sequence: 0, of: record, kind: kind, on: day)
        }
        if let width, let form = forms[record.region] {
            pending = form.series
            let sequence = series[form.series].first + series[form.series].count
            return form.prefix + Self.padded(sequence, width) + form.suffix
        }
        let counter = numbering.counter(kind.numbering, owner: kind.id, of: record, kind: kind, on: day)
        let place = try place(of: counter)
        pending = place
        let sequence = series[place].first + series[place].count
        let number = numbering.number(kind.numbering, sequence: sequence, of: record, kind: kind, on: day)
        if let width {
            let prefix = String(counter.dropFirst(kind.id.count + 1))
            let head = prefix + Self.padded(sequence, width)
            if number.hasPrefix(head) {
                forms[record.region] = Form(
                    series: place, prefix: prefix, suffix: String(number.dropFirst(head.count)))
            }
        }
        return number
    }

    private mutating func place(of counter: String) throws -> Int {
        if let place = places[counter] { return place }
        series.append(Series(counter: counter, first: try writer.next(counter: counter)))
        places[counter] = series.count - 1
        return series.count - 1
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    mutating func advance() {
        nextID += 1
        if let pending { series[pending].count += 1 }
        pending = nil
    }

    mutating func takeBack() {
        pending = nil
    }

    /// Leaves the counters as if the numbers had been taken one by one.
    func finish() throws {
        for one in series {
            try writer.set(counter: one.counter, to: one.first + one.count - 1)
        }
    }
}
