import Figures
import Office
import Rulebooks

/// Courses by month: a chart and the table of its figures.
struct FigureCourse {
    let name: String
    let isEarlier: Bool
    /// One for each month.
    let figures: [SubjectFigure]

    /// What `part/course` names: `chart` where there is something to draw, and always the table.
    static func values(
        _ courses: [FigureCourse], id: String, title: String, months: ClosedRange<MonthIndex>,
        _ words: FigureWords, isWide: Bool = false
    ) -> [String: Any] {
        let names = months.map(words.wholeMonth)
        let chart = LineChart(
            id: id, title: title,
            description: courses.map(\.name).joined(separator: words.language == .zh ? "、" : ", "),
            labels: words.months(months),
            lines: courses.map { course in
                LineChart.Line(
                    name: course.name, values: course.figures.map { $0.value?.approximate },
                    readings: zip(names, course.figures).map { name, figure in
                        "\(name) \(course.name) \(words.amount(figure.value, like: figure))"
                    }, isEarlier: course.isEarlier)
            }, isWide: isWide)
        var values: [String: Any] = [
            "id": id, "caption": title, "columns": courses.map { ["label": $0.name] },
            "rows": months.enumerated().map { index, _ in
                [
                    "label": names[index],
                    "cells": courses.map { course in
                        [
                            "text": course.figures.indices.contains(index)
                                ? words.number(course.figures[index]) : "—"
                        ]
                    },
                ] as [String: Any]
            },
        ]
        values["chart"] = chart.values()
        values["isDrawn"] = values["chart"] != nil
        return values
    }
}

/// Figures of items or regions below each other, each with a bar: the chart is the table.
struct BarTable {
    struct Row {
        let label: String
        let href: String?
        let figure: SubjectFigure
        let share: Rational?
        let place: Int?
    }

    let rows: [Row]
    let total: SubjectFigure?
    let comparison: Comparison
    let better: Better?
    let showsShare: Bool
    /// Rows left out after so many, and what stands in their place.
    var gap: (after: Int, text: String)?

    /// What `part/bars` names.
    func values(_ words: FigureWords, caption: String, heading: String) -> [String: Any] {
        let amounts = rows.flatMap { [$0.figure.value, $0.figure.previous] }.compactMap { $0 }
        let largest = amounts.map { $0.magnitude.approximate }.max() ?? 0
        let showsPlace = rows.contains { $0.place != nil }
        let isCompared = comparison != .none && rows.contains { $0.figure.isCompared }
        var values: [String: Any] = [
            "caption": caption, "keyHeading": heading, "showsPlace": showsPlace, "isCompared": isCompared,
            "showsShare": showsShare, "hasRows": rows.contains { $0.figure.value != nil },
            "isZero": rows.allSatisfy { $0.figure.value?.isZero ?? true },
            "valueHeading": words.renderer.text("column_amount", words.language)
                + (rows.first?.figure.unit.map { words.bracketed($0.text(words.language)) } ?? ""),
            "beforeHeading": words.renderer.text(
                comparison == .previous ? "column_before" : "column_year_before", words.language),
            "rows": rows.enumerated().map { index, row in
                var values = self.values(of: row, words, largest, isCompared)
                values["gap"] = gap.flatMap { $0.after == index ? $0.text : nil }
                return values
            },
        ]
        if let total {
            var row = self.values(
                of: Row(label: "", href: nil, figure: total, share: nil, place: nil), words, 0, isCompared)
            row["label"] = words.renderer.text(
                total.unit?.zh == "%" ? "row_overall" : "row_total", words.language)
            values["total"] = row
        }
        return values
    }

    private func values(
        of row: Row, _ words: FigureWords, _ largest: Double, _ isCompared: Bool
    ) -> [String: Any] {
        func width(_ value: Rational?) -> String {
            guard let value, largest > 0 else { return "0" }
            return LineChart.text(value.magnitude.approximate / largest * 100)
        }
        var values: [String: Any] = [
            "label": row.label, "linked": row.href != nil, "href": row.href ?? "",
            "value": words.number(row.figure), "bar": width(row.figure.value),
            "hasBefore": isCompared, "beforeBar": width(row.figure.previous),
            "before": words.number(row.figure.previous, places: row.figure.places),
            "change": words.changeCell(row.figure), "share": row.share?.percentText() ?? "—",
            "place": row.place.map { String($0) } ?? "—",
        ]
        values["note"] = words.undetermined(row.figure)
        return values
    }
}

/// Regions by month: figures in a table whose cells are the darker the more there is.
struct HeatTable {
    struct Row {
        let label: String
        let href: String?
        let figures: [SubjectFigure]
        let whole: SubjectFigure
    }

    let rows: [Row]
    let months: [MonthIndex]
    let total: [SubjectFigure]
    let whole: SubjectFigure

    /// The steps of darkness beside none.
    private static let steps = 5

    /// What `part/heat` names.
    func values(_ words: FigureWords, caption: String, heading: String) -> [String: Any] {
        let largest = rows.flatMap(\.figures).compactMap { $0.value?.approximate }.max() ?? 0
        func cell(_ figure: SubjectFigure) -> [String: Any] {
            let amount = figure.value?.approximate ?? 0
            let step =
                amount > 0 && largest > 0
                ? min(Self.steps, max(1, Int((amount / largest * Double(Self.steps)).rounded(.up)))) : 0
            return ["text": words.number(figure), "step": String(step)]
        }
        let unit = whole.unit?.text(words.language)
        var values: [String: Any] = [
            "caption": caption, "keyHeading": heading,
            "hasRows": rows.contains {
                !$0.whole.isEmpty && $0.figures.contains { $0.value.map { !$0.isZero } ?? false }
            },
            "months": months.map { month in
                [
                    "label": words.month(month, isFirst: month == months.first),
                    "whole": words.wholeMonth(month),
                ]
            },
            "rows": rows.map { row in
                [
                    "label": row.label, "linked": row.href != nil, "href": row.href ?? "",
                    "cells": row.figures.map(cell), "whole": words.number(row.whole),
                ] as [String: Any]
            },
            "total": total.map { ["text": words.number($0)] }, "hasTotal": !total.isEmpty,
            "whole": words.number(whole),
            "totalLabel": words.renderer.text(unit == "%" ? "row_overall" : "row_total", words.language),
        ]
        if let unit { values["unit"] = words.renderer.text("unit_is", ["unit": unit], words.language) }
        return values
    }
}

extension FigureWords {
    /// A unit after the heading of a column.
    func bracketed(_ unit: String) -> String { language == .zh ? "（\(unit)）" : " (\(unit))" }
}
