import ArgumentParser

/// Completions for shells.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "输出命令补全脚本 · Print completions for a shell",
        discussion: """
            bash:  zhiheng completions bash > ~/.local/share/bash-completion/completions/zhiheng
            zsh:   zhiheng completions zsh  > ~/.zfunc/_zhiheng
            fish:  zhiheng completions fish > ~/.config/fish/completions/zhiheng.fish
            """)

    /// The shells there are completions for.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish

        var completionShell: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: ArgumentHelp("外壳 · Shell", valueName: "bash|zsh|fish"))
    var shell: Shell

    func run() {
        print(Zhiheng.completionScript(for: shell.completionShell))
    }
}
