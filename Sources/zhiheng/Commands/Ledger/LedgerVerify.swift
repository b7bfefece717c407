import ArgumentParser
import Foundation
import Ledger
import Office
import Presentation
import Records
import Rulebooks

/// Checks a proof, or a checkpoint, with nothing but a key.
struct LedgerVerify: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核验证明或检查点，不需要数据库 · Check a proof or checkpoint, without a database",
        discussion: "公钥可写文本或文件名；不写时取本资料目录的公钥。· "
            + "The key is given as text or as a file; without it the key of the data folder is used.\n\n"
            + "--code 核验文书上的二维码内容；另给证明文件，则一并核对条目。· "
            + "--code checks what the code on a paper holds; with a proof file its entry is compared too.")

    @Argument(help: ArgumentHelp("证明或检查点文件 · Proof or checkpoint", valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp("文书二维码的内容 · What the code on a paper holds", valueName: "text"))
    var code: String?
    @Option(
        help: ArgumentHelp("文书中文文本文件，与 --text-english 一并核对 · The paper's Chinese text", valueName: "file"))
    var text: String?
    @Option(help: ArgumentHelp("文书英文文本文件 · The paper's English text", valueName: "file"))
    var textEnglish: String?
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp("公钥或其文件，可多次给出 · Public key or its file", valueName: "key|file"))
    var keys: [String] = []
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard file != nil || code != nil else {
            throw ValidationError("请给出文件或 --code · Give a file, or --code")
        }
        guard (text == nil) == (textEnglish == nil), text == nil || code != nil else {
            throw ValidationError(
                "--text 和 --text-english 须与 --code 一并给出 · --text and --text-english go together, with --code")
        }
    }

    func perform(in session: Session) throws {
        let trusted = try trustedKeys(session)
        if let code {
            guard try verifyCode(code, trusted, session.console) else {
                throw ExitCode(CommandFailure.Exit.refused.rawValue)
            }
            return
        }
        guard let file else { return }
        let bytes = try OutputFile.read(file)
        let isNote = !bytes.starts(with: Array("c2sp.org/tlog-proof".utf8))
        let isValid =
            isNote
            ? try verifyCheckpoint(bytes, trusted, session.console)
            : try verifyProof(bytes, trusted, session.console)
        if !isValid { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func trustedKeys(_ session: Session) throws -> [VerifierKey] {
        guard !keys.isEmpty else {
            guard let key = try? session.workspace.keys.verifierKey() else {
                throw CommandFailure(
                    .usage, "请用 --key 给出公布的公钥（文本或文件）。",
                    "Give the published key, as text or as a file, with --key.")
            }
            return [key]
        }
        return try keys.map { text in
            if let key = try? VerifierKey(text: text) { return key }
            let content = String(decoding: try OutputFile.read(text), as: UTF8.self)
            return try VerifierKey(text: content.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    private func verifyCheckpoint(_ bytes: [UInt8], _ keys: [VerifierKey], _ console: Console) throws -> Bool
    {
        let note = try SignedNote(String(decoding: bytes, as: UTF8.self))
        show(try Checkpoint(opening: note, trusting: keys), console)
        return true
    }

    private func verifyProof(_ bytes: [UInt8], _ keys: [VerifierKey], _ console: Console) throws -> Bool {
        let bundle = try ProofBundle(bytes: bytes)
        let report = bundle.verify(trusting: keys)
        console.line(
            report.isValid
                ? console.text("证明成立", "The proof holds") : console.text("证明不成立", "The proof does not hold"),
            report.isValid ? .good : .danger)
        for step in report.steps {
            let text = console.text(step.check.chinese, step.check.english)
            switch step.outcome {
            case .passed: console.line("  " + console.terminal.painted("✓", .good) + " " + text)
            case .notReached: console.line("  " + console.terminal.painted("–", .muted) + " " + text)
            case .failed(let problem):
                console.line("  " + console.terminal.painted("✗", .danger) + " " + text)
                console.paragraph(
                    "\(problem.code) "
                        + console.text(step.chinese ?? problem.chinese, step.english ?? problem.english),
                    indent: 4, .danger)
            }
        }
        guard report.isValid else { return false }
        console.line()
        if let leaf = report.leaf { show(leaf, bundle, console) }
        if let row = bundle.row {
            console.line()
            show(row, of: report.leaf, console)
        }
        if let checkpoint = report.checkpoint {
            console.line()
            show(checkpoint, console)
        }
        return true
    }

    private func verifyCode(_ text: String, _ keys: [VerifierKey], _ console: Console) throws -> Bool {
        let code = try DocumentCode(text: text.trimmingCharacters(in: .whitespacesAndNewlines))
        let leaf = try file.map { try ProofBundle(bytes: try OutputFile.read($0)).leaf }
        let report = code.verify(trusting: keys, leaf: leaf, textDigest: try textDigest())
        console.line(
            report.isValid
                ? console.text("文书验证码成立", "The code of the document holds")
                : console.text("文书验证码不成立", "The code of the document does not hold"),
            report.isValid ? .good : .danger)
        for step in report.steps {
            show(step.outcome, console.text(step.check.chinese, step.check.english), console)
        }
        if report.isValid, !report.isIncluded {
            console.paragraph(
                console.text(
                    "验证码放不下完整证明，是否在日志中请打开其网址，或向制发单位索取证明文件。",
                    "The code has no room for the whole proof; open its address, or ask for the proof file."),
                indent: 4, .muted)
        }
        guard report.isValid else { return false }
        console.line()
        var facts = FactBlock()
        facts.add(console.text("文号", "Number"), code.number)
        facts.add(console.text("文本摘要", "Digest of the text"), code.digest.hexadecimal)
        facts.add(console.text("日志", "Ledger"), report.origin ?? "")
        facts.add(console.text("条目", "Entry"), "\(code.index)")
        facts.add(console.text("检查点条数", "Entries in the checkpoint"), "\(code.size)")
        console.facts(facts)
        return true
    }

    private func textDigest() throws -> Hash? {
        guard let text, let textEnglish else { return nil }
        return try Hash(
            hexadecimal: Digest.hexadecimal(
                of: try OutputFile.read(text) + [0] + (try OutputFile.read(textEnglish))))
    }

    private func show(_ outcome: ProofReport.Outcome, _ text: String, _ console: Console) {
        switch outcome {
        case .passed: console.line("  " + console.terminal.painted("✓", .good) + " " + text)
        case .notReached: console.line("  " + console.terminal.painted("–", .muted) + " " + text)
        case .failed(let problem):
            console.line("  " + console.terminal.painted("✗", .danger) + " " + text)
            console.paragraph(
                "\(problem.code) " + console.text(problem.chinese, problem.english), indent: 4, .danger)
        }
    }

    private func show(_ checkpoint: Checkpoint, _ console: Console) {
        console.line(console.text("检查点", "Checkpoint"), .strong)
        var facts = FactBlock()
        facts.add(console.text("日志", "Ledger"), checkpoint.origin)
        facts.add(console.text("条数", "Entries"), "\(checkpoint.size)")
        facts.add(console.text("根哈希", "Root"), checkpoint.root.base64)
        console.facts(facts)
    }

    private func show(_ leaf: CanonicalJSON, _ bundle: ProofBundle, _ console: Console) {
        console.line(console.text("第 \(bundle.index) 条日志", "Entry \(bundle.index)"), .strong)
        var facts = FactBlock()
        for name in ["number", "kind", "action", "actor", "role", "at", "behalf", "reason"] {
            if let text = leaf[name]?.text { facts.add(Self.name(name, console), text) }
        }
        if case .object(let members)? = leaf["changes"] {
            for (name, value) in members where name != "@clocks" {
                let isHidden = Commitment(json: value) != nil
                if isHidden, bundle.openings.contains(where: { $0.field == name }) { continue }
                let hidden = console.text("（个人信息，未公开）", "(personal, not shown)")
                facts.add(
                    name, isHidden ? hidden : value.text ?? value.canonicalText, isHidden ? .muted : nil)
            }
        }
        for opening in bundle.openings {
            facts.add(
                opening.field,
                (opening.value.text ?? opening.value.canonicalText) + console.text("（已公开）", " (shown)"),
                .accent)
        }
        console.facts(facts)
    }

    /// The first six cells by the names the format gives them, the others by the field each begins with.
    private func show(_ row: RowOpening, of leaf: CanonicalJSON?, _ console: Console) {
        let rows = leaf?["rows"]?.canonicalText ?? ""
        let file = leaf?["file"]?.text ?? ""
        console.line(
            console.text(
                "\(file) 导入的第 \(row.index) 行（从 0 起，共 \(rows) 行）",
                "Row \(row.index) of the import of \(file) (from 0, \(rows) rows)"), .strong)
        let names = [
            console.text("编号", "Number"), console.text("地区", "Region"),
            console.text("责任单位", "Responsible party"), console.text("状态", "State"),
            console.text("公开", "Public"), console.text("时限", "Clocks"),
        ]
        var facts = FactBlock()
        for (place, cell) in row.cells.enumerated() where !cell.isEmpty {
            if place < names.count {
                facts.add(names[place], cell)
            } else if let equals = cell.firstIndex(of: "="), equals > cell.startIndex {
                facts.add(String(cell[..<equals]), String(cell[cell.index(after: equals)...]))
            } else {
                facts.add(console.text("第 \(place + 1) 格", "Cell \(place + 1)"), cell)
            }
        }
        console.facts(facts)
    }

    private static func name(_ member: String, _ console: Console) -> String {
        switch member {
        case "number": console.text("编号", "Number")
        case "kind": console.text("类别", "Kind")
        case "action": console.text("动作", "Action")
        case "actor": console.text("办理人", "Actor")
        case "role": console.text("角色", "Role")
        case "at": console.text("时刻", "At")
        case "behalf": console.text("代表单位", "On behalf of")
        default: console.text("理由", "Reason")
        }
    }
}
