import HTTPTypes
import Inventory

extension RouteTable {
  /// Suppliers, agreements, offers, campaigns, needs, orders and receipts.
  static let purchasing: [Route] = [
    .get("/v1/suppliers", "supplier list", .network),
    .get("/v1/suppliers/declared", "supplier declared", .network),
    .get("/v1/suppliers/{code}", "supplier show", .network),
    .table("/v1/suppliers", "supplier import", .buying).answeringInWords,
    .post("/v1/suppliers/{supplier}/declarations", "supplier declare", .buying),
    .get("/v1/agreements", "agreement list", .network),
    .get("/v1/agreements/{reference}", "agreement show", .network),
    .get("/v1/agreements/{reference}/ceilings", "agreement ceilings", .network),
    .document("/v1/agreements/{reference}/decp", "agreement decp", .network, type: "application/json"),
    .table("/v1/agreements", "agreement import", .buying).answeringInWords,
    .table("/v1/agreements/lots", "agreement import-lots", .buying).answeringInWords,
    .get("/v1/offers", "offer list", .network),
    .get("/v1/offers/price", "offer price", .network),
    .table("/v1/offers", "offer import", .buying).answeringInWords,
    .get("/v1/campaigns", "campaign list", .network),
    .post("/v1/campaigns", "campaign new", .buying),
    .get("/v1/campaigns/{code}", "campaign show", .network),
    .step("/v1/campaigns/{code}/open", "campaign open", .buying),
    .step("/v1/campaigns/{code}/close", "campaign close", .buying),
    .step("/v1/campaigns/{code}/needs/compute", "campaign prefill", .buying),
    .step("/v1/campaigns/{code}/award", "campaign award", .buying),
    .get("/v1/campaigns/{code}/award", "campaign explain", .network),
    .step("/v1/campaigns/{code}/orders", "campaign order", .buying),
    .step("/v1/campaigns/{code}/complete", "campaign complete", .buying),
    .step("/v1/campaigns/{code}/cancel", "campaign cancel", .buying),
    .get("/v1/campaigns/{campaign}/needs", "need list", .needs),
    .put("/v1/campaigns/{campaign}/needs/{centre}/{item}", "need set", .needing).answeringInWords,
    .table("/v1/campaigns/{campaign}/needs", "need import", .buying).answeringInWords,
    .get("/v1/orders", "order list", .network),
    newOrder,
    .get("/v1/orders/{number}", "order show", .network),
    .document(
      "/v1/orders/{number}/ubl",
      "order export",
      .network,
      type: "application/xml",
      fixed: ["form": ["ubl"]]
    ),
    .document(
      "/v1/orders/{number}/csv",
      "order export",
      .network,
      type: "text/csv",
      fixed: ["form": ["csv"]]
    ),
    .document(
      "/v1/orders/{number}/page",
      "order export",
      .network,
      type: "text/plain",
      fixed: ["form": ["page"]]
    ),
    .step("/v1/orders/{number}/approve", "order approve", .buying),
    .step("/v1/orders/{number}/send", "order send", .buying),
    .step("/v1/orders/{number}/acknowledge", "order acknowledge", .buying),
    receipt,
    .step("/v1/orders/{number}/cancel", "order cancel", .buying),
    .step("/v1/orders/{number}/close", "order close", .buying),
    .get("/v1/receipts", "receipt list", .network),
    .get("/v1/orders/{order}/receipts/{key}", "receipt show", .network),
  ]

  private static var newOrder: Route {
    var route = Route.table("/v1/orders", "order new", .buying)
    route.success = .created
    return route
  }

  private static var receipt: Route {
    var route = Route.table("/v1/orders/{number}/receipts", "order receive", .receiving, required: false)
    route.success = .created
    return route
  }
}

extension Route.Access {
  fileprivate static let needs = Route.Access(roles: Set(Role.allCases), scope: .centre("centre"))
  fileprivate static let needing = Route.Access(roles: [.reporter, .buyer], scope: .centre("centre"))
}
