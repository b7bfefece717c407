extension LedgerProblem: CustomStringConvertible {
    /// A stable code, unique among the ledger's problems; codes are never given a second meaning.
    public var code: String {
        switch self {
        case .malformedText: "LEDGER-0101"
        case .malformedJSON: "LEDGER-0102"
        case .notCanonical: "LEDGER-0103"
        case .outsideTree: "LEDGER-0201"
        case .sizesReversed: "LEDGER-0202"
        case .proofLength: "LEDGER-0203"
        case .notIncluded: "LEDGER-0204"
        case .notConsistent: "LEDGER-0205"
        case .malformedTile: "LEDGER-0301"
        case .tileTooShort: "LEDGER-0302"
        case .leafTooLong: "LEDGER-0303"
        case .malformedEntryBundle: "LEDGER-0304"
        case .malformedNote: "LEDGER-0401"
        case .badSignature: "LEDGER-0402"
        case .noTrustedSignature: "LEDGER-0403"
        case .originMismatch: "LEDGER-0404"
        case .malformedKey: "LEDGER-0405"
        case .malformedBundle: "LEDGER-0501"
        case .notCommitted: "LEDGER-0502"
        case .wrongOpening: "LEDGER-0503"
        case .malformedCode: "LEDGER-0601"
        case .otherDocument: "LEDGER-0602"
        }
    }

    /// The problem in English: what is wrong and what to do.
    public var english: String {
        switch self {
        case .malformedText(let item):
            "The \(item.english) is not written correctly; copy it again from its source."
        case .malformedJSON(let offset, let reason):
            "The JSON is not acceptable at byte \(offset): \(reason.english)."
        case .notCanonical:
            "The JSON is not in canonical form (RFC 8785); its bytes were changed after they were recorded."
        case .outsideTree(let index, let size):
            "There is no entry \(index) in a ledger of \(size) entries; check index and checkpoint."
        case .sizesReversed(let old, let new):
            "The older checkpoint (\(old) entries) is larger than the newer one (\(new)); exchange them."
        case .proofLength:
            "The proof has the wrong number of hashes; ask for the proof again."
        case .notIncluded:
            "The entry is not in the ledger that the checkpoint describes; do not rely on it."
        case .notConsistent:
            "The newer ledger does not continue the older one: history was rewritten. Report both."
        case .malformedTile:
            "A tile of the ledger is damaged or wrongly named; restore it from a copy."
        case .tileTooShort(let level, let index):
            "Tile \(index) of level \(level) lacks hashes; restore it from a copy."
        case .leafTooLong(let count):
            "The entry is \(count) bytes long; the limit is 65535. Attach long content as a file."
        case .malformedEntryBundle:
            "A bundle of entries is cut off; restore it from a copy."
        case .malformedNote(let reason):
            "The checkpoint is not written correctly: \(reason.english). Ask for it again."
        case .badSignature(let name):
            "The signature of \(name) is false; the checkpoint was changed or the key is another."
        case .noTrustedSignature:
            "No trusted key signed the checkpoint; check that you gave the right key."
        case .originMismatch(let origin):
            "The checkpoint is of the ledger \(origin), whose key was not given; give that key."
        case .malformedKey:
            "The key text is not written correctly; copy the whole line from where it was published."
        case .malformedBundle(let line):
            "The proof file is not written correctly at line \(line); ask for it again."
        case .notCommitted(let field):
            "The entry holds no commitment for the field \(field); remove it from the proof file."
        case .wrongOpening(let field):
            "The value given for the field \(field) is not the one recorded."
        case .malformedCode:
            "The code of the document is not written correctly; scan it again, or copy all of it."
        case .otherDocument:
            "The code belongs to another document or another wording; do not rely on the paper."
        }
    }

    /// The problem in Simplified Chinese: what is wrong and what to do.
    public var chinese: String {
        switch self {
        case .malformedText(let item): "\(item.chinese)书写有误，请从原处重新复制。"
        case .malformedJSON(let offset, let reason): "JSON 第 \(offset) 字节处不合要求：\(reason.chinese)。"
        case .notCanonical: "JSON 不是规范形式（RFC 8785），入账后字节已被改动。"
        case .outsideTree(let index, let size):
            "共 \(size) 条的日志中没有第 \(index) 条（从 0 起），请核对序号和检查点。"
        case .sizesReversed(let old, let new):
            "较早的检查点（\(old) 条）大于较晚的检查点（\(new) 条），请对调。"
        case .proofLength: "证明所含哈希个数不对，请重新获取证明。"
        case .notIncluded: "该条目不在检查点所述的日志中，不可采信。"
        case .notConsistent: "较晚的日志不是较早日志的延续，历史被改写，请将两个检查点一并上报。"
        case .malformedTile: "日志的哈希块损坏或命名有误，请从副本恢复。"
        case .tileTooShort(let level, let index): "第 \(level) 层第 \(index) 号哈希块缺少哈希，请从副本恢复。"
        case .leafTooLong(let count): "条目长 \(count) 字节，上限为 65535 字节，过长内容请作为附件提交。"
        case .malformedEntryBundle: "条目包不完整，请从副本恢复。"
        case .malformedNote(let reason): "检查点书写有误：\(reason.chinese)，请重新获取。"
        case .badSignature(let name): "\(name) 的签名不成立，检查点被改动或密钥不符。"
        case .noTrustedSignature: "检查点上没有受信密钥的签名，请核对所给密钥。"
        case .originMismatch(let origin): "检查点属于日志 \(origin)，所给密钥均不属于该日志，请提供该日志的密钥。"
        case .malformedKey: "密钥文本书写有误，请从公布处完整复制整行。"
        case .malformedBundle(let line): "证明文件第 \(line) 行书写有误，请重新获取。"
        case .notCommitted(let field): "条目中没有字段 \(field) 的承诺，请从证明文件中删去该字段。"
        case .wrongOpening(let field): "字段 \(field) 所给的值与入账的值不符。"
        case .malformedCode: "文书验证码书写有误，请重新扫描，或完整复制。"
        case .otherDocument: "验证码属于另一份文书或另一种文本，不可采信这份文书。"
        }
    }

    /// The code with the English sentence, for logs.
    public var description: String { "\(code) \(english)" }
}

extension LedgerProblem.Item {
    var english: String {
        switch self {
        case .hexadecimal: "hexadecimal text"
        case .base64: "base64 text"
        case .base32: "base32 text"
        case .decimal: "decimal number"
        case .hash: "hash"
        case .salt: "salt"
        case .frontier: "stored edge of the tree"
        }
    }

    var chinese: String {
        switch self {
        case .hexadecimal: "十六进制文本"
        case .base64: "base64 文本"
        case .base32: "base32 文本"
        case .decimal: "十进制数"
        case .hash: "哈希"
        case .salt: "盐值"
        case .frontier: "所存的树边缘"
        }
    }
}

extension LedgerProblem.JSONReason {
    var english: String {
        switch self {
        case .unexpectedByte: "this byte cannot stand here"
        case .unexpectedEnd: "the text ends too early"
        case .trailingBytes: "more text follows the value"
        case .tooDeep: "values are nested too deeply"
        case .duplicateName: "a member name appears twice"
        case .invalidEscape: "the escape sequence is unknown"
        case .loneSurrogate: "half of a surrogate pair is missing"
        case .controlCharacter: "a control character is not escaped"
        case .invalidUTF8: "the text is not UTF-8"
        case .notInteger: "only whole numbers are accepted"
        case .integerTooLarge: "the number exceeds 9007199254740991"
        }
    }

    var chinese: String {
        switch self {
        case .unexpectedByte: "此处不应有该字节"
        case .unexpectedEnd: "文本过早结束"
        case .trailingBytes: "值之后还有内容"
        case .tooDeep: "嵌套过深"
        case .duplicateName: "成员名重复"
        case .invalidEscape: "转义序列不成立"
        case .loneSurrogate: "代理对缺一半"
        case .controlCharacter: "控制字符未转义"
        case .invalidUTF8: "不是 UTF-8 文本"
        case .notInteger: "只接受整数"
        case .integerTooLarge: "数值超过 9007199254740991"
        }
    }
}

extension LedgerProblem.NoteReason {
    var english: String {
        switch self {
        case .invalidUTF8: "it is not UTF-8"
        case .controlCharacter: "it contains a control character"
        case .noSignatures: "it has no signatures"
        case .signatureLine: "a signature line is malformed"
        case .keyName: "a key name is empty or contains a space or plus sign"
        case .tooLarge: "it is too large"
        case .tooFewLines: "it has fewer than three lines"
        case .emptyLine: "it contains an empty line"
        case .origin: "its first line is not an origin"
        case .size: "its second line is not a size"
        case .rootHash: "its third line is not a root hash"
        }
    }

    var chinese: String {
        switch self {
        case .invalidUTF8: "不是 UTF-8 文本"
        case .controlCharacter: "含有控制字符"
        case .noSignatures: "没有签名"
        case .signatureLine: "签名行书写有误"
        case .keyName: "密钥名为空或含有空格、加号"
        case .tooLarge: "内容过长"
        case .tooFewLines: "少于三行"
        case .emptyLine: "含有空行"
        case .origin: "第一行不是日志名称"
        case .size: "第二行不是条数"
        case .rootHash: "第三行不是根哈希"
        }
    }
}
