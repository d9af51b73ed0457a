import HTTPTypes
import Inventory

extension Visit {
  /// A link to what a page shows as a workbook for a spreadsheet, for whoever may read it all.
  /// - Parameters:
  ///   - segments: the path of the list below `/v1`.
  ///   - query: what of it is asked for.
  /// - Returns: nothing where the visitor may not read it.
  func workbook(_ segments: String..., query: [(String, String?)] = []) -> HTML {
    let path = ["v1"] + segments
    guard case .route(let route, _) = RouteTable.all.find(.get, path), route.hasForms,
      !route.access.roles.isDisjoint(with: principal.roles),
      !principal.isBoundToCentres || route.access.scope == .network
    else { return .nothing }
    let link = WebPath(segments: path, query: query + [(Incoming.formName, Call.Form.xlsx.rawValue)])
    return "<a class=\"file\" href=\"\(link)\" download>\(language("Spreadsheet", "Tableur"))</a>"
  }
}
