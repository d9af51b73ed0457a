import Inventory

/// What a form has in every case.
enum Form {
  /// The proof that the form is ours, and the page to come back to.
  static func hidden(_ visit: Visit) -> HTML {
    """
    <input type="hidden" name="_token" value="\(visit.formToken)">\
    <input type="hidden" name="_back" value="\(visit.address)">
    """
  }

  /// What a form that does something has besides: a key that makes it count once, and the page that follows what
  /// is done where it is another than the form's.
  static func hidden(_ visit: Visit, then next: String?) -> HTML {
    """
    \(hidden(visit))<input type="hidden" name="_once" value="\(once)">\
    \(next.markup { "<input type=\"hidden\" name=\"_next\" value=\"\($0)\">" })
    """
  }

  private static var once: String {
    String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// A button that does one operation with fixed values; where it is left, a job does it, and the page of jobs follows.
  static func button(
    _ visit: Visit,
    _ operation: String,
    _ label: String,
    style: String = "",
    then next: String? = nil,
    isLeft: Bool = false,
    _ values: [(String, String)]
  ) -> HTML {
    """
    <form class="inline" method="post" action="\(WebPath("do", operation))">\(hidden(visit, then: isLeft ? JobPages.path : next))\
    \(isLeft ? "<input type=\"hidden\" name=\"_leave\" value=\"1\">" as HTML : .nothing)\
    \(values.markup { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" })\
    <button class="\(style)">\(label)</button></form>
    """
  }

  /// A form that does one operation with what is filled in.
  static func filled(
    _ visit: Visit,
    _ operation: String,
    _ label: String,
    then next: String? = nil,
    _ fields: HTML
  )
    -> HTML
  {
    """
    <form class="fields" method="post" action="\(WebPath("do", operation))">\(hidden(visit, then: next))
    \(fields)
    <div><button class="main">\(label)</button></div></form>
    """
  }

  static func field(
    _ visit: Visit,
    _ name: String,
    _ label: String,
    type: String = "text",
    value: String = "",
    isRequired: Bool = true,
    hint: String = "",
    at index: Int = 0
  ) -> HTML {
    // Of several fields of one name each keeps what was sent in its place.
    let sent = visit.outcome?.sent?.all(name).dropFirst(index).first ?? ""
    return """
      <label><span>\(label)\(isRequired ? .nothing : optional(visit))</span>
      <input name="\(name)" type="\(type)" value="\(sent.isEmpty ? value : sent)"\
      \(isRequired ? " required" as HTML : "")\(hint.isEmpty ? .nothing : " placeholder=\"\(hint)\"" as HTML)></label>
      """
  }

  static func choice(
    _ visit: Visit,
    _ name: String,
    _ label: String,
    _ options: [(value: String, text: String)],
    chosen: String = ""
  ) -> HTML {
    let sent = visit.sent(name)
    let chosen = sent.isEmpty ? chosen : sent
    return """
      <label>\(label)
      <select name="\(name)">
      \(options.markup { option in
        "<option value=\"\(option.value)\"\(option.value == chosen ? " selected" as HTML : "")>\(option.text)</option>"
      })
      </select></label>
      """
  }

  private static func optional(_ visit: Visit) -> HTML {
    " <span class=\"note\">\(visit.language("(optional)", "(facultatif)"))</span>"
  }
}
