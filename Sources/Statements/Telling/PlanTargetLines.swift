/// Targets as JSON lines, one object a line.
///
/// The keys are `document`, `name`, `operator`, `value`, `unit`, `scope`, `deadline`, `path`, `sentence`, `line`,
/// `start` and `end`. `value` is a plain decimal as text (`12000` for 1.2万家), or what is printed where it has
/// no decimal (三分之一); the upper end of a range follows as `upper`. `scope` and `deadline` are null where the
/// plan names none. `start` and `end` are offsets in Unicode scalars of the original text.
public struct PlanTargetLines: Sendable {
    /// Makes a rendering; it keeps nothing.
    public init() {}

    /// The lines, each with its line feed.
    public func text(of targets: [PlanTarget], in text: ReadText) -> String {
        var lines = ""
        for target in targets {
            let place = text.source.originalRange(target.range)
            var fields: [(String, String)] = [
                ("document", PlanQuoting.json(text.source.name)),
                ("name", PlanQuoting.json(target.name)),
                ("operator", PlanQuoting.json(target.comparison.rawValue)),
                ("value", PlanQuoting.json(target.plainValue)),
            ]
            if let upper = target.upper {
                fields.append(("upper", PlanQuoting.json(TargetAmount.decimal(upper) ?? "\(upper)")))
            }
            fields += [
                ("unit", PlanQuoting.json(target.unit)),
                ("scope", target.scope.map(PlanQuoting.json) ?? "null"),
                ("deadline", target.deadline.map(PlanQuoting.json) ?? "null"),
                ("path", "[" + target.path.map(PlanQuoting.json).joined(separator: ", ") + "]"),
                ("sentence", PlanQuoting.json(text.sentence(of: target))),
                ("line", String(text.source.line(at: target.range.lowerBound))),
                ("start", String(place.lowerBound)),
                ("end", String(place.upperBound)),
            ]
            lines += "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}\n"
        }
        return lines
    }
}

extension PlanTarget {
    /// The value as a plain decimal, or as printed where it has none.
    public var plainValue: String { TargetAmount.decimal(value) ?? valueText }
}

extension ReadText {
    /// The sentence of a target in one line, at most 2000 scalars of it.
    func sentence(of target: PlanTarget) -> String {
        let end = min(target.sentence.upperBound, target.sentence.lowerBound + 2000)
        return source.scalars.compactText(target.sentence.lowerBound..<max(target.sentence.lowerBound, end))
    }
}

/// Quotation marks and escapes of JSON and of YAML's double-quoted style.
enum PlanQuoting {
    /// A text as a JSON string (RFC 8259); separators of lines are escaped, so that a line stays one.
    static func json(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if isHidden(scalar), scalar.value <= 0xFFFF {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    /// What is not to stand in a line as it is: controls, separators of lines, marks of byte order.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
            || scalar.value == 0x2029 || scalar.value == 0xFEFF || scalar.value == 0xFFFE
            || scalar.value == 0xFFFF
    }

    /// A text as a YAML scalar (YAML 1.2.2, 7.3): plain where nothing can be misread, else double-quoted.
    ///
    /// The escapes of JSON are escapes of YAML with the same meaning, so that the quoted form is JSON's.
    static func yaml(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first else { return "\"\"" }
        // Only words that begin with an ideograph and hold no mark of YAML stay plain: numbers, dates,
        // true, null and whatever else a reader may resolve are quoted.
        let isPlain =
            PlanScalar.isIdeograph(first)
            && scalars.allSatisfy {
                PlanScalar.isIdeograph($0) || PlanScalar.isDigit($0)
                    || "、，（）“”《》；。".unicodeScalars.contains($0)
                    || ($0.isASCII && $0.properties.isAlphabetic)
            }
        return isPlain ? text : json(text)
    }
}
