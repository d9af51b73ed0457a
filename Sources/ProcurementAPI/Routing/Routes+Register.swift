import HTTPTypes
import Inventory

extension RouteTable {
  /// Centres, equipment, categories, items and kits.
  static let register: [Route] = [
    .get("/v1/centres", "centre list", .anyone),
    .get("/v1/centres/{code}", "centre show", .anyone),
    .table("/v1/centres", "centre import", .keeping).answeringInWords,
    .get("/v1/departments", "centre departments list", .anyone),
    .table("/v1/departments", "centre departments import", .keeping).answeringInWords,
    .get("/v1/equipment", "equipment list", .anyone),
    .get("/v1/equipment/presence", "equipment presence", .network),
    .get("/v1/equipment/survey", "equipment survey", .network),
    .get("/v1/equipment/{code}", "equipment show", .anyone),
    .get("/v1/equipment/{code}/availability", "equipment availability", .network),
    .table("/v1/equipment", "equipment import", .keeping).answeringInWords,
    .step("/v1/equipment/{code}/state", "equipment state", .keeping),
    .step("/v1/equipment/{code}/function", "equipment function", .keeping),
    .table("/v1/equipment/activity", "equipment activity", .keeping).answeringInWords,
    .get("/v1/makers", "equipment makers list", .anyone),
    .table("/v1/makers", "equipment makers import", .keeping).answeringInWords,
    .get("/v1/categories", "category list", .anyone),
    .get("/v1/categories/{code}/norms", "category norms", .anyone),
    .table("/v1/categories", "category import", .keeping).answeringInWords,
    .table("/v1/norms", "category import-norms", .keeping).answeringInWords,
    .get("/v1/items", "item list", .anyone),
    .get("/v1/items/{sku}", "item show", .anyone),
    .table("/v1/items", "item import", .keeping).answeringInWords,
    .table("/v1/items/packs", "item import-packs", .keeping).answeringInWords,
    .table("/v1/items/substitutes", "item import-substitutes", .keeping).answeringInWords,
    .get("/v1/kits", "kit list", .anyone),
    .get("/v1/kits/{kit}/tests", "stock tests", .network),
    .table("/v1/kits", "kit import", .keeping).answeringInWords,
    .table("/v1/kits/components", "kit import-components", .keeping).answeringInWords,
  ]

  /// Reports, positions, the ledger and lots.
  static let stock: [Route] = [
    reports,
    .post("/v1/stock/counts", "stock count", .reporting),
    .post("/v1/stock/uses", "stock use", .reporting),
    .post("/v1/stock/receipts", "stock receive", .reporting),
    .post("/v1/stock/losses", "stock lose", .reporting),
    .post("/v1/stock/adjustments", "stock adjust", .reporting),
    Route.get("/v1/stock/positions", "stock show", .stock).quick,
    Route.get("/v1/centres/{centre}/stock/{item}", "stock show", .stock).quick,
    .get("/v1/stock/cover", "stock cover", .stock),
    .get("/v1/stock/consumption", "stock consumption", .stock),
    .get("/v1/stock/expiring", "stock expiring", .stock),
    .get("/v1/stock/ledger", "stock ledger", .stock),
    .get("/v1/stock/expected", "stock expected", .stock),
    .put("/v1/centres/{centre}/schedule", "stock schedule", .keeping).answeringInWords,
    .get("/v1/stock/reconciliation", "stock reconcile", .auditing),
    .get("/v1/lots/{item}/{lot}", "lot show", .network),
    .step("/v1/lots/{item}/{lot}/hold", "lot hold", .holding),
    .step("/v1/lots/{item}/{lot}/recall", "lot recall", .sharing),
    .step("/v1/lots/{item}/{lot}/release", "lot release", .holding),
  ]

  private static var reports: Route {
    var route = Route.table("/v1/stock/reports", "stock report", .reports)
    route.body = .report
    route.success = .created
    return route
  }
}

extension Route.Access {
  /// A lot is held by the centre that has it, or for the whole network.
  fileprivate static let holding = Route.Access(
    roles: [.reporter, .buyer, .administrator],
    scope: .centre("centre")
  )
}
