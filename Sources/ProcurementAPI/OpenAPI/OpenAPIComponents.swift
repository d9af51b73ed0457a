/// What the operations of the OpenAPI document have in common.
enum OpenAPIComponents {
  static let value: JSONValue = [
    "securitySchemes": [
      "token": ["type": "http", "scheme": "bearer", "description": "An API token, or a JWT."]
    ],
    "parameters": parameters, "headers": headers,
    "responses": [
      "Accepted": [
        "description": "Left to be done, as was preferred: the job, at the address in Location.",
        "headers": [
          "Location": ["schema": ["type": "string"]], "Preference-Applied": ["schema": ["type": "string"]],
        ],
        "content": ["application/json": ["schema": AnswerSchemas.embedded.operations["job show"] ?? [:]]],
      ],
      "Problem": [
        "description": "Refused, with what is wrong.",
        "headers": [
          "X-Request-Id": ["$ref": "#/components/headers/X-Request-Id"],
          "Retry-After": ["$ref": "#/components/headers/Retry-After"],
        ],
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
      ],
    ],
    "schemas": schemas,
  ]

  private static let schemas: JSONValue = .object(
    AnswerSchemas.embedded.schemas.merging(own) { _, own in own }
  )
  /// What no operation's answer is made of.
  static let own: [String: JSONValue] = [
    "Problem": problem, "Table": table, "Notes": notes, "StockReport": report,
  ]

  private static let parameters: JSONValue = [
    "limit": [
      "name": "limit", "in": "query", "description": "Rows of a page; 100 where nothing is said.",
      "schema": ["type": "integer", "minimum": 1, "maximum": 1000],
    ],
    "after": [
      "name": "after", "in": "query", "description": "The cursor in the link to the next page.",
      "schema": ["type": "string", "pattern": "^[A-Za-z0-9_-]+$"],
    ],
    "format": [
      "name": "format", "in": "query",
      "description":
        "The form of the answer, for whoever cannot say it by Accept; a workbook is for a spreadsheet.",
      "schema": ["type": "string", "enum": .array(Call.Form.allCases.map { .string($0.rawValue) })],
    ],
    "idempotencyKey": [
      "name": "Idempotency-Key", "in": "header",
      "description": "The same request sent again under it counts once.",
      "schema": ["type": "string", "pattern": "^[!-~]{1,128}$"],
    ],
    "ifMatch": [
      "name": "If-Match", "in": "header",
      "description": "The ETag of what was read: refused where it has changed.",
      "schema": ["type": "string", "pattern": "^[!-~]{1,128}$"],
    ],
    "prefer": [
      "name": "Prefer", "in": "header",
      "description": "respond-async: leave it to be done, and answer at once where to look for it.",
      "schema": ["type": "string", "enum": ["respond-async"]],
    ],
    "ifNoneMatch": [
      "name": "If-None-Match", "in": "header",
      "description": "The ETag of what is known: 304 where it still holds.",
      "schema": ["type": "string", "pattern": "^[!-~]{1,128}$"],
    ],
  ]

  private static let headers: JSONValue = [
    "X-Request-Id": header("The request, as the log knows it; the caller's own where it sent one."),
    "Procure-Notes": header("What a person would be told beside it: percent-encoded, joined by commas."),
    "ETag": header("The state of what was read, for If-None-Match and If-Match."),
    "Idempotency-Replayed": header("true where the answer is that of the same request before."),
    "Link": header("The next page, where there is one: its address in <>, with rel=\"next\"."),
    "Age": header("How many seconds old the answer may be, where a standby gave it."),
    "Retry-After": header("The seconds to wait, of 429 and 503."),
  ]

  private static func header(_ meaning: String) -> JSONValue {
    ["description": .string(meaning), "schema": ["type": "string"]]
  }

  private static let problem: JSONValue = [
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "instance"],
    "properties": [
      "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
      "code": [
        "type": "string",
        "description": "Stable: programs may rely on it. /docs/problems says what each means.",
        "enum": .array(ProblemCodes.embedded.all.map { .string($0.code) }),
      ],
      "detail": ["type": "string"], "instance": ["type": "string"], "moreErrors": ["type": "integer"],
      "errors": [
        "type": "array",
        "items": [
          "type": "object", "required": ["field", "found", "expected"],
          "properties": [
            "pointer": ["type": "string", "description": "RFC 6901, in a JSON body."],
            "line": ["type": "integer", "description": "From 1, in a table or the lines of a report."],
            "field": ["type": "string"], "found": ["type": "string"], "expected": ["type": "string"],
          ],
        ],
      ],
    ],
  ]

  private static let table: JSONValue = [
    "description": "Rows with a member for each column, or the text of a CSV file.",
    "anyOf": [
      ["type": "string"],
      [
        "type": "array",
        "items": [
          "type": "object", "additionalProperties": ["type": ["string", "integer", "boolean", "null"]],
        ],
      ],
    ],
  ]

  private static let notes: JSONValue = [
    "type": "object", "required": ["notes"],
    "properties": ["notes": ["type": "array", "items": ["type": "string"]]],
  ]

  private static let report: JSONValue = [
    "description": "Lines with a member for each column; what stands beside them holds for every line.",
    "type": "object", "required": ["lines"],
    "properties": [
      "centre": ["type": "string"], "day": ["type": "string", "format": "date"], "report": ["type": "string"],
      "lines": ["type": "array", "items": ["type": "object"]],
    ],
  ]

  /// What every service of its kind answers.
  static let fixed: [String: JSONValue] = [
    "/health": plain("Whether the process lives.", "application/json"),
    "/ready": plain("Whether the database is there, with the program's own schema.", "application/json"),
    "/metrics": plain("Figures for Prometheus.", "text/plain"),
    EventRequest.path: events,
  ]

  private static let events: JSONValue = [
    "operationId": "events", "tags": ["service"],
    "summary":
      "What happens, as server-sent events, from now on or after the event that Last-Event-ID names.",
    "parameters": [
      [
        "name": "types", "in": "query", "schema": ["type": "string"], "example": "alert,order,report,plan",
        "description": "Nouns, joined by commas; all where none is named.",
      ],
      [
        "name": "Last-Event-ID", "in": "header", "schema": ["type": "string"], "example": "berard:5,~:1201",
        "description": "The id of the last event that was read.",
      ],
    ],
    "responses": [
      "200": ["description": "Events without an end.", "content": ["text/event-stream": [:]]],
      "4XX": ["$ref": "#/components/responses/Problem"], "503": ["$ref": "#/components/responses/Problem"],
    ],
  ]

  private static func plain(_ summary: String, _ type: String) -> JSONValue {
    [
      "summary": .string(summary), "tags": ["service"], "security": [],
      "responses": [
        "200": ["description": "Done.", "content": [type: [:]]],
        "503": ["$ref": "#/components/responses/Problem"],
      ],
    ]
  }
}
