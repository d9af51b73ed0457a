/// The reference of the command line as Markdown, made of the command tree.
enum ReferencePage {
  static func markdown(of tree: CommandTree) -> String {
    let head = [
      "# Command line", "<!-- Written by scripts/document-cli from the program itself. -->",
      tree.abstract ?? "", "`procure help COMMAND` and `procure manual` say the same in the terminal.",
    ]
    let conventions = Conventions.sections.map(section)
    let nouns = tree.children.map(noun)
    return (head + conventions + ["## Commands", contents(tree)] + nouns).joined(separator: "\n\n") + "\n"
  }

  private static func section(_ section: Conventions.Section) -> String {
    let entries = list(section.entries)
    return ["## \(section.title)", escaped(section.text), entries].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  private static func contents(_ tree: CommandTree) -> String {
    let rows = tree.children.map { "| [`\($0.path)`](#\(anchor($0.path))) | \(cell($0.abstract ?? "")) |" }
    return (["| Command | |", "| --- | --- |"] + rows).joined(separator: "\n")
  }

  /// A noun and, below it, what can be done with it.
  private static func noun(_ command: CommandTree) -> String {
    guard !command.children.isEmpty else { return page(command, level: "###") }
    let discussion = command.discussion.map { [paragraphs($0)] } ?? []
    let head = ["### \(command.path)", escaped(command.abstract ?? "")] + discussion
    return (head + command.leaves.map { page($0, level: "####") }).joined(separator: "\n\n")
  }

  private static func page(_ command: CommandTree, level: String) -> String {
    let options = list(command.parameters.map { ($0.term, $0.meaning) })
    return [
      "\(level) \(command.path)", escaped(command.abstract ?? ""), "```text\n\(command.synopsis)\n```",
      paragraphs(command.discussion ?? ""), options,
    ]
    .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func list(_ entries: [(term: String, meaning: String)]) -> String {
    entries.map { $0.meaning.isEmpty ? "- `\($0.term)`" : "- `\($0.term)`: \(escaped($0.meaning))" }
      .joined(separator: "\n")
  }

  /// Each line of a help text is one of the page's too.
  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n").map { escaped(String($0)) }.joined(separator: "\\\n")
  }

  private static func anchor(_ path: String) -> String {
    path.map { $0 == " " ? "-" : String($0) }.joined()
  }

  private static func cell(_ text: String) -> String {
    escaped(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static func escaped(_ text: String) -> String {
    text.map { "\\`*_<>[]$~".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
