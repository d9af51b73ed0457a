import Foundation
import Inventory
import Testing

@testable import ProcurementAPI

/// The pictures of the documents, made anew where PROCURE_WRITE_PICTURES asks for it (`scripts/pictures`).
@Suite(.enabled(if: Browser.url != nil, "skipped: there is no browser (TEST_BROWSER_URL)"), .serialized)
struct PictureTests {
  private static let folder = Sample.root.appending(path: "docs/pictures")
  private static let isWriting = Sample.isPictured

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
    ("audit", "/administration/audit", .init(isDark: true)),
  ]

  /// The morning after the planners' day, when the norms of every category that has any are in force.
  private static let planners = Instant(rawValue: 1_767_338_400_000)

  private static let plannersPictures: [(name: String, path: String, setting: Browser.Setting)] = [
    ("gaps", "/equipment/gaps?category=linac", .init(language: "fr")),
    ("gap-explained", "/equipment/gaps/explained?category=linac&region=Occitanie", .init()),
    ("access", "/equipment/access?category=mri-linac", .init()),
    ("sites", "/equipment/sites/SP-E21B247D50", .init()),
    ("renewal", "/equipment/renewals/1", .init()),
    ("scenarios", "/equipment/scenarios", .init(language: "fr")),
  ]

  private static let mornings = [(PageTests.morning, pictures), (planners, plannersPictures)]

  @Test(.enabled(if: isWriting, "skipped: PROCURE_WRITE_PICTURES is not set"))
  func `the pictures of the documents are of the pages as they are`() async throws {
    for (moment, pictures) in Self.mornings {
      try await MorningTests.morning(at: moment) { server in
        for (name, path, setting) in pictures {
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
  }

  @Test func `every page that is pictured is there`() async throws {
    for (moment, pictures) in Self.mornings {
      try await MorningTests.morning(at: moment) { server in
        let visitor = WebVisitor(server)
        try await visitor.signIn(as: "all")
        for picture in pictures {
          #expect(try await visitor.get(picture.path).status == 200, "\(picture.path)")
        }
      }
    }
  }
}
