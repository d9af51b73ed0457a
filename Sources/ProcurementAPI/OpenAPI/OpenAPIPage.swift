import HTTPTypes
import Inventory

extension OpenAPIDocument {
  /// The same to read, with nothing from another host.
  var page: String {
    let tags = routes.map(Self.tag(of:))
    let order = tags.enumerated().filter { tags.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    let sections = order.map { tag in
      "<h2 id=\"\(tag)\">\(tag)</h2>" + routes.filter { Self.tag(of: $0) == tag }.map(article).joined()
    }
    let index = order.map { "<a href=\"#\($0)\">\($0)</a>" }.joined(separator: " · ")
    return """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>procure: HTTP API</title><style>\(Self.style)</style>
      <h1>procure: HTTP API</h1><p>The same for programs: <a href="/openapi.json">openapi.json</a>;
      what refusals mean: <a href="/docs/problems">problems</a></p>
      <nav>\(index)</nav>\(sections.joined())</html>

      """
  }

  private func article(_ route: Route) -> String {
    guard let signature = signatures[route.words] else { return "" }
    let offered = RouteForm(route, signature).offered
    let rows = offered.map { parameter in
      let need = parameter.isOptional ? "" : " <em>needed</em>"
      return
        "<dt><code>\(Self.escaped(parameter.key))</code>\(need)</dt><dd>\(Self.escaped(parameter.meaning))</dd>"
    }
    let roles = route.access.roles.sorted().map(\.rawValue).joined(separator: ", ")
    return """
      <article><h3><b>\(route.method.rawValue)</b> <code>\(Self.escaped(route.path))</code></h3>
      <p>\(Self.escaped(signature.abstract))</p><dl>\(rows.joined())</dl><p class="roles">\(roles)</p></article>
      """
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  static let style = """
    :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:56rem;margin:2rem auto;padding:0 1rem}
    h3{margin:1.5rem 0 .25rem}h3 b{font-size:.8rem;letter-spacing:.05em}dl{display:grid;
    grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}dd{margin:0}.roles{font-size:.85rem;opacity:.7}
    article{border-top:1px solid color-mix(in srgb,currentColor 15%,transparent)}
    """
}
