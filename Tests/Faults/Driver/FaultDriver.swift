import Foundation

/// Kills a process that writes, again and again, and looks whether anything acknowledged was lost.
///
/// `rounds RULEBOOK N [SEED]` starts `work` as a child, kills it with SIGKILL at a random moment, and checks what
/// is on file. It ends with 0 when nothing was lost, with 1 and the reasons otherwise.
@main
struct FaultDriver {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case "work" where arguments.count == 4:
                let folder = URL(fileURLWithPath: arguments[1])
                let rulebook = URL(fileURLWithPath: arguments[2])
                try await Work(folder: folder, rulebook: rulebook, seed: UInt64(arguments[3]) ?? 0).run()
            case "rounds" where arguments.count >= 3:
                let rulebook = URL(fileURLWithPath: arguments[1])
                let seed = arguments.count > 3 ? UInt64(arguments[3]) ?? 0 : UInt64.random(in: .min ... .max)
                let rounds = Rounds(rulebook: rulebook, count: Int(arguments[2]) ?? 0, seed: seed)
                let failures = try rounds.run()
                exit(failures == 0 ? 0 : 1)
            default:
                say("usage: FaultDriver rounds RULEBOOK COUNT [SEED]")
                exit(64)
            }
        } catch {
            say("FaultDriver: \(error)")
            exit(1)
        }
    }

    /// Writes a line at once, in one piece, to whoever reads our output.
    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        bytes.withUnsafeBytes { buffer in
            _ = write(STDOUT_FILENO, buffer.baseAddress, buffer.count)
        }
    }
}

/// A generator whose sequence a seed decides (SplitMix64).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
