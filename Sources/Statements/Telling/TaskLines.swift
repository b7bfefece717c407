/// Tasks of a plan as JSON lines: one object (RFC 8259) a line, in UTF-8.
///
/// The members, always all of them and in this order: `document`, `number` (as printed, empty without one),
/// `depth` (from 1), `title`, `text` (as it is read, without the sub-items), `path` (the headings above, from
/// the outermost), `responsible`, `deadlines`, `targets` (objects with `name`, `operator`, `value`, `unit`,
/// `scope` and `deadline`, without those of sub-items), `line`, `start` and `end` (offsets in Unicode scalars
/// of the original).
public struct TaskLines: Sendable {
    private let source: SourceText

    /// Prepares to write tasks of a text.
    public init(_ text: ReadText) { source = text.source }

    /// The lines of some of the text's tasks.
    public func lines(_ tasks: some Sequence<PlanTask>) -> [UInt8] {
        var json = JSONBytes()
        for task in tasks { write(task, to: &json) }
        return json.bytes
    }

    private func write(_ task: PlanTask, to json: inout JSONBytes) {
        let place = source.originalRange(task.text)
        let text = task.text.clamped(to: 0..<source.scalars.count)
        json.beginObject()
        json.name("document")
        json.text(source.name)
        json.name("number")
        json.text(task.label)
        json.name("depth")
        json.number(task.depth)
        json.name("title")
        json.text(task.title)
        json.name("text")
        json.text(source.scalars[text])
        json.name("path")
        json.texts(task.path)
        json.name("responsible")
        json.texts(task.responsible)
        json.name("deadlines")
        json.texts(task.deadlines)
        json.name("targets")
        json.beginArray()
        for target in task.targets { write(target, to: &json) }
        json.endArray()
        json.name("line")
        json.number(source.line(at: task.text.lowerBound))
        json.name("start")
        json.number(place.lowerBound)
        json.name("end")
        json.number(place.upperBound)
        json.endObject()
        json.endLine()
    }

    private func write(_ target: PlanTarget, to json: inout JSONBytes) {
        json.beginObject()
        json.name("name")
        json.text(target.name)
        json.name("operator")
        json.text(target.comparison.rawValue)
        json.name("value")
        json.text(target.plainValue)
        json.name("unit")
        json.text(target.unit)
        json.name("scope")
        json.text(target.scope)
        json.name("deadline")
        json.text(target.deadline)
        json.endObject()
    }
}
