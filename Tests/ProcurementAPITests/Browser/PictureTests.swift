import Foundation
import Testing

@testable import ProcurementAPI

/// The pictures of the documents, made anew where PROCURE_WRITE_PICTURES asks for it (`scripts/pictures`).
@Suite(.enabled(if: Browser.url != nil, "skipped: there is no browser (TEST_BROWSER_URL)"), .serialized)
struct PictureTests {
  private static let folder = Sample.root.appending(path: "docs/pictures")
  private static let isWriting = ProcessInfo.processInfo.environment["PROCURE_WRITE_PICTURES"] != nil

  /// Name, path, and how the browser is set.
  private static let pictures: [(name: String, path: String, setting: Browser.Setting)] = [
    ("overview", "/", .init()),
    ("overview-dark-phone", "/", .init(language: "fr", width: 390, isDark: true)),
    ("stock", "/stock", .init()),
    ("item", "/stock/items/PCR-MIX", .init()),
    ("shortages", "/shortages", .init()),
    ("campaign", "/campaigns/PCR-2020-07-13", .init()),
    ("sharing", "/sharing", .init(language: "fr")),
    ("report", "/reports/new", .init(language: "fr", width: 390)),
    ("equipment", "/equipment", .init()),
    ("gaps", "/equipment/gaps", .init(language: "fr")),
    ("audit", "/administration/audit", .init(isDark: true)),
  ]

  @Test(.enabled(if: isWriting, "skipped: PROCURE_WRITE_PICTURES is not set"))
  func `the pictures of the documents are of the pages as they are`() async throws {
    try await MorningTests.morning { server in
      for (name, path, setting) in Self.pictures {
        try await Browser.run(setting) { browser in
          try await browser.signIn(as: "all", at: server)
          try await browser.open(server.address(path))
          let picture = try await browser.picture(
            width: setting.width,
            height: setting.width < 600 ? 1400 : 1100
          )
          #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(name)")
          try picture.write(to: Self.folder.appending(path: "\(name).png"))
        }
      }
    }
  }

  @Test func `every page that is pictured is there`() async throws {
    try await MorningTests.morning { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      for picture in Self.pictures {
        #expect(try await visitor.get(picture.path).status == 200, "\(picture.path)")
      }
    }
  }
}
