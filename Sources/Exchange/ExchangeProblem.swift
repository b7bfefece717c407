/// What stops the reading or writing of a whole file; a single bad row is a ``RowProblem`` instead.
///
/// Each case has a stable ``code`` and says in English and Simplified Chinese what to do. The texts name a
/// file by its last component only.
public enum ExchangeProblem: Error, Hashable, Sendable {
    /// The file cannot be opened.
    case cannotOpen(name: String, reason: FileReason)
    /// Reading failed half-way.
    case cannotRead(name: String, reason: FileReason)
    /// Writing failed half-way.
    case cannotWrite(name: String, reason: FileReason)
    /// The file to be created exists.
    case alreadyExists(name: String)
    /// The file's bytes break its encoding at an offset counted from 0; nothing after it can be trusted.
    case damagedText(encoding: TextEncoding, byteOffset: Int64, line: Int)
    /// This computer lacks the conversion table of an encoding.
    case encodingUnavailable(TextEncoding)
    /// A file that must begin with column names holds nothing.
    case noHeader
    /// The line of column names cannot be read.
    case badHeader(RowProblem)
}

extension ExchangeProblem: CustomStringConvertible {
    /// A stable code, unique among the problems of exchange; codes are never given a second meaning.
    public var code: String {
        switch self {
        case .cannotOpen: "EXCHANGE-0101"
        case .cannotRead: "EXCHANGE-0102"
        case .cannotWrite: "EXCHANGE-0103"
        case .alreadyExists: "EXCHANGE-0104"
        case .damagedText: "EXCHANGE-0105"
        case .encodingUnavailable: "EXCHANGE-0106"
        case .noHeader: "EXCHANGE-0107"
        case .badHeader: "EXCHANGE-0108"
        }
    }

    /// The problem in English: what, where, why, and what to do.
    public var english: String {
        switch self {
        case .cannotOpen(let name, let reason): "\(Self.file(name)) cannot be opened: \(reason.english)."
        case .cannotRead(let name, let reason):
            "\(Self.file(name)) cannot be read to its end: \(reason.english)."
        case .cannotWrite(let name, let reason): "\(Self.file(name)) cannot be written: \(reason.english)."
        case .alreadyExists(let name):
            "\(Self.file(name)) exists already; choose another name, or say that it may be overwritten."
        case .damagedText(let encoding, let offset, let line):
            "The file is not valid \(encoding.name) at byte \(offset), line \(line); export it again, "
                + "or name its real encoding."
        case .encodingUnavailable(let encoding):
            "This computer cannot convert \(encoding.name); save the file as UTF-8 and try again."
        case .noHeader: "The file is empty; its first line must hold the column names."
        case .badHeader(let problem): "The column names cannot be read: \(problem.english)"
        }
    }

    /// The problem in Simplified Chinese: what, where, why, and what to do.
    public var chinese: String {
        switch self {
        case .cannotOpen(let name, let reason): "无法打开\(Self.chineseFile(name))：\(reason.chinese)。"
        case .cannotRead(let name, let reason): "\(Self.chineseFile(name)) 没有读完：\(reason.chinese)。"
        case .cannotWrite(let name, let reason): "无法写入\(Self.chineseFile(name))：\(reason.chinese)。"
        case .alreadyExists(let name): "\(Self.chineseFile(name)) 已经存在，请换一个文件名，或指明可以覆盖。"
        case .damagedText(let encoding, let offset, let line):
            "文件第 \(line) 行（第 \(offset) 字节处）不是有效的 \(encoding.name) 文本，请重新导出，或指明实际编码。"
        case .encodingUnavailable(let encoding): "本机无法转换 \(encoding.name)，请将文件另存为 UTF-8 后重试。"
        case .noHeader: "文件是空的，第一行应当是列名。"
        case .badHeader(let problem): "列名行无法读取：\(problem.chinese)"
        }
    }

    /// The code with the English sentence, for logs.
    public var description: String { "\(code) \(english)" }

    private static func file(_ name: String) -> String { name.isEmpty ? "The data" : "The file \(name)" }
    private static func chineseFile(_ name: String) -> String { name.isEmpty ? "数据" : "文件 \(name)" }
}

extension FileReason {
    var english: String {
        switch self {
        case .absent: "there is no such file; check the name"
        case .forbidden: "the permission is lacking; ask for access to it"
        case .isFolder: "it is a folder; name a file inside it"
        case .diskFull: "the disk is full; make room and try again"
        case .pipeClosed: "the receiving program has ended"
        case .failed(let number): "the system reports error \(number); check the disk or the network drive"
        }
    }

    var chinese: String {
        switch self {
        case .absent: "没有这个文件，请核对名称"
        case .forbidden: "没有权限，请申请访问权限"
        case .isFolder: "这是文件夹，请指明其中的文件"
        case .diskFull: "磁盘已满，请腾出空间后重试"
        case .pipeClosed: "接收数据的程序已经结束"
        case .failed(let number): "系统报告错误 \(number)，请检查磁盘或网络盘"
        }
    }
}
