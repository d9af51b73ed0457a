import Storage

/// The files that pages are drawn with. Each path holds the digest of its file, so that a browser may keep it.
struct WebAssets: Sendable {
  let path: String
  let type: String
  let text: String

  private init(_ name: String, _ type: String, _ bytes: [UInt8]) {
    path = "/assets/\(SHA256.hex(bytes).prefix(12))/\(name)"
    self.type = type
    text = String(decoding: bytes, as: UTF8.self)
  }

  static let styles = WebAssets("procure.css", "text/css; charset=utf-8", PackageResources.procure_css)
  static let script = WebAssets("procure.js", "text/javascript; charset=utf-8", PackageResources.procure_js)
  static let icon = WebAssets("procure.svg", "image/svg+xml", PackageResources.procure_svg)

  static func find(_ path: String) -> WebAssets? { [styles, script, icon].first { $0.path == path } }
}
