import Rulebooks

/// A picture of courses by month, drawn by the server as SVG: it needs no script, prints, and is read aloud
/// by its title.
///
/// Lines are told apart by colour, by how they are dashed and by the shape of their points, so that a print
/// in grey says the same. Numbers become places in the picture here and nowhere else.
struct LineChart {
    struct Line {
        let name: String
        /// One for each label; nil where there is none, which leaves a gap.
        let values: [Double?]
        /// What a point says when it is pointed at.
        let readings: [String]
        /// Whether it is what another line is compared with.
        var isEarlier = false
    }

    let id: String
    let title: String
    let description: String
    let labels: [String]
    let lines: [Line]
    /// Whether it has the page to itself.
    var isWide = false

    private static let (width, height) = (640.0, 244.0)
    private static let (left, right, top, bottom) = (56.0, 22.0, 14.0, 40.0)

    /// What `part/lines` names; nil where there is nothing to draw a line between, and where every point is
    /// zero.
    func values() -> [String: Any]? {
        let all = lines.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
        guard labels.count > 1, all.contains(where: { $0 != 0 }) else { return nil }
        let scale = Scale(lowest: min(0, all.min() ?? 0), highest: max(0, all.max() ?? 0))
        let step = max(1, (labels.count + 11) / 12)
        return [
            "id": id, "title": title, "description": description, "isWide": isWide,
            "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))",
            "left": Self.text(Self.left), "right": Self.text(Self.width - Self.right),
            "axisX": Self.text(Self.left - 8), "labelY": Self.text(Self.height - 8),
            "grid": scale.marks.map { mark in
                [
                    "y": Self.text(y(mark, scale)), "label": FigureWords.grouped(scale.text(mark)),
                    "zero": mark == 0,
                ]
                    as [String: Any]
            },
            "ticks": labels.indices.filter { $0 % step == 0 }.map { index in
                ["x": Self.text(x(index)), "label": labels[index], "minor": (index / step) % 3 != 0]
                    as [String: Any]
            },
            "lines": lines.indices.map { line($0, scale) },
        ]
    }

    private func line(_ index: Int, _ scale: Scale) -> [String: Any] {
        let line = lines[index]
        let style = line.isEarlier ? "earlier" : String(lines[..<index].count { !$0.isEarlier } + 1)
        var path = ""
        var isDrawing = false
        var points: [[String: Any]] = []
        for (position, value) in line.values.enumerated() {
            guard let value, value.isFinite else {
                isDrawing = false
                continue
            }
            let (x, y) = (x(position), y(value, scale))
            path += "\(isDrawing ? "L" : "M")\(Self.text(x)) \(Self.text(y))"
            isDrawing = true
            let reading = line.readings.indices.contains(position) ? line.readings[position] : ""
            points.append([
                "x": Self.text(x), "y": Self.text(y), "left": Self.text(x - 3.5), "top": Self.text(y - 3.5),
                "reading": reading, "square": style == "2", "round": style != "2",
            ])
        }
        // Many points would hide the line between them.
        return [
            "name": line.name, "style": style, "path": path, "points": points, "marked": labels.count <= 36,
        ]
    }

    private func x(_ index: Int) -> Double {
        let span = Self.width - Self.left - Self.right
        return Self.left + span * Double(index) / Double(max(1, labels.count - 1))
    }

    private func y(_ value: Double, _ scale: Scale) -> Double {
        let span = Self.height - Self.top - Self.bottom
        return Self.top + span * (scale.top - value) / max(scale.top - scale.bottom, .leastNormalMagnitude)
    }

    /// A place to a tenth of a unit.
    static func text(_ place: Double) -> String {
        let tenths = (place * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "0" }
        let whole = Int(tenths)
        let sign = whole < 0 ? "-" : ""
        return "\(sign)\(whole.magnitude / 10).\(whole.magnitude % 10)"
    }

    /// The marks of an axis: round numbers from the lowest value to the highest.
    struct Scale {
        let marks: [Double]
        private let places: Int

        var bottom: Double { marks.first ?? 0 }
        var top: Double { marks.last ?? 1 }

        init(lowest: Double, highest: Double) {
            let span = max(highest - lowest, 1e-9)
            var step = 1.0
            while step * 4 < span { step *= 10 }
            while step > span / 4, step > 1e-9 { step /= 10 }
            for factor in [1.0, 2, 2.5, 5, 10] where step * factor * 4 >= span {
                step *= factor
                break
            }
            // Counts have nothing between whole numbers.
            if highest == highest.rounded(), lowest == lowest.rounded(), step < 1 { step = 1 }
            var marks: [Double] = []
            var mark = (lowest / step).rounded(.down)
            while mark * step < highest || marks.count < 2, marks.count < 12 {
                marks.append(mark * step)
                mark += 1
            }
            if let last = marks.last, last < highest { marks.append(mark * step) }
            self.marks = marks
            var places = 0
            var scaled = step
            while places < 6, abs(scaled - scaled.rounded()) > 1e-6 {
                scaled *= 10
                places += 1
            }
            self.places = places
        }

        func text(_ mark: Double) -> String {
            var factor = 1.0
            for _ in 0..<places { factor *= 10 }
            guard abs(mark * factor) < 1e18 else { return mark < 0 ? "−∞" : "∞" }
            let digits = String(Int((mark * factor).rounded()).magnitude)
            let sign = (mark * factor).rounded() < 0 ? "-" : ""
            guard places > 0 else { return sign + digits }
            let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
            return sign + padded.dropLast(places) + "." + padded.suffix(places)
        }
    }
}
