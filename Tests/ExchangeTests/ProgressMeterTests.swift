import Testing

@testable import Exchange

@Suite struct ProgressMeterTests {
    @Test func saysRowsShareSpeedAndRest() {
        var meter = ProgressMeter(totalBytes: 1_000_000)
        meter.update(bytesDone: 445_000, rowsDone: 3_214_000, elapsed: .milliseconds(3958))
        #expect(meter.english == "3,214,000 rows  44%  812,026 rows/s  5 s left")
        #expect(meter.chinese == "3,214,000 行  44%  每秒 812,026 行  剩余 5 秒")
    }

    @Test func leavesOutWhatIsNotKnown() {
        var meter = ProgressMeter(totalBytes: nil)
        #expect(meter.english == "0 rows")
        meter.update(bytesDone: 5, rowsDone: 1, elapsed: .seconds(1))
        #expect(meter.english == "1 row  1 rows/s")
        meter = ProgressMeter(totalBytes: 0)
        meter.update(bytesDone: 0, rowsDone: 0, elapsed: .zero)
        #expect(meter.chinese == "0 行  100%")
    }

    @Test(arguments: [
        (60, "60 s left"), (150, "2 min 30 s left"), (7260, "2 h 1 min left"),
    ]) func namesLongRests(_ seconds: Int, _ text: String) {
        var meter = ProgressMeter(totalBytes: 200)
        meter.update(bytesDone: 100, rowsDone: 10, elapsed: .seconds(seconds))
        #expect(meter.english.hasSuffix(text))
    }

    @Test func nonsenseDoesNotTrap() {
        var meter = ProgressMeter(totalBytes: -4)
        meter.update(bytesDone: -1, rowsDone: .max, elapsed: .nanoseconds(1))
        #expect(!meter.english.isEmpty && meter.rowsPerSecond == nil)
        meter = ProgressMeter(totalBytes: .max)
        meter.update(bytesDone: 1, rowsDone: .min, elapsed: .seconds(Int64.max / 4))
        #expect(meter.remaining == nil)
    }
}
