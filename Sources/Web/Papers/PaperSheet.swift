import Ledger
import Office
import Records
import Rulebooks
import Storage

/// All that stands on a paper.
struct PaperSheet: Sendable {
    /// The code, drawn.
    struct Code: Sendable {
        let code: DocumentCode
        /// What the picture holds.
        let content: String
        let qr: QRCode
    }

    /// Why there is no code.
    enum Unproven: Sendable {
        /// No checkpoint covers the issue, and none can be signed here.
        case pending
        /// The ledger has no entry that issued this text.
        case altered
    }

    let document: DocumentSheet
    let number: String
    let isVoided: Bool
    let code: Code?
    let unproven: Unproven?
    let verifyAddress: String?
    let digest: String
    /// Who issues it, for the foot of the last page.
    let region: String

    /// The width of the code on paper, in millimetres: a third of a millimetre for each module at least.
    static func millimetres(of qr: QRCode) -> Int { max(26, (qr.sideWithMargin * 35 + 99) / 100) }
}

extension PaperPress {
    /// Sets a document, with its code where one can be had.
    func sheet(_ paper: IssuedPaper, _ language: Language) throws -> PaperSheet {
        let (document, record) = (paper.document, paper.found.record)
        let template = office.rulebook.documents[document.document]
        let day = DocumentWriter.day(office.time.day(of: document.issuedAt), language)
        let text = language == .zh ? document.text : document.textEnglish
        var code: PaperSheet.Code?
        var unproven: PaperSheet.Unproven?
        let isOnRecord = try office.store.read { try DocumentProof(office).holds(document, reader: $0) }
        if !isOnRecord {
            unproven = .altered
        } else if let key = settings.key, let signed = try DocumentCodes(office, key: key).code(of: document)
        {
            code = drawn(signed)
        }
        if code == nil, unproven == nil { unproven = .pending }
        return PaperSheet(
            document: DocumentSheet(
                text, name: template?.name.text(language) ?? document.document, number: document.number,
                date: day, language: language),
            number: document.number, isVoided: record.voided, code: code, unproven: unproven,
            verifyAddress: settings.publicAddress.map { $0 + "/verify" },
            digest: try DocumentProof.digest(of: document).hexadecimal,
            region: office.rulebook.regions.fullName(record.region)?.text(language) ?? record.region)
    }

    /// The code as a picture that telephones read: with the whole proof where it has room, else without its hashes.
    private func drawn(_ code: DocumentCode) -> PaperSheet.Code? {
        let address = (settings.publicAddress ?? "") + "/verify?"
        for candidate in [code, code.shortened] {
            let content = address + candidate.text
            if let qr = QRCode(content), qr.version <= QRCode.readableVersion {
                return PaperSheet.Code(code: candidate, content: content, qr: qr)
            }
        }
        return nil
    }
}

extension PaperSheet {
    /// What the templates of papers name.
    func values(_ renderer: PageRenderer, _ language: Language) -> [String: Any] {
        var values: [String: Any] = [
            "title": "\(number) \(document.heading)", "number": number, "heading": document.heading,
            "blocks": document.blocks.map(\.values), "date": document.date, "isVoided": isVoided,
            "isEnglish": language == .en, "proof": proof(renderer, language),
        ]
        values["addressee"] = document.addressee
        if let agency = document.agency {
            let width = agency.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
            values["letterhead"] = [
                "agency": agency, "size": width <= 24 ? "large" : width <= 36 ? "middle" : "small",
            ]
            values["signature"] = agency
            values["issuer"] = ["name": agency, "on": document.date]
        }
        return values
    }

    private func proof(_ renderer: PageRenderer, _ language: Language) -> [String: Any] {
        var proof: [String: Any] = ["digest": Self.grouped(digest)]
        let key: String
        switch (code, unproven) {
        case (let code?, _):
            key = verifyAddress == nil ? "paper_scan" : "paper_scan_or_visit"
            let side = code.qr.sideWithMargin
            proof["qr"] = [
                "side": String(side), "path": code.qr.svgPath, "width": "\(Self.millimetres(of: code.qr))mm",
            ]
            let (index, size) = (String(code.code.index), String(code.code.size))
            proof["entry"] = renderer.text("paper_entry", ["index": index, "size": size], language)
        case (nil, .altered?): key = "paper_altered"
        default: key = "paper_pending"
        }
        proof["isAltered"] = code == nil && key == "paper_altered"
        proof["text"] = renderer.text(key, ["address": verifyAddress ?? ""], language)
        return proof
    }

    /// Hexadecimal digits in groups that an eye can compare.
    static func grouped(_ digest: String) -> String {
        var groups: [Substring] = []
        var rest = digest[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(8))
            rest = rest.dropFirst(8)
        }
        return groups.joined(separator: " ")
    }
}

extension DocumentSheet.Block {
    /// As a template names it.
    var values: [String: Any] {
        switch self {
        case .heading(let text): ["heading": text]
        case .paragraph(let text): ["paragraph": text]
        case .line(let text): ["line": text]
        case .item(let text): ["item": text]
        }
    }
}
