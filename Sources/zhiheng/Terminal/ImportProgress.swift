import Exchange
import Foundation
import Presentation

/// A progress bar on standard error, when that is a terminal.
final class ImportProgress {
    private let console: Console
    private var meter: ProgressMeter
    private let begun = ContinuousClock.now
    private var isShown = false

    init(file: URL, console: Console) {
        self.console = console
        let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber
        meter = ProgressMeter(totalBytes: size?.int64Value)
    }

    func show(bytes: Int64, rows: Int64) {
        guard let columns = console.errorTerminal.columns else { return }
        meter.update(bytesDone: bytes, rowsDone: rows, elapsed: ContinuousClock.now - begun)
        let text = console.text(meter.chinese, meter.english)
        let width = max(10, min(32, columns - DisplayWidth.columns(of: text) - 4))
        let bar =
            meter.fraction.map { ProgressBar.drawn($0, columns: width, for: console.errorTerminal) + "  " }
            ?? ""
        console.putAside("\r\u{1B}[2K" + bar + text)
        isShown = true
    }

    /// Takes the bar away again.
    func finish() {
        if isShown { console.putAside("\r\u{1B}[2K") }
    }
}
