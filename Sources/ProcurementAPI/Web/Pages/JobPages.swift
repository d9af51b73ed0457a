import Inventory
import Storage

/// What was left to be done: how far it is, what came of it, and a way to stop it.
enum JobPages {
  static let routes = [WebRoute("jobs", list), WebRoute("jobs/{job}", job)]

  /// Where a form that leaves its work leads to.
  static let path = "/jobs"

  private static func owner(_ visit: Visit) -> User.Name? {
    visit.principal.seesAllJobs ? nil : visit.principal.name
  }

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let jobs = try Job.all(of: owner(visit), in: connection)
    return WebPage(
      t("Jobs", "Travaux"),
      .administration,
      """
      <h1>\(t("Jobs", "Travaux"))</h1>
      <p class="lead">\(t("Work that takes longer than a page should: it goes on whether you look or not, and survives a restart.", "Les traitements trop longs pour une page : ils se poursuivent sans vous et survivent à un redémarrage."))</p>
      \(visit.may(.administrator, .auditor) ? AdministrationPages.tabs(t, here: "jobs") : .nothing)
      \(Live.notice(visit, ["job"]))
      <section class="card">\(jobs.isEmpty ? "<p class=\"empty\">\(t("Nothing was left to be done.", "Aucun travail n’a été confié."))</p>" as HTML : table(Array(jobs.prefix(200)), visit))</section>
      """
    )
  }

  private static func table(_ jobs: [Job], _ visit: Visit) -> HTML {
    let t = visit.language
    return """
      <div class="scroll" tabindex="0"><table><thead><tr><th class="n">\(t("Job", "Travail"))</th><th>\(t("Work", "Traitement"))</th><th>\(t("By", "Par"))</th><th>\(t("State", "État"))</th>\
      <th>\(t("Progress", "Avancement"))</th><th>\(t("Asked", "Demandé"))</th><th>\(t("Ended", "Terminé"))</th><th></th></tr></thead><tbody>
      \(jobs.markup { job in
        """
        <tr><th scope="row" class="n"><a href="\(WebPath("jobs", job.id.rawValue))">\(job.id.rawValue)</a></th><td>\(t.sentence(job.operation))</td><td>\(job.user)</td><td>\(job.tag(t))</td>\
        <td>\(job.progress.map { t.sentence($0) } ?? "–")</td><td>\(t.moment(job.askedAt))</td><td>\(job.endedAt.map { t.moment($0) } ?? "–")</td><td>\(stop(job, visit))</td></tr>
        """
      })
      </tbody></table></div>
      """
  }

  private static func stop(_ job: Job, _ visit: Visit) -> HTML {
    guard !job.state.isOver, job.cancelAskedAt == nil else { return .nothing }
    return Form.button(
      visit,
      "jobCancel",
      visit.language("Stop", "Arrêter"),
      style: "danger",
      [("job", "\(job.id.rawValue)")]
    )
  }

  private static func job(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    guard let number = visit.values["job"].flatMap(Int64.init) else { throw Problem.noSuchPage }
    let job = try Job.find(Job.ID(rawValue: number), of: owner(visit), in: connection)
    let result = job.status == nil ? nil : try Job.result(job.id, in: connection)
    return WebPage(
      "\(t("Job", "Travail")) \(number)",
      .administration,
      """
      <p class="crumbs"><a href="/jobs">\(t("Jobs", "Travaux"))</a> ›</p>
      <h1>\(t("Job", "Travail")) \(number) <small>\(t.sentence(job.operation))</small></h1>
      <p class="lead">\(job.tag(t)) \(t("asked by", "demandé par")) \(job.user), \(t.moment(job.askedAt))\(job.progress.markup { " · \(t.sentence($0))" })</p>
      \(job.state.isOver ? .nothing : Live.notice(visit, ["job"]))\(stop(job, visit))
      \(result.markup { shown($0, t) })
      """
    )
  }

  private static func shown(_ result: JobResult, _ t: Language) -> HTML {
    """
    <section class="card"><h2>\(t("What came of it", "Résultat"))</h2>\(result.notes.markup { "<p>\(t.sentence($0))</p>" })\
    \(JobResultView(result.body, t).markup)</section>
    """
  }
}

extension Job {
  func tag(_ t: Language) -> HTML {
    let (style, name) =
      switch state {
      case .waiting: ("", t("waiting", "en attente"))
      case .running where cancelAskedAt != nil: ("warn", t("stopping", "arrêt demandé"))
      case .running: ("accent", t("running", "en cours"))
      case .finished: ("good", t("finished", "terminé"))
      case .failed: ("bad", t("failed", "échoué"))
      case .cancelled: ("", t("stopped", "arrêté"))
      }
    return "<span class=\"tag \(style)\">\(name)</span>"
  }
}
