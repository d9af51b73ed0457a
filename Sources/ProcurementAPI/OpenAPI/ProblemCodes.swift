/// Every code that a refusal may have, with what it means and what to do: `problems.tsv`. A test holds the list against
/// the program, and docs/problems.md against the list.
struct ProblemCodes {
  /// In alphabetical order.
  let all: [(code: String, meaning: String)]

  static var embedded: ProblemCodes {
    let lines = String(decoding: PackageResources.problems_tsv, as: UTF8.self).split(separator: "\n")
    return ProblemCodes(
      all: lines.compactMap { line in
        let parts = line.split(separator: "\t")
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
    )
  }

  /// What `type` of a refusal leads to.
  var page: String {
    let rows = all.map { code, meaning in
      "<dt id=\"\(code)\"><code>\(code)</code></dt><dd>\(OpenAPIDocument.escaped(meaning))</dd>"
    }
    return """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>procure: refusals</title><style>\(OpenAPIDocument.style)</style>
      <h1>procure: refusals</h1><p>What can be asked for: <a href="/docs">docs</a></p>
      <dl>\(rows.joined())</dl></html>

      """
  }

  /// The same as docs/problems.md.
  var markdown: String {
    let rows = all.map { code, meaning in "| <a id=\"\(code)\"></a>`\(code)` | \(meaning) |" }
    return """
      # Refusals

      What a refusal of the [HTTP API](api.md) says in `code`, and what to do about it. A code never changes its meaning
      and is never used for another. The server shows the same list at `/docs/problems`, to which `type` points.

      | Code | What to do |
      | --- | --- |
      \(rows.joined(separator: "\n"))

      """
  }
}
