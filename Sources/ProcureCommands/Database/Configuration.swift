import Glibc
import Inventory
import Storage

/// What a user may settle once instead of saying it with every command.
enum Setting: String, CaseIterable, Sendable {
  case database, pooler, listen, server, actor, seeds, format

  /// The variable of the environment that goes before every file.
  var variable: String { "PROCURE_\(rawValue.uppercased())" }
}

/// The settings of this process: from the environment, then from the files, the nearest first.
struct Configuration: Equatable, Sendable {
  private(set) var values: [Setting: String] = [:]

  /// Those of this process; a mistake in them is reported before any command runs.
  static let current = Result { () throws(ConfigurationRefusal) in
    try Configuration(environment: { environment($0) }, files: files)
  }

  /// The value of a setting; nil where nobody settled it.
  static func value(of setting: Setting) -> String? { try? current.get().values[setting] }

  /// Where files are looked for, the nearest first.
  static var files: [String] {
    let home = environment("HOME").map { "\($0)/.config" }
    let own = (environment("XDG_CONFIG_HOME") ?? home).map { "\($0)/procure/procure.conf" }
    return ["procure.conf", own, "/etc/procure.conf"].compactMap(\.self)
  }

  init(environment: (String) -> String?, files: [String]) throws(ConfigurationRefusal) {
    for setting in Setting.allCases {
      guard let value = environment(setting.variable) else { continue }
      guard let expected = setting.expectation(of: value) else {
        values[setting] = value
        continue
      }
      let finding = Finding(field: setting.variable, found: value, expected: expected)
      throw ConfigurationRefusal(place: "the environment", findings: [finding])
    }
    for file in files {
      guard let text = try Self.text(of: file) else { continue }
      values.merge(try Self.values(in: text, file: file)) { nearer, _ in nearer }
    }
  }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}

extension Configuration {
  /// Lines of `key = value`; empty ones and those that begin with # say nothing.
  static func values(in text: String, file: String) throws(ConfigurationRefusal) -> [Setting: String] {
    var values: [Setting: String] = [:]
    var findings: [Finding] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines.map(trimmed)) where !line.isEmpty && !line.hasPrefix("#") {
      do throws(Finding.Found) {
        let (setting, value) = try entry(line)
        guard values.updateValue(value, forKey: setting) == nil else {
          throw .init(field: setting.rawValue, found: value, expected: "each key once")
        }
      } catch {
        findings.append(error.onLine(number))
      }
    }
    guard findings.isEmpty else { throw ConfigurationRefusal(place: file, findings: findings) }
    return values
  }

  private static func entry(_ line: String) throws(Finding.Found) -> (Setting, String) {
    let keys = Setting.allCases.map(\.rawValue).joined(separator: ", ")
    guard let equals = line.firstIndex(of: "=") else {
      throw .init(field: "line", found: line, expected: "key = value")
    }
    let key = trimmed(line[..<equals])
    let value = trimmed(line[line.index(after: equals)...])
    guard let setting = Setting(rawValue: key) else {
      throw .init(field: "key", found: key, expected: "one of \(keys)")
    }
    if let expected = setting.expectation(of: value) {
      throw .init(field: key, found: value, expected: expected)
    }
    return (setting, value)
  }

  /// The text of a file; nil where there is none.
  private static func text(of file: String) throws(ConfigurationRefusal) -> String? {
    guard access(file, F_OK) == 0 else { return nil }
    guard let stream = fopen(file, "re") else {
      let reason = String(cString: strerror(errno))
      throw ConfigurationRefusal(
        place: file,
        findings: [Finding(field: "file", found: reason, expected: "a file that can be read")]
      )
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(stream), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Setting {
  /// What a value must be, where it is not that.
  fileprivate func expectation(of value: String) -> String? {
    if value.isEmpty { return "a value" }
    switch self {
    case .format where OutputFormat(rawValue: value) == nil:
      return OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .pooler where DatabaseURL.Pooler(rawValue: value) == nil:
      return DatabaseURL.Pooler.allCases.map(\.rawValue).joined(separator: ", ")
    case .listen:
      guard case .postgres = DatabaseURL(value) else { return "a postgresql:// URL" }
      return nil
    default: return nil
    }
  }
}

extension Finding {
  /// A finding whose line is not known yet.
  fileprivate struct Found: Error {
    let field: String
    let found: String
    let expected: String

    func onLine(_ line: Int) -> Finding {
      Finding(line: line, field: field, found: found, expected: expected)
    }
  }
}

/// Settings that do not say what they must.
struct ConfigurationRefusal: DomainError, Equatable {
  let place: String
  let findings: [Finding]

  var kind: ErrorKind { .invalid }
  var code: String { "configuration.invalid" }
  var description: String { "the settings in \(place) cannot be used" }
}
