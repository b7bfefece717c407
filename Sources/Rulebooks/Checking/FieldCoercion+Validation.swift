import Expressions

extension FieldCoercion {
    /// What keeps a value from standing in a field; see the static function of this name.
    ///
    /// `.null` fits every field: whether a field is required is a matter of the record.
    public func validate(_ value: Value, for field: Field, on date: CivilDate?) -> [FieldProblem] {
        switch (field.type, value) {
        case (_, .null), (.boolean, .bool), (.date, .date), (.moment, .timestamp): []
        case (.reference, .string), (.reference, .int), (.reference, .object): []
        case (.text(let limits), .string(let text)): checkText(text, limits, field)
        case (.integer(let min, let max), .int(let number)):
            checkRange(
                ExactDecimal(unscaled: number, scale: 0), min.map { ExactDecimal(unscaled: $0, scale: 0) },
                max.map { ExactDecimal(unscaled: $0, scale: 0) }, places: 0, field)
        case (.decimal(let places, let min, let max), .decimal(let number)):
            checkRange(number, min, max, places: places, field)
        case (.money(let min, let max), .decimal(let number)):
            checkRange(
                number, min.map { ExactDecimal(unscaled: $0, scale: 2) },
                max.map { ExactDecimal(unscaled: $0, scale: 2) }, places: 2, field)
        case (.code(let list), .string(let id)):
            codeLists[list]?.item(id, on: date) == nil ? [unknownCode(id, field, date)] : []
        case (.region(let level), .string(let code)): checkRegion(code, level, field)
        case (.party, .string(let code)): checkParty(code, field)
        case (.person, .string(let number)): checkPerson(number, field)
        case (.geo, .string(let text)): checkPlace(text, field)
        case (.files(_, let max), .list(let digests)): checkFiles(digests, max, field)
        case (.table(let columns, let max), .list(let rows)): checkTable(rows, columns, max, field, date)
        default: [.wrongForm(field, "\(value.type)")]
        }
    }

    private func checkText(_ text: String, _ limits: TextLimits, _ field: Field) -> [FieldProblem] {
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            if scalar == "\n" || scalar == "\r" || scalar == "\t" { return limits.multiline }
            return scalar.value >= 0x20 && scalar.value != 0x7F
        }
        guard isClean else {
            return [
                field.problem(
                    .badCharacters, text, zh: "含有换行或控制字符", en: "has line breaks or control characters")
            ]
        }
        let length = text.count
        if let minimum = limits.minimum, length < minimum {
            return [
                field.problem(
                    .badLength, text, zh: "少于 \(minimum) 个字", en: "has fewer than \(minimum) characters")
            ]
        }
        let maximum = limits.maximum ?? Self.maximumCharacters
        if length > maximum {
            return [
                field.problem(
                    .badLength, text, zh: "超过 \(maximum) 个字", en: "has more than \(maximum) characters")
            ]
        }
        if let matcher = limits.matcher, !matcher.matches(text) {
            return [field.problem(.badPattern, text, zh: "格式不符", en: "does not have the form asked for")]
        }
        if limits.namesRole, roles[text] == nil {
            return [
                field.problem(
                    .unknownCode, text, zh: "规则书中没有这个角色", en: "is no role of the rulebook")
            ]
        }
        return []
    }

    /// The most characters of a text field that sets no limit of its own.
    public static let maximumCharacters = 20_000

    private func checkRange(
        _ number: ExactDecimal, _ minimum: ExactDecimal?, _ maximum: ExactDecimal?, places: Int,
        _ field: Field
    ) -> [FieldProblem] {
        let text = number.description
        guard number.rescaled(to: UInt8(clamping: places)) != nil else {
            return [field.tooManyPlaces(text, places)]
        }
        if let minimum, number < minimum {
            return [field.problem(.outOfRange, text, zh: "小于 \(minimum)", en: "is less than \(minimum)")]
        }
        if let maximum, number > maximum {
            return [field.problem(.outOfRange, text, zh: "大于 \(maximum)", en: "is greater than \(maximum)")]
        }
        return []
    }

    private func checkRegion(_ code: String, _ level: String?, _ field: Field) -> [FieldProblem] {
        guard !regions.isEmpty else {
            return regions.paddedNumber(code) == nil ? [unknownRegion(code, field)] : []
        }
        guard let region = regions.region(code) else { return [unknownRegion(code, field)] }
        if let level, !regions.isLevel(region.level, atLeast: level) {
            let name = regions.levels.first { $0.id == level }?.name ?? Bilingual(zh: level, en: level)
            return [
                field.problem(
                    .regionTooCoarse, region.name.zh, zh: "须精确到\(name.zh)", en: "is coarser than \(name.en)")
            ]
        }
        return []
    }

    private func unknownRegion(_ code: String, _ field: Field) -> FieldProblem {
        field.problem(.unknownRegion, code, zh: "不是区划代码", en: "is no code of a region")
    }

    private func checkParty(_ code: String, _ field: Field) -> [FieldProblem] {
        if CreditCode.isWellFormed(code) { return [] }
        return [
            field.problem(
                .notACreditCode, code, zh: "不是 18 位统一社会信用代码",
                en: "is no unified social credit code of 18 characters")
        ]
    }

    private func checkPerson(_ number: String, _ field: Field) -> [FieldProblem] {
        guard IdentityNumber.isWellFormed(number) else {
            return [
                field.problem(
                    .notAnIdentityNumber, number, zh: "不是 18 位公民身份号码",
                    en: "is no identity number of 18 characters")
            ]
        }
        guard IdentityNumber.hasRightCheckDigit(number) else {
            return [
                field.problem(
                    .identityCheckDigit, number, zh: "的校验码不符", en: "has a check digit that does not agree")
            ]
        }
        return []
    }

    private func checkPlace(_ text: String, _ field: Field) -> [FieldProblem] {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { ExactDecimal($0) }
        guard numbers.count == 2, let longitude = numbers[0]?.doubleValue,
            let latitude = numbers[1]?.doubleValue,
            longitude >= -180, longitude <= 180, latitude >= -90, latitude <= 90
        else { return [field.notAPlace(text)] }
        return []
    }

    private func checkFiles(_ digests: [Value], _ maximum: Int, _ field: Field) -> [FieldProblem] {
        guard digests.count <= maximum else {
            return [
                field.problem(
                    .tooMany, String(digests.count), zh: "个文件，最多 \(maximum) 个",
                    en: "files; at most \(maximum)")
            ]
        }
        for digest in digests {
            guard case .string(let text) = digest, TextForms.isDigest(text) else {
                return [
                    field.problem(.notFiles, "\(digest)", zh: "不是文件的 SHA-256", en: "is no SHA-256 of a file")
                ]
            }
        }
        return []
    }

    private func checkTable(
        _ rows: [Value], _ columns: [Field], _ maximum: Int, _ field: Field, _ date: CivilDate?
    ) -> [FieldProblem] {
        guard rows.count <= maximum else {
            return [
                field.problem(
                    .tooMany, String(rows.count), zh: "行，最多 \(maximum) 行", en: "rows; at most \(maximum)")
            ]
        }
        return rows.enumerated().flatMap { index, row -> [FieldProblem] in
            guard case .map(let map) = row else { return [.wrongForm(field, "\(row.type)")] }
            var problems = map.keys.compactMap { key -> FieldProblem? in
                guard case .string(let name) = key, columns.contains(where: { $0.id == name }) else {
                    return field.problem(
                        .unknownColumn, "\(key)", zh: "不是表格的列", en: "is no column of the table")
                }
                return nil
            }
            for column in columns {
                let value = map[.string(column.id)] ?? .null
                if value.isNull, column.required {
                    problems.append(
                        FieldProblem(
                            code: .missingColumn, field: "\(field.id).\(column.id)",
                            message: Bilingual(
                                zh: "“\(field.name.zh)”第 \(index + 1) 行缺少“\(column.name.zh)”",
                                en: "Row \(index + 1) of \(field.name.en) lacks \(column.name.en)"), value: ""
                        ))
                }
                problems += validate(value, for: column, on: date)
            }
            return problems
        }
    }
}
