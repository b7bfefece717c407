/// Targets as a YAML document: for a person to read, to correct, and to keep beside a rulebook.
///
/// `document` names the text; `targets` lists the targets with the fields of ``PlanTargetLines`` but the offsets.
/// Fields that the plan leaves open are left out. A value is a number where it is one, so that a reader
/// compares it as such; everything else is text.
public struct PlanTargetDocument: Sendable {
    /// Makes a rendering; it keeps nothing.
    public init() {}

    /// The document, ending in a line feed.
    public func text(of targets: [PlanTarget], in text: ReadText) -> String {
        var lines = ["document: " + PlanQuoting.yaml(text.source.name)]
        lines.append(targets.isEmpty ? "targets: []" : "targets:")
        for target in targets { lines += entry(target, in: text) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func entry(_ target: PlanTarget, in text: ReadText) -> [String] {
        var fields = ["name: " + PlanQuoting.yaml(target.name)]
        fields.append("operator: " + PlanQuoting.json(target.comparison.rawValue))
        fields.append("value: " + (TargetAmount.decimal(target.value) ?? PlanQuoting.yaml(target.valueText)))
        if let upper = target.upper.flatMap({ TargetAmount.decimal($0) }) { fields.append("upper: " + upper) }
        if !target.unit.isEmpty { fields.append("unit: " + PlanQuoting.yaml(target.unit)) }
        if let scope = target.scope { fields.append("scope: " + PlanQuoting.yaml(scope)) }
        if let deadline = target.deadline { fields.append("deadline: " + PlanQuoting.yaml(deadline)) }
        if !target.path.isEmpty {
            fields.append("path:")
            fields += target.path.map { "  - " + PlanQuoting.yaml($0) }
        }
        fields.append("sentence: " + PlanQuoting.yaml(text.sentence(of: target)))
        fields.append("line: \(text.source.line(at: target.range.lowerBound))")
        return fields.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }
}
