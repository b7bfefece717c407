import Foundation
import Statements

/// What the reading tests share.
enum Reading {
    static let reader = TextReader()

    /// The figures of a text, one a line: the text of the figure, its sort, value, step and what else it has.
    static func figures(_ text: String) -> [String] {
        let read = reader.read(text, name: "-")
        return read.quantities.map { describe($0, in: read) }
    }

    static func describe(_ quantity: Quantity, in read: ReadText) -> String {
        var parts = [read.source.text(quantity.range), "\(quantity.sort)", "\(quantity.value)"]
        if quantity.step != .one { parts.append("±\(quantity.step)") }
        if let upper = quantity.upper { parts.append("..\(upper)") }
        if quantity.bound != .exact { parts.append("\(quantity.bound)") }
        if !quantity.unit.isEmpty { parts.append(quantity.unit) }
        return parts.joined(separator: " ")
    }

    /// A text as it is read.
    static func read(_ text: String) -> String {
        let source = reader.read(text, name: "-").source
        return source.text(0..<source.count)
    }

    /// The folder of shared documents beside the package.
    static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared")

    /// A shared document, or `nil` with a message when it is not on this computer.
    static func document(_ path: String) -> String? {
        guard let text = try? String(contentsOf: shared.appending(path: path), encoding: .utf8) else {
            print("skipped: \(path) is not on this computer")
            return nil
        }
        return text
    }

    /// What must be true of every text that was read, whatever it was; the first thing that is not.
    static func fault(in read: ReadText) -> String? {
        let source = read.source
        guard source.origins.count == source.scalars.count + 1 else { return "origins" }
        for place in source.scalars.indices where source.origins[place] > source.origins[place + 1] {
            return "origins fall at \(place)"
        }
        let length = source.original.unicodeScalars.count
        guard Int(source.origins.last ?? -1) == length else { return "the last origin" }
        if let fault = ascending(read.quantities.map(\.range), source.count) { return "figures: \(fault)" }
        if let fault = ascending(read.paragraphs, source.count) { return "paragraphs: \(fault)" }
        if let fault = ascending(read.sentences.map(\.range), source.count) { return "sentences: \(fault)" }
        for quantity in read.quantities {
            guard quantity.range.lowerBound <= quantity.digits.lowerBound,
                quantity.digits.upperBound <= quantity.range.upperBound, !quantity.value.isNegative
            else { return "digits outside \(quantity)" }
            if let upper = quantity.upper, upper < quantity.value { return "upper below \(quantity)" }
            let original = source.originalRange(quantity.range)
            guard original.lowerBound < original.upperBound, original.upperBound <= length else {
                return "place"
            }
        }
        for sentence in read.sentences {
            for index in sentence.quantities
            where !sentence.range.contains(read.quantities[index].range.lowerBound) {
                return "figure \(index) outside its sentence"
            }
        }
        for pair in read.brackets where pair.range.count < 2 || pair.range.upperBound > source.count {
            return "bracket \(pair)"
        }
        return nil
    }

    private static func ascending(_ ranges: [Range<Int>], _ count: Int) -> String? {
        var last = 0
        for range in ranges {
            guard range.lowerBound >= last, !range.isEmpty, range.upperBound <= count else {
                return "\(range)"
            }
            last = range.upperBound
        }
        return nil
    }
}
