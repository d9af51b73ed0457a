import HTTPTypes
import Inventory

extension RouteTable {
  /// Renewal plans, what machines cost, and what-ifs.
  static let renewal: [Route] = [
    .get("/v1/renewals", "renewal list", .anyone),
    .post("/v1/renewals", "renewal plan", .planning),
    .get("/v1/renewals/comparison", "renewal compare", .anyone),
    .get("/v1/renewals/{number}", "renewal show", .anyone),
    .get("/v1/renewals/{number}/explanation", "renewal explain", .anyone),
    Route.step("/v1/renewals/{number}/check", "renewal check", .checking).answeringInWords,
    .get("/v1/machine-prices", "renewal prices", .anyone),
    .table("/v1/machine-prices", "renewal import-prices", .planning).answeringInWords,
    .get("/v1/scenarios", "scenario list", .anyone),
    .post("/v1/scenarios", "scenario new", .planning),
    .step("/v1/scenarios/comparison", "scenario compare", .planning),
    .get("/v1/scenarios/{code}", "scenario show", .anyone),
    .step("/v1/scenarios/{code}/changes", "scenario set", .planning),
    Route.delete("/v1/scenarios/{code}", "scenario remove", .planning).answeringInWords,
  ]

  /// Innovations and their pitches, surveys of practice, early access.
  static let innovation: [Route] = [
    .get("/v1/innovations", "innovation list", .anyone),
    .post("/v1/innovations", "innovation new", .planning),
    .table("/v1/innovations/import", "innovation import", .planning).answeringInWords,
    .get("/v1/innovations/centres", "innovation who", .anyone),
    .table("/v1/innovations/centres", "innovation import-centres", .planning).answeringInWords,
    .get("/v1/innovations/reminders", "innovation reminders", .anyone),
    .get("/v1/innovations/{code}", "innovation show", .anyone),
    .step("/v1/innovations/{code}/steps/{step}", "innovation step", .planning),
    .put("/v1/innovations/{code}/centres/{centre}", "innovation centre", .own),
    .get("/v1/pitches", "innovation pitch list", .anyone),
    .post("/v1/innovations/{code}/pitches", "innovation pitch propose", .planning),
    .step("/v1/innovations/{code}/pitches/{number}/select", "innovation pitch select", .planning),
    .step("/v1/innovations/{code}/pitches/{number}/schedule", "innovation pitch schedule", .planning),
    .step("/v1/innovations/{code}/pitches/{number}/present", "innovation pitch present", .planning),
    .put("/v1/innovations/{code}/pitches/{number}/interest/{centre}", "innovation pitch interest", .own),
    .step("/v1/innovations/{code}/pitches/{number}/follow-up", "innovation pitch follow-up", .planning),
    .step("/v1/innovations/{code}/pitches/{number}/adopt", "innovation pitch adopt", .planning),
    .step("/v1/innovations/{code}/pitches/{number}/close", "innovation pitch close", .planning),
    .get("/v1/surveys", "survey list", .anyone),
    newSurvey,
    .get("/v1/surveys/{code}", "survey show", .anyone),
    .step("/v1/surveys/{code}/open", "survey open", .planning),
    .step("/v1/surveys/{code}/close", "survey close", .planning),
    .step("/v1/surveys/{code}/reopen", "survey reopen", .planning),
    .get("/v1/surveys/{code}/answers", "survey answers", .answers),
    .table("/v1/surveys/{code}/answers", "survey answer", .answering).answeringInWords,
    .step("/v1/surveys/{code}/decline", "survey decline", .own),
    .get("/v1/surveys/{code}/results", "survey results", .anyone),
    .get("/v1/access-programmes", "access list", .anyone),
    .post("/v1/access-programmes", "access new", .planning),
    .table("/v1/access-programmes/import", "access import", .planning).answeringInWords,
    .get("/v1/access-programmes/{code}", "access show", .anyone),
    .step("/v1/access-programmes/{code}/request", "access request", .planning),
    .step("/v1/access-programmes/{code}/review", "access review", .planning),
    .step("/v1/access-programmes/{code}/grant", "access grant", .planning),
    .step("/v1/access-programmes/{code}/renew", "access renew", .planning),
    .step("/v1/access-programmes/{code}/refuse", "access refuse", .planning),
    .step("/v1/access-programmes/{code}/authorise", "access authorise", .planning),
    .step("/v1/access-programmes/{code}/end", "access end", .planning),
    .put("/v1/access-programmes/{code}/centres/{centre}", "access centre", .own),
  ]

  private static var newSurvey: Route {
    var route = Route.table("/v1/surveys", "survey new", .planning)
    route.success = .created
    return route
  }
}

extension Route.Access {
  /// A plan is made again by who made it, or who looks over their shoulder.
  fileprivate static let checking = Route.Access(
    roles: [.planner, .auditor, .administrator],
    scope: .network
  )
  /// What a centre says of itself: how far it is, and what it thinks.
  fileprivate static let own = Route.Access(roles: [.reporter, .planner], scope: .centre("centre"))
  /// A file of answers: each line's centre is checked.
  fileprivate static let answering = Route.Access(roles: [.reporter, .planner], scope: .file)
  /// A centre sees its own answer; all of them are seen by who sees the network.
  fileprivate static let answers = Route.Access(roles: Set(Role.allCases), scope: .centre("centre"))
}
