import Figures
import Foundation

@testable import Statements

/// What the tests of claims share.
enum Checked {
    /// A reader of both scripts; making one takes longer than reading a sentence.
    static let reader = TextReader(simplified: traditional)

    /// The claims of a text, one a line: figure, verdict, kind, numerator and denominator.
    static func claims(_ text: String) -> [String] {
        let read = reader.read(text, name: "-")
        return DerivedFigureFinder().claims(in: read).sorted { $0.range.lowerBound < $1.range.lowerBound }
            .map(describe)
    }

    /// The figures of a text that are judged wrong.
    static func wrong(_ text: String) -> [String] {
        let read = reader.read(text, name: "-")
        return StatementChecker().check(read).filter { $0.verdict == .wrong }.map(\.stated)
    }

    static func describe(_ claim: Claim) -> String {
        var text = "\(claim.stated) \(claim.verdict.rawValue) \(claim.kind.rawValue)"
        if claim.verdict != .unverifiable, claim.operands.count > 1 {
            text += " \(short(claim.operands[0].value))/\(short(claim.operands[1].value))"
        }
        return text
    }

    /// A whole number without its zeros for ten thousands, so that tests read as the texts do.
    private static func short(_ value: Rational) -> String {
        for (factor, name) in [(Int64(100_000_000), "亿"), (10_000, "万")] {
            guard let scaled = try? value.divided(by: Rational(factor)), scaled >= .one,
                let tenth = try? scaled.multiplied(by: Rational(100)), tenth.denominator == 1
            else { continue }
            return PrintedNumber.decimal(scaled) + name
        }
        return PrintedNumber.decimal(value)
    }

    /// The traditional characters of the speech in the gold file, and of the tests here.
    static let traditional: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs =
            "區区標标誌志業业務务農农項项級级個个縣县總总計计國国際际準准製制訂订應应實实種种設设備备檢检發发現现問问題题"
            + "隱隐傷伤產产質质達达較较減减與与證证書书辦办結结為为進进採采經经確确認认類类數数歲岁萬万億亿環环記记織织終终戶户樓楼劃划報报"
            + "佔占規规範范專专動动創创優优條条處处責责場场時时間间東东讓让對对關关後后從从來来將将獎奖領领導导"
        let scalars = Array(pairs.unicodeScalars)
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for place in stride(from: 0, to: scalars.count - 1, by: 2) {
            table[scalars[place]] = scalars[place + 1]
        }
        return table
    }()
}
