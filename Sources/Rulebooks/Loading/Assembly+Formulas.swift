import Expressions

extension Assembly {
    /// The layouts of all kinds: every kind's expressions can look into the records it refers to.
    func buildLayouts() {
        var shared = Environment()
        let kinds = outlines.keys.sorted().compactMap { outlines[$0] }
        for kind in kinds {
            let own = kind.fields.map {
                FieldDeclaration(name: $0.id, type: $0.type.valueType, optional: true)
            }
            let more = [
                FieldDeclaration(name: "number", type: .string, optional: true),
                FieldDeclaration(name: "state", type: .string, optional: true),
            ]
            shared.declareObject(kind.id, fields: own + more)
            for field in kind.fields {
                guard case .table(let columns, _) = field.type else { continue }
                shared.declareObject(
                    SlotLayout.rowTypeName(kind: kind.id, field: field.id),
                    fields: columns.map {
                        FieldDeclaration(name: $0.id, type: $0.type.valueType, optional: true)
                    })
            }
        }
        CalendarFunctions(calendar: WorkingCalendar.ruling(among: calendars)).declare(in: &shared)
        let policyIDs = policies.keys.sorted()
        for kind in kinds {
            var environment = shared
            for field in kind.fields { environment.declare(field.id, field.type.valueType, optional: true) }
            for slot in SystemSlot.allCases { environment.declare(slot.name, slot.type, optional: true) }
            for id in policyIDs {
                guard let policy = policies[id] else { continue }
                environment.declare("policy.\(policy.expressionName)", policy.type, optional: true)
            }
            layouts[kind.id] = SlotLayout(
                environment: environment, fieldCount: kind.fields.count, policyIDs: policyIDs)
        }
    }

    /// Compiles an expression; what is wrong with it is reported where it stands in the file.
    func formula(_ node: YamlNode?, in environment: Environment, expecting types: [ValueType]) -> Formula? {
        guard let node, let source = node.text else { return nil }
        do {
            let program = try environment.compile(source)
            guard types.isEmpty || types.contains(where: { Self.fits(program.resultType, $0) }) else {
                let wanted = types.map(\.description)
                report(
                    .wrongResult, at: node.position,
                    zh: "结果类型应为 \(wanted.joined(separator: " 或 "))，而不是 \(program.resultType)",
                    en: "The result should be \(wanted.joined(separator: " or ")), not \(program.resultType)")
                return nil
            }
            return Formula(source: source, program: program, position: node.position)
        } catch {
            for problem in error.problems { report(problem, of: node) }
            return nil
        }
    }

    private static func fits(_ type: ValueType, _ wanted: ValueType) -> Bool {
        switch (type, wanted) {
        case (.dynamic, _), (_, .dynamic): true
        case (.list(let element), .list(let other)): fits(element, other)
        case (.map, .map): true
        default: type == wanted
        }
    }

    private func report(_ problem: Problem, of node: YamlNode) {
        // The sentence often names the suggestion already.
        let suggestion = problem.suggestion.flatMap { problem.message.contains("`\($0)`") ? nil : $0 }
        let hint = suggestion.map { Bilingual(zh: "是否为“\($0)”？", en: "Did you mean `\($0)`?") }
        report(
            .badExpression, at: place(problem, in: node), zh: "表达式有误：\(problem.messageZh)",
            en: "In the expression: \(problem.message)", hint: hint)
    }

    private func place(_ problem: Problem, in node: YamlNode) -> SourcePosition {
        place(line: problem.line, column: problem.column, in: node)
    }

    /// The place in the file of a place in a scalar, as near as the way it is written allows.
    func place(line: Int, column: Int, in node: YamlNode) -> SourcePosition {
        guard case .scalar(let scalar) = node.content, let bytes = files[node.position.file] else {
            return node.position
        }
        return ScalarPlace(scalar: scalar, start: node.position, file: bytes).place(
            line: line, column: column)
    }
}

/// Finds the place in a file of a place in a scalar's text.
struct ScalarPlace {
    let scalar: YamlScalar
    let start: SourcePosition
    let file: [UInt8]

    func place(line: Int, column: Int) -> SourcePosition {
        switch scalar.style {
        case .literal: return literalPlace(line: line, column: column)
        case .folded: return line == 1 ? foldedPlace(column: column) : start
        case .plain:
            guard line == 1, !isFolded else { return start }
            return moved(by: column - 1)
        case .singleQuoted, .doubleQuoted:
            guard line == 1 else { return start }
            return quotedPlace(column: column)
        }
    }

    /// Whether the text was put together from several lines of the file.
    private var isFolded: Bool {
        let scalars = Array(sourceLine(start.line)).dropFirst(start.column - 1)
        return !String(String.UnicodeScalarView(scalars)).hasPrefix(scalar.text)
    }

    private func moved(by count: Int) -> SourcePosition {
        SourcePosition(file: start.file, line: start.line, column: start.column + max(0, count))
    }

    /// Walks over the quoted text, in which one character may be written as several.
    private func quotedPlace(column: Int) -> SourcePosition {
        let written = Array(sourceLine(start.line))
        var index = start.column
        for _ in 1..<max(1, column) {
            guard index < written.count else { return start }
            index += width(written, index)
        }
        guard index < written.count else { return start }
        return moved(by: index - (start.column - 1))
    }

    private func width(_ written: [Unicode.Scalar], _ index: Int) -> Int {
        if scalar.style == .singleQuoted { return written[index] == "'" ? 2 : 1 }
        guard written[index] == "\\", index + 1 < written.count else { return 1 }
        return switch written[index + 1] {
        case "x": 4
        case "u": 6
        case "U": 10
        default: 2
        }
    }

    /// The first line of a block decides how far all of it is indented.
    private func literalPlace(line: Int, column: Int) -> SourcePosition {
        guard start.line + line <= lineCount else { return start }
        let indentation = sourceLine(start.line + 1).prefix { $0 == " " }.count
        return SourcePosition(file: start.file, line: start.line + line, column: indentation + column)
    }

    /// A folded block is its lines joined by single blanks.
    private func foldedPlace(column: Int) -> SourcePosition {
        var left = column
        var row = start.line + 1
        while row <= lineCount {
            let line = sourceLine(row)
            let indentation = line.prefix { $0 == " " }.count
            let length = line.count - indentation
            if length == 0 { return start }
            if left <= length {
                return SourcePosition(file: start.file, line: row, column: indentation + left)
            }
            left -= length + 1
            row += 1
        }
        return start
    }

    private var lineCount: Int { file.count { $0 == 0x0A } + 1 }

    private func sourceLine(_ number: Int) -> String.UnicodeScalarView {
        let lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return "".unicodeScalars }
        return String(decoding: lines[number - 1], as: UTF8.self).unicodeScalars
    }
}

/// The functions that count working days, bound to a calendar.
struct CalendarFunctions {
    let calendar: WorkingCalendar

    func declare(in environment: inout Environment) {
        let calendar = calendar
        environment.addFunction("workdays", parameters: [.date, .date], result: .int) {
            (values) throws(EvaluationError) -> Value in
            guard values.count == 2, case .date(let from) = values[0], case .date(let to) = values[1] else {
                throw .noSuchOverload("workdays")
            }
            return .int(Int64(calendar.workdays(from: from, to: to)))
        }
        environment.addFunction("addWorkdays", parameters: [.date, .int], result: .date) {
            (values) throws(EvaluationError) -> Value in
            guard values.count == 2, case .date(let date) = values[0], case .int(let count) = values[1] else {
                throw .noSuchOverload("addWorkdays")
            }
            guard count.magnitude <= 40_000, let day = calendar.adding(workdays: Int(count), to: date) else {
                throw .overflow
            }
            return .date(day)
        }
    }
}
