import HTTPTypes

/// What every answer tells a browser. Nothing is allowed to other origins: there is no CORS header at all.
enum SecurityHeaders {
  /// What no answer says of its own.
  private static let always = [
    HTTPField(name: .xContentTypeOptions, value: "nosniff"),
    HTTPField(name: .frameOptions, value: "DENY"),
    HTTPField(name: .referrerPolicy, value: "same-origin"),
    HTTPField(name: .permissionsPolicy, value: "camera=(), geolocation=(), microphone=()"),
  ]

  static func add(to headers: inout HTTPFields, isSecure: Bool) {
    for field in always { headers.append(field) }
    if headers[.contentSecurityPolicy] == nil {
      headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    if isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
  }
}
