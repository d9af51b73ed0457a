import ArgumentParser

struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manual page of every command.",
    discussion: "Example: procure manual > /usr/local/share/man/man1/procure.1"
  )
  @Flag(help: "Print the reference as Markdown instead.") var markdown = false

  func run() throws {
    let tree = try CommandTree.of(Procure.self)
    Terminal.write(markdown ? ReferencePage.markdown(of: tree) : ManualPage.roff(of: tree))
  }
}

struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what a shell needs to complete commands and options.",
    discussion: "Example: procure completions bash > /etc/bash_completion.d/procure"
  )
  enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, zsh, fish }

  @Argument(help: "The shell.") var shell: Shell

  func run() {
    let shell: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Terminal.write(Procure.completionScript(for: shell) + "\n")
  }
}
