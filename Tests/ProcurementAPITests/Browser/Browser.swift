import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A real browser, driven as the W3C's WebDriver recommendation says; `scripts/browser` starts the driver.
final class Browser {
  private let driver: String
  private let session: String

  static let url = ProcessInfo.processInfo.environment["TEST_BROWSER_URL"]

  /// How a browser is set up by the person before it.
  struct Setting {
    var language = "en"
    var width = 1280
    var isDark = false
    var hasScripts = true
  }

  /// What the driver refused.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  static func run(_ setting: Setting = Setting(), _ body: (Browser) async throws -> Void) async throws {
    let browser = try await Browser(driver: try #require(url), setting)
    do {
      try await body(browser)
    } catch {
      await browser.close()
      throw error
    }
    await browser.close()
  }

  private init(driver: String, _ setting: Setting) async throws {
    self.driver = driver
    let options: [String: Any] = [
      "args": [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--window-size=\(setting.width),900",
      ],
      "prefs": [
        "intl.accept_languages": setting.language,
        "profile.managed_default_content_settings.javascript": setting.hasScripts ? 1 : 2,
      ],
    ]
    let wanted: [String: Any] = [
      "browserName": "chrome", "unhandledPromptBehavior": "ignore", "goog:chromeOptions": options,
      "goog:loggingPrefs": ["browser": "ALL"],
    ]
    struct Made: Decodable { var sessionId: String }
    let made: Made = try await Self.call(
      driver,
      "POST",
      "/session",
      ["capabilities": ["alwaysMatch": wanted]]
    )
    session = made.sessionId
    try await command("timeouts", ["script": 120_000, "pageLoad": 300_000])
    let features = [["name": "prefers-color-scheme", "value": setting.isDark ? "dark" : "light"]]
    try await tool("Emulation.setEmulatedMedia", ["features": features])
    let screen: [String: Any] = [
      "width": setting.width, "height": 900, "deviceScaleFactor": 1, "mobile": false,
    ]
    try await tool("Emulation.setDeviceMetricsOverride", screen)
  }

  private func close() async {
    let _: Nothing? = try? await Self.call(driver, "DELETE", "/session/\(session)", nil)
  }

  // MARK: - The wire

  private struct Answer<Value: Decodable>: Decodable { var value: Value }
  private struct Fault: Decodable { var error: String; var message: String }

  /// An answer that nobody looks at.
  struct Nothing: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  private static func call<Value: Decodable>(
    _ driver: String,
    _ method: String,
    _ path: String,
    _ body: [String: Any]?
  )
    async throws -> Value
  {
    var request = HTTPClientRequest(url: driver + path)
    request.method = HTTPMethod(rawValue: method)
    if let body {
      request.body = .bytes(ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body)))
      request.headers.add(name: "Content-Type", value: "application/json")
    }
    let response = try await client.execute(request, timeout: .minutes(10))
    let data = Data(try await response.body.collect(upTo: 1 << 26).readableBytesView)
    guard response.status == .ok else {
      let fault = try JSONDecoder().decode(Answer<Fault>.self, from: data).value
      throw Refusal(description: "\(fault.error): \(fault.message.prefix(400))")
    }
    return try JSONDecoder().decode(Answer<Value>.self, from: data).value
  }

  /// Without the shared client's limit on reading: a busy machine takes its time.
  private static let client = HTTPClient()

  @discardableResult
  func ask<Value: Decodable>(_ command: String, _ body: [String: Any], as type: Value.Type = Value.self)
    async throws
    -> Value
  {
    try await Self.call(driver, "POST", "/session/\(session)/\(command)", body)
  }

  func command(_ command: String, _ body: [String: Any] = [:]) async throws {
    let _: Nothing = try await ask(command, body)
  }

  func read<Value: Decodable>(_ property: String, as type: Value.Type = Value.self) async throws -> Value {
    try await Self.call(driver, "GET", "/session/\(session)/\(property)", nil)
  }

  /// A command of the browser's own tools.
  func tool(_ command: String, _ parameters: [String: Any] = [:]) async throws {
    try await self.command("goog/cdp/execute", ["cmd": command, "params": parameters])
  }
}
