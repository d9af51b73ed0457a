import Inventory
import Storage

/// What a reader of events is told of jobs: each time one has come further, all that is known of it. What was missed
/// while nobody listened needs no repetition, for the next word says it all; such an event has no id of its own.
struct JobNews {
  private let service: ServedSystem
  private let owner: User.Name?
  private let isWanted: Bool
  private let since: Instant
  private var told: [Job.ID: Job] = [:]

  /// How far back a new reader is told of what has ended.
  private static let past: Int64 = 600_000

  init(service: ServedSystem, principal: Principal, types: Set<String>) {
    self.service = service
    owner = principal.seesAllJobs ? nil : principal.name
    isWanted = types.isEmpty || types.contains("job")
    since = Instant(rawValue: service.clock().rawValue - Self.past)
  }

  /// What is new since the last time.
  mutating func next() async throws -> String {
    guard isWanted else { return "" }
    let (owner, since) = (owner, since)
    let jobs = try await service.database.read { try Job.news(of: owner, since: since, in: $0) }
    let news = jobs.filter { told[$0.id] != $0 }
    told = Dictionary(uniqueKeysWithValues: jobs.map { ($0.id, $0) })
    return news.map { job in
      let data = (try? AnswerJSON.text(job)) ?? "{}\n"
      return "event: job\ndata: \(data)\n"
    }.joined()
  }
}

extension Principal {
  /// Whether the jobs of others are this user's business.
  package var seesAllJobs: Bool { !roles.isDisjoint(with: [.auditor, .administrator]) }
}
