import Foundation

/// What a person does with a page and sees on it.
extension Browser {
  func open(_ address: String) async throws { try await command("url", ["url": address]) }

  /// The path of the page, without the server.
  func path() async throws -> String {
    let address = try await read("url", as: String.self)
    return URL(string: address).map { $0.path() + ($0.query().map { "?\($0)" } ?? "") } ?? address
  }

  func text(_ selector: String = "body") async throws -> String {
    try await read("element/\(try await find("css selector", selector))/text")
  }

  func attribute(_ name: String, of selector: String) async throws -> String? {
    try await read("element/\(try await find("css selector", selector))/attribute/\(name)")
  }

  func count(_ selector: String) async throws -> Int {
    try await ask("elements", ["using": "css selector", "value": selector], as: [[String: String]].self).count
  }

  /// Ticks or unticks what the selector finds first.
  func tick(_ selector: String) async throws {
    try await command("element/\(try await find("css selector", selector))/click")
  }

  /// Presses what the selector finds first, and waits for the page that follows.
  func click(_ selector: String) async throws { try await follow("css selector", selector) }

  /// Presses a button or a link by the words on it.
  func press(_ words: String) async throws {
    let here = "[normalize-space()=\"\(words)\"]"
    try await follow("xpath", "//main//button\(here) | //main//a\(here)")
  }

  /// Chooses a part of the product in the menu.
  func choose(_ words: String) async throws {
    try await follow("xpath", "//nav//a[normalize-space()=\"\(words)\"]")
  }

  private func follow(_ means: String, _ value: String) async throws {
    let element = try await find(means, value)
    try await leave { try await command("element/\(element)/click") }
  }

  /// Does what leads to another page, and waits for it. The page that is left is marked; the one that follows is not.
  func leave(by action: () async throws -> Void) async throws {
    try await command("execute/sync", ["script": "window.isLeft = true", "args": [String]()])
    try await action()
    let script = "return window.isLeft === undefined && document.readyState === 'complete'"
    for _ in 0..<600 {
      if (try? await run(script, as: Bool.self)) == true { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Refusal(description: "no page followed")
  }

  /// Replaces what a field holds. A field for a day takes its value as the page's own scripts would set it: how it
  /// is typed depends on the machine.
  func fill(_ selector: String, _ text: String) async throws {
    let element = try await find("css selector", selector)
    try await command("element/\(element)/clear")
    try await command("element/\(element)/value", ["text": text])
  }

  /// Sets a field as the page's own scripts would: a day, or what is chosen.
  func set(_ selector: String, _ value: String) async throws {
    let parts = [selector, value].map { "\"\($0.replacing("\"", with: "\\\""))\"" }
    let _: Bool = try await run("document.querySelector(\(parts[0])).value = \(parts[1]); return true")
  }

  /// Opens what is folded away, by its words.
  func openDetails(_ words: String) async throws {
    let element = try await find("xpath", "//main//summary[normalize-space()=\"\(words)\"]")
    try await command("element/\(element)/click")
  }

  /// Sends keys to what has the focus.
  func type(_ keys: String...) async throws {
    let actions = keys.flatMap { [["type": "keyDown", "value": $0], ["type": "keyUp", "value": $0]] }
    try await command("actions", ["actions": [["type": "key", "id": "keyboard", "actions": actions]]])
  }

  func run<Value: Decodable>(_ script: String, as type: Value.Type = Value.self) async throws -> Value {
    try await ask("execute/sync", ["script": script, "args": [String]()])
  }

  /// What makes the page wider than the window: nothing should, whatever the window.
  func overflow() async throws -> [String] {
    try await run(
      """
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) return [];
      return [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1 && !one.closest(".scroll, nav"))
        .map((one) => one.outerHTML.slice(0, 160));
      """
    )
  }

  /// What the browser complained of since it was last asked: refused by the policy, failed, missing.
  func complaints() async throws -> [String] {
    struct Line: Decodable { var level: String; var message: String }
    return try await ask("se/log", ["type": "browser"], as: [Line].self)
      .filter { ["WARNING", "SEVERE"].contains($0.level) }.map(\.message)
  }

  /// The page as PNG, from its top, no higher than `height` pixels.
  func picture(width: Int, height: Int) async throws -> Data {
    struct Shot: Decodable { var data: String }
    let whole: Int = try await run("return document.documentElement.scrollHeight")
    let clip: [String: Any] = ["x": 0, "y": 0, "width": width, "height": min(whole, height), "scale": 1]
    let parameters: [String: Any] = ["format": "png", "captureBeyondViewport": true, "clip": clip]
    let shot: Shot = try await ask(
      "goog/cdp/execute",
      ["cmd": "Page.captureScreenshot", "params": parameters]
    )
    return Data(base64Encoded: shot.data) ?? Data()
  }

  private func find(_ means: String, _ value: String) async throws -> String {
    let found = try await ask("element", ["using": means, "value": value], as: [String: String].self)
    return found.values.first ?? ""
  }
}
