import HTTPTypes

/// What every answer tells a browser. Nothing is allowed to other origins: there is no CORS header at all.
enum SecurityHeaders {
  static func add(to headers: inout HTTPFields, isSecure: Bool) {
    headers[.xContentTypeOptions] = "nosniff"
    headers[.frameOptions] = "DENY"
    headers[.referrerPolicy] = "same-origin"
    headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
    if headers[.contentSecurityPolicy] == nil {
      headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    if isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
  }
}
