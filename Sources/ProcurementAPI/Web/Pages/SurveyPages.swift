import Inventory
import Procurement
import Storage

/// Surveys of practice: who answered, what they say together, and a form to answer.
enum SurveyPages {
  static let routes = [WebRoute("surveys", list), WebRoute("surveys/{survey}", one)]

  private static func list(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let t = visit.language
    let surveys = try PracticeSurvey.all(in: connection)
    let results = try surveys.map { ($0, try SurveyResults.read($0.terms.code, in: connection)) }
    return WebPage(
      t("Surveys", "Enquêtes"),
      .innovations,
      """
      <h1>\(t("Surveys of practice", "Enquêtes de pratiques"))</h1>
      <p class="lead">\(t("What the centres do today; results are shown from enough answers on, so that nobody is pointed at.", "Ce que font les centres aujourd’hui ; les résultats paraissent à partir d’assez de réponses pour ne désigner personne."))</p>
      \(InnovationPages.tabs(visit, here: "surveys"))
      <section class="card">\(results.isEmpty ? "<p class=\"empty\">\(t("No survey yet.", "Aucune enquête pour l’instant."))</p>" : table(results, t))</section>
      """
    )
  }

  private static func table(_ surveys: [(PracticeSurvey, SurveyResults)], _ t: Language) -> HTML {
    """
    <div class="scroll" tabindex="0"><table><thead><tr><th>\(t("Survey", "Enquête"))</th><th>\(t("State", "État"))</th><th>\(t("Closes", "Clôture"))</th>\
    <th class="n">\(t("Questions", "Questions"))</th><th class="n">\(t("Answered", "Réponses"))</th></tr></thead><tbody>
    \(surveys.prefix(100).markup { survey, results in
      """
      <tr><th scope="row"><a href="\(WebPath("surveys", survey.terms.code))">\(survey.terms.title)</a></th><td>\(survey.state.name(t))</td><td>\(t.day(survey.terms.closes))</td>\
      <td class="n">\(survey.terms.questions.count)</td><td class="n">\(results.submitted) / \(results.asked)</td></tr>
      """
    })
    </tbody></table></div>
    """
  }

  private static func one(_ visit: Visit, _ connection: any Connection) throws -> WebPage {
    let code: PracticeSurvey.Code = try visit.code("survey")
    let view = SurveyView(
      survey: try PracticeSurvey.find(code, in: connection),
      results: try SurveyResults.read(code, in: connection),
      register: try Register(in: connection),
      visit: visit
    )
    return WebPage(view.survey.terms.title, .innovations, view.markup)
  }
}

/// One survey.
private struct SurveyView {
  let survey: PracticeSurvey
  let results: SurveyResults
  let register: Register
  let visit: Visit
  private var t: Language { visit.language }

  var markup: HTML {
    """
    <p class="crumbs"><a href="/surveys">\(t("Surveys", "Enquêtes"))</a> ›</p>
    <h1>\(survey.terms.title)</h1>
    <p class="lead"><span class="tag accent">\(survey.state.name(t))</span> \(t.shortDay(survey.terms.opens)) – \(t.day(survey.terms.closes)) · <code>\(survey.terms.code)</code></p>
    <div class="figures">\(figure("\(results.submitted) / \(results.asked)", t("answered", "réponses")))\(figure("\(results.late)", t("of them late", "dont en retard")))\
    \(figure("\(results.declined)", t("declined", "refus")))\(figure("\(results.missing.count)", t("said nothing", "sans réponse")))</div>
    \(survey.state == .draft ? questions : .nothing)\(steps)
    <section class="card"><h2>\(t("What they say", "Ce qu’ils disent"))</h2>\(answers)</section>
    \(results.missing.isEmpty ? .nothing : "<section class=\"card\"><h2>\(t("Said nothing", "Sans réponse"))</h2><p>\(results.missing.sorted(byName: { register.name($0) }).enumerated().markup { "\($0 > 0 ? " · " : "")\(register.link($1, for: visit))" })</p></section>" as HTML)
    \(answerForm)
    """
  }

  private func figure(_ value: String, _ label: String) -> HTML {
    "<div class=\"figure\"><b>\(value)</b><span>\(label)</span></div>"
  }

  /// What will be asked, to be read before anybody is.
  private var questions: HTML {
    """
    <section class="card"><h2>\(t("What it asks", "Ce qu’elle demande"))</h2><ol>\(survey.terms.questions.markup { question in
      """
      <li>\(question.wording) <span class="note">\(question.kind.name(t))\(question.choices.isEmpty ? "" : t(":", "\u{00A0}:") + " " + question.choices.joined(separator: ", "))\
      \(question.isRequired ? "" : t(", optional", ", facultative"))</span></li>
      """
    })</ol></section>
    """
  }

  private var steps: HTML {
    guard visit.may(.planner) else { return .nothing }
    let code = [("code", survey.terms.code.rawValue)]
    let button: HTML =
      switch survey.state {
      case .draft: Form.button(visit, "surveyOpen", t("Open it", "L’ouvrir"), style: "main", code)
      case .open: Form.button(visit, "surveyClose", t("Close it", "La clore"), code)
      case .closed: Form.button(visit, "surveyReopen", t("Open it again", "La rouvrir"), code)
      }
    return "<p>\(button)</p>"
  }

  private var answers: HTML {
    guard let questions = results.questions else {
      return """
        <p class="empty">\(t("Shown from \(results.minimumAnswers) answers on.", "Affichés à partir de \(results.minimumAnswers) réponses."))</p>
        """
    }
    return "\(questions.markup(result))"
  }

  private func result(_ result: SurveyResults.QuestionResult) -> HTML {
    """
    <h3>\(result.question.number). \(result.question.wording)</h3>
    <p class="note">\(result.answered) \(t("answered", "réponses"))\(span(result))</p>
    \(result.counts.isEmpty ? .nothing : """
      <table class="bars"><tbody>\(result.counts.markup { count in
        "<tr><th scope=\"row\">\(word(count.answer))</th><td class=\"n\">\(count.centres)</td><td><meter min=\"0\" max=\"\(max(1, result.answered))\" value=\"\(count.centres)\" aria-hidden=\"true\"></meter></td></tr>"
      })</tbody></table>
      """ as HTML)
    """
  }

  private func span(_ result: SurveyResults.QuestionResult) -> String {
    guard let least = result.least, let median = result.median, let greatest = result.greatest else {
      return ""
    }
    return t(
      ": \(t.number(least)) to \(t.number(greatest)), median \(t.number(median))",
      " : de \(t.number(least)) à \(t.number(greatest)), médiane \(t.number(median))"
    )
  }

  private func word(_ answer: String) -> String {
    switch answer {
    case "yes": t("yes", "oui")
    case "no": t("no", "non")
    default: answer
    }
  }

  /// Sent as the rows of a table: centre, question, answer.
  private var answerForm: HTML {
    let mine = register.centres.filter { visit.principal.centres.contains($0.code) }
    guard survey.state == .open, visit.may(.reporter), let centre = mine.first else { return .nothing }
    return """
      <section class="card"><h2>\(t("Answer for \(centre.name)", "Répondre pour \(centre.name)"))</h2>\(Form.filled(visit, "surveyAnswer", t("Send the answers", "Envoyer les réponses"), """
      <input type="hidden" name="code" value="\(survey.terms.code)"><input type="hidden" name="_given" value="centre_code,question">\(survey.terms.questions.markup { question in
        """
        <input type="hidden" name="cell.centre_code" value="\(centre.code)"><input type="hidden" name="cell.question" value="\(question.number)">
        <label>\(question.number). \(question.wording)\(field(question))</label>
        """
      })
      """))</section>
      """
  }

  private func field(_ question: PracticeSurvey.Question) -> HTML {
    let required: HTML = question.isRequired ? " required" : ""
    let options: [(String, String)] =
      switch question.kind {
      case .yesNo: [("yes", t("yes", "oui")), ("no", t("no", "non"))]
      case .choice: question.choices.map { ($0, $0) }
      case .number, .text: []
      }
    guard options.isEmpty else {
      return """
        <select name="cell.answer"\(required)><option value=""></option>\(options.markup { "<option value=\"\($0.0)\">\($0.1)</option>" })</select>
        """
    }
    return "<input name=\"cell.answer\" type=\"\(question.kind == .number ? "number" : "text")\"\(required)>"
  }
}

extension PracticeSurvey.State {
  func name(_ t: Language) -> String {
    switch self {
    case .draft: t("draft", "brouillon")
    case .open: t("open", "ouverte")
    case .closed: t("closed", "close")
    }
  }
}

extension PracticeSurvey.Question.Kind {
  func name(_ t: Language) -> String {
    switch self {
    case .yesNo: t("yes or no", "oui ou non")
    case .number: t("a number", "un nombre")
    case .choice: t("one of", "au choix")
    case .text: t("in words", "en toutes lettres")
    }
  }
}
