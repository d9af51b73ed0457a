/// The manual page in the language of man(7), made of the command tree.
enum ManualPage {
  /// The day of the page's last change in kind.
  static let day = "2026-11-22"

  static func roff(of tree: CommandTree) -> String {
    let head = [
      ".TH \(escaped(tree.commandName.uppercased())) 1 \(day) procure",
      ".SH NAME", "\(escaped(tree.commandName)) \\- \(escaped(uncapitalised(tree.abstract ?? "")))",
      ".SH SYNOPSIS", ".B \(escaped(tree.commandName))", ".I command subcommand", "[options]",
      ".SH DESCRIPTION", paragraphs(tree.discussion ?? ""),
    ]
    let commands = [".SH COMMANDS"] + tree.children.flatMap(\.leaves).map(command)
    return (head + commands + Conventions.sections.map(section)).joined(separator: "\n") + "\n"
  }

  private static func command(_ command: CommandTree) -> String {
    let (path, abstract) = (escaped(command.path), escaped(command.abstract ?? ""))
    let head = [".SS \(path)", abstract, ".PP", escaped(command.synopsis)]
    let discussion = command.discussion.map { [".PP", paragraphs($0)] } ?? []
    let options = command.parameters.map { entry($0.term, $0.meaning) }
    return (head + discussion + options).joined(separator: "\n")
  }

  private static func section(_ section: Conventions.Section) -> String {
    let head = [".SH \(escaped(section.title.uppercased()))"]
    let text = section.text.isEmpty ? [] : [paragraphs(section.text)]
    return (head + text + section.entries.map { entry($0.term, $0.meaning) }).joined(separator: "\n")
  }

  private static func entry(_ term: String, _ meaning: String) -> String {
    ".TP\n.B \(escaped(term))\n\(meaning.isEmpty ? "\\&" : paragraphs(meaning))"
  }

  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n").map { escaped(String($0)) }.joined(separator: "\n.br\n")
  }

  private static func uncapitalised(_ sentence: String) -> String {
    let words = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// A line of text that roff prints as it stands.
  static func escaped(_ text: String) -> String {
    let line = text.unicodeScalars.map(escaped).joined()
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\e"
    case "-": "\\-"
    case "'": "\\(aq"
    case "\"": "\\(dq"
    case "`": "\\(ga"
    case "^": "\\(ha"
    case "~": "\\(ti"
    case _ where scalar.isASCII: String(scalar)
    default: "\\[u\(padded(String(scalar.value, radix: 16, uppercase: true)))]"
    }
  }

  private static func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
