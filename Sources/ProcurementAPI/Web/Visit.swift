import HTTPTypes
import Inventory
import Procurement

/// One request for a page: who looks, in which language, as of which day, and what the address says.
struct Visit: Sendable {
  let principal: Principal
  /// Nil where nobody has signed in.
  let title: String?
  let language: Language
  /// The day that figures refer to: today, unless the visitor looks back.
  let day: Day
  let today: Day
  let now: Instant
  /// The values of the path's segments in braces.
  var values: [String: String] = [:]
  let query: [String: String]
  /// The path and query as they were asked for, to come back to.
  let address: String
  /// What each form holds.
  let formToken: String
  /// What the last form that was sent came to, where the page is shown again because of it.
  var outcome: Outcome?

  /// A form's end: refused with a problem, rehearsed, or done.
  struct Outcome: Sendable {
    var problem: Problem?
    var notes: [String] = []
    /// What the operation answered: rows of columns and values.
    var rows: [[(String, String)]] = []
    /// The form as it was sent.
    var sent: SentForm?
    /// Whether nothing was kept: a file was only looked at.
    var isRehearsal = false
    /// Where it is shown what was done; nil for the page that the form names.
    var next: String?
    /// What reports that were only checked would do to the stock.
    var records: [ReportRecord] = []
    /// What a rollout that was only looked at would be.
    var rollout: RolloutPlan?
    /// What the operation tells this once: the page is shown at once, so that no cookie carries it.
    var secret: String?
  }

  var isLookingBack: Bool { day != today }

  func may(_ roles: Role...) -> Bool { !principal.roles.isDisjoint(with: roles) }

  /// The centres that the visitor may see stock of: of all, those who are not bound.
  func covers(_ centre: Centre.Code) -> Bool { principal.covers(centre) }

  /// A value of the path that is a code.
  /// - Throws: `Problem` 404 for a text that cannot be one.
  func code<Entity>(_ name: String, of type: Code<Entity>.Type = Code<Entity>.self) throws(Problem)
    -> Code<Entity>
  {
    guard let code = values[name].flatMap(Code<Entity>.init(rawValue:)) else { throw .noSuchPage }
    return code
  }

  /// A value of the query that is a code; nil where it is none.
  func filter<Entity>(_ name: String) -> Code<Entity>? { query[name].flatMap(Code<Entity>.init(rawValue:)) }

  /// What was sent with a form that is shown again.
  func sent(_ field: String) -> String { outcome?.sent?[field] ?? "" }

  /// - Throws: `Problem` 403 for a visitor who is bound to other centres.
  func requireCovered(_ centre: Centre.Code) throws(Problem) {
    guard covers(centre) else { throw Problem(.forbidden, "access.centre", "this is another centre's") }
  }
}

extension Problem {
  static var noSuchPage: Problem { Problem(.notFound, "request.path", "there is nothing at this path") }
}

/// A page before the frame that all have in common.
struct WebPage: Sendable {
  var title: String
  var section: Section?
  var body: HTML
  /// Whether nothing surrounds it: a page for the printer.
  var isBare = false
  /// The names of what the last form's end speaks of; read where there is one.
  var register: Register?

  init(_ title: String, _ section: Section?, isBare: Bool = false, _ body: HTML) {
    (self.title, self.section, self.body, self.isBare) = (title, section, body, isBare)
  }

  /// The parts of the product, in the order of the menu.
  enum Section: String, CaseIterable, Sendable {
    case overview, stock, reports, campaigns, orders, shortages, equipment, innovations
    case administration

    var path: WebPath {
      switch self {
      case .overview: WebPath(segments: [])
      default: WebPath(rawValue)
      }
    }

    func name(_ t: Language) -> String {
      switch self {
      case .overview: t("Overview", "Synthèse")
      case .stock: t("Stock", "Stocks")
      case .reports: t("Reports", "Déclarations")
      case .campaigns: t("Campaigns", "Campagnes")
      case .orders: t("Orders", "Commandes")
      case .shortages: t("Shortages", "Tensions")
      case .equipment: t("Equipment", "Équipements")
      case .innovations: t("Innovations", "Innovations")
      case .administration: t("Administration", "Administration")
      }
    }
  }
}
