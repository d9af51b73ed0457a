import HTTPTypes

extension RouteTable {
  /// Alerts, allocations, rollouts and transfers.
  static let sharing: [Route] = [
    .get("/v1/alerts", "alert list", .network),
    .get("/v1/alerts/policy", "alert policy", .network),
    .step("/v1/alerts/watch", "alert watch", .sharing),
    .get("/v1/alerts/{alert}", "alert show", .network),
    .get("/v1/alerts/{alert}/actions", "alert actions", .network),
    .step("/v1/alerts/{alert}/acknowledge", "alert acknowledge", .sharing),
    .step("/v1/alerts/{alert}/mitigate", "alert mitigate", .sharing),
    .get("/v1/allocations", "allocation list", .network),
    .post("/v1/allocations", "allocation decide", .sharing),
    .step("/v1/allocations/compare", "allocation compare", .network),
    .get("/v1/allocations/terms", "allocation terms", .network),
    .table("/v1/allocations/terms", "allocation import-terms", .sharing).answeringInWords,
    .put("/v1/allocations/terms/{item}/{centre}", "allocation declare", .sharing).answeringInWords,
    .put("/v1/allocations/rule", "allocation choose-rule", .sharing).answeringInWords,
    .get("/v1/orders/{order}/allocation-rule", "allocation rule", .network),
    .get("/v1/allocations/{key}", "allocation show", .network),
    .step("/v1/allocations/{key}/cancel", "allocation cancel", .sharing),
    .get("/v1/rollouts", "rollout list", .network),
    .put("/v1/rollouts/{code}", "rollout plan", .sharing),
    .get("/v1/rollouts/{code}", "rollout show", .network),
    .get("/v1/rollouts/{code}/changes", "rollout changes", .network),
    .step("/v1/rollouts/{code}/approve", "rollout approve", .sharing),
    .step("/v1/rollouts/{code}/waves/{wave}", "rollout record", .sharing),
    .step("/v1/rollouts/{code}/cancel", "rollout cancel", .sharing),
    .get("/v1/transfers", "transfer list", .network),
    .post("/v1/transfers", "transfer propose", .sharing),
    .step("/v1/transfers/plan", "transfer plan", .sharing),
    .get("/v1/transfers/{number}", "transfer show", .network),
    .step("/v1/transfers/{number}/agree", "transfer agree", .sharing),
    .step("/v1/transfers/{number}/send", "transfer send", .sharing),
    .step("/v1/transfers/{number}/receive", "transfer receive", .sharing),
    .step("/v1/transfers/{number}/cancel", "transfer cancel", .sharing),
  ]

  /// Plan runs, forecasts, gaps, travel and sites.
  static let planning: [Route] = [
    .get("/v1/plans", "plan list", .network),
    .post("/v1/plans", "plan run", .planning),
    Route.delete("/v1/plans", "plan prune", .planning).answeringInWords,
    .get("/v1/plans/lines", "plan show", .network),
    .get("/v1/plans/kits", "plan kits", .network),
    .get("/v1/plans/explanation", "plan explain", .network),
    .get("/v1/plans/compare/{before}/{after}", "plan compare", .network),
    .step("/v1/plans/{run}/cancel", "plan cancel", .planning),
    .get("/v1/plans/policy", "plan policy show", .network),
    .put("/v1/plans/policy/{criticality}", "plan policy set", .planning),
    .step("/v1/plans/backtest", "plan backtest", .planning),
    .get("/v1/forecasts", "forecast show", .network, withheld: ["svg"]),
    .get("/v1/forecasts/scenarios", "forecast scenario list", .network),
    .post("/v1/forecasts/scenarios", "forecast scenario set", .planning),
    Route.delete("/v1/forecasts/scenarios/{scenario}", "forecast scenario remove", .planning)
      .answeringInWords,
    .get("/v1/gaps", "gaps show", .network),
    .get("/v1/gaps/age", "gaps age", .network),
    .get("/v1/gaps/access", "gaps access", .network),
    .get("/v1/travel", "travel show", .network),
    .table("/v1/travel", "travel import", .planning).answeringInWords,
    .get("/v1/sites", "sites list", .network),
    siting("/v1/sites", "sites best"),
    siting("/v1/sites/curve", "sites curve"),
    .get("/v1/sites/{code}", "sites show", .network),
  ]

  /// Users, tokens and the log.
  static let administration: [Route] = [
    .get("/v1/audit", "audit log", .auditing),
    .get("/v1/audit/verification", "audit verify", .auditing),
    .get("/v1/users", "user list", .auditing),
    .put("/v1/users/{name}", "user save", .keeping),
    .get("/v1/users/{name}", "user show", .auditing),
    .step("/v1/users/{name}/disable", "user disable", .keeping),
    .step("/v1/users/{name}/enable", "user enable", .keeping),
    .get("/v1/tokens", "token list", .auditing),
    .post("/v1/tokens", "token create", .keeping),
    .get("/v1/webhooks", "webhook list", .auditing),
    .post("/v1/webhooks", "webhook add", .keeping),
    .step("/v1/webhooks/{name}/pause", "webhook pause", .keeping),
    .step("/v1/webhooks/{name}/resume", "webhook resume", .keeping),
    Route.step("/v1/webhooks/{name}/ping", "webhook ping", .keeping).answeringInWords,
    .get("/v1/webhooks/{name}/deliveries", "webhook deliveries", .auditing),
    Route.delete("/v1/webhooks/{name}", "webhook remove", .keeping).answeringInWords,
    .step("/v1/webhook-deliveries/{delivery}/repeat", "webhook repeat", .keeping),
    .get("/v1/jobs", "job list", .anyone),
    .get("/v1/jobs/{job}", "job show", .anyone),
    .get("/v1/jobs/{job}/result", "job result", .anyone),
    Route.delete("/v1/jobs/{job}", "job cancel", .anyone),
    .step("/v1/tokens/{user}/{label}/revoke", "token revoke", .keeping),
  ]

  package static let all = RouteTable(
    register + stock + purchasing + sharing + (planning + renewal).map(\.lagging)
      + innovation + administration
  )

  private static func siting(_ path: String, _ words: String) -> Route {
    var route = Route.post(path, words, .planning)
    route.success = .ok
    route.withheld = ["svg"]
    return route
  }
}
