import Foundation
import Office
import Rulebooks

extension CommandFailure {
    init(_ problem: WorkspaceProblem) {
        let text: Bilingual =
            switch problem {
            case .alreadySetUp(let folder):
                Bilingual(
                    zh: "资料目录 \(Self.name(folder)) 已经建立，不会被覆盖。请换一个目录（--data），或直接使用它。",
                    en: "The data folder \(Self.name(folder)) is set up already and will not be overwritten. "
                        + "Choose another one (--data), or use it as it is.")
            case .notSetUp(let folder):
                Bilingual(
                    zh: "资料目录 \(Self.name(folder)) 尚未建立。请先执行 zhiheng init，或用 --data 指明目录。",
                    en: "The data folder \(Self.name(folder)) is not set up. Run zhiheng init first, "
                        + "or name the folder with --data.")
            case .noRulebook(let folder):
                Bilingual(
                    zh: folder.isEmpty
                        ? "没有找到规则书。请用 --rulebook 指明含有 rulebook.yaml 的目录。"
                        : "目录 \(Self.name(folder)) 中没有 rulebook.yaml，不是规则书。请核对路径。",
                    en: folder.isEmpty
                        ? "No rulebook was found. Name a folder that has a rulebook.yaml with --rulebook."
                        : "The folder \(Self.name(folder)) has no rulebook.yaml, so it is no rulebook. Check the path."
                )
            case .rulebookAltered(let folder):
                Bilingual(
                    zh: "资料目录 \(Self.name(folder)) 中归档的规则书缺失或被改动，与采用时不符。请从备份恢复 archive。",
                    en:
                        "The rulebook archived in \(Self.name(folder)) is missing or was changed since it was adopted. "
                        + "Restore the archive from a backup.")
            case .unreadable(let path):
                Bilingual(
                    zh: "无法读取 \(Self.name(path))。请检查路径和权限。",
                    en: "\(Self.name(path)) cannot be read. Check the path and the permissions.")
            case .unwritable(let path):
                Bilingual(
                    zh: "无法写入 \(Self.name(path))。请检查权限和磁盘空间。",
                    en: "\(Self.name(path)) cannot be written. Check the permissions and the disk.")
            case .keyMissing(let path):
                Bilingual(
                    zh: "缺少密钥文件 \(Self.name(path))。请从备份恢复 keys 目录。",
                    en: "The key file \(Self.name(path)) is missing. Restore the folder keys from a backup.")
            case .keyMalformed(let path):
                Bilingual(
                    zh: "密钥文件 \(Self.name(path)) 内容有误。请从备份恢复。",
                    en: "The key file \(Self.name(path)) is malformed. Restore it from a backup.")
            }
        self.init(.folder, items: [Item(code: nil, text: text)])
    }

    /// The last component only: where a folder lies is nobody else's business.
    private static func name(_ path: String) -> String {
        URL(fileURLWithPath: path).lastPathComponent
    }
}
