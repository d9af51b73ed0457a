import HTTPTypes
import Inventory
import Tabular

/// One operation of the OpenAPI document.
struct OpenAPIOperation {
  let route: Route
  let signature: Signature
  let identifier: String

  var value: JSONValue {
    var members: [String: JSONValue] = [
      "operationId": .string(identifier),
      "summary": .string(signature.abstract),
      "description": .string(description),
      "tags": [.string(OpenAPIDocument.tag(of: route))],
      "parameters": .array(parameters),
      "responses": .object(responses),
    ]
    if let body = requestBody { members["requestBody"] = body }
    return .object(members)
  }

  private var description: String {
    let roles = route.access.roles.sorted().map(\.rawValue).joined(separator: ", ")
    let scope =
      switch route.access.scope {
      case .network: ""
      case .centre(let name): " A reporter names one of their own centres in `\(name)`."
      case .file: " A reporter may name only their own centres in it."
      }
    return "For: \(roles).\(scope)"
  }

  private var offered: [Signature.Parameter] { RouteForm(route, signature).offered }
  private var tables: [Signature.Parameter] { RouteForm(route, signature).tables }
  private var scalars: [Signature.Parameter] {
    let names = Set(tables.map(\.name)).union(route.body == .report ? ["file"] : [])
    return offered.filter { !names.contains($0.name) && !route.pathKeys.contains($0.key) }
  }

  private var parameters: [JSONValue] {
    let inPath = offered.filter { route.pathKeys.contains($0.key) }.map { parameter($0, in: "path") }
    let isQuery = route.method == .get || route.method == .delete || route.body != .fields
    let inQuery = isQuery ? scalars.map { parameter($0, in: "query", isRequired: isRequired($0)) } : []
    let page: [JSONValue] =
      route.isList
      ? [["$ref": "#/components/parameters/limit"], ["$ref": "#/components/parameters/after"]] : []
    let writes: [JSONValue] =
      route.method == .get
      ? [["$ref": "#/components/parameters/ifNoneMatch"]]
      : [["$ref": "#/components/parameters/idempotencyKey"]]
        + (route.hasSubject ? [["$ref": "#/components/parameters/ifMatch"]] : [])
    let prefers: [JSONValue] = route.mayBeLeft ? [["$ref": "#/components/parameters/prefer"]] : []
    let forms: [JSONValue] = route.hasForms ? [["$ref": "#/components/parameters/format"]] : []
    return inPath + inQuery + page + forms + writes + prefers
  }

  /// In the query of a request that may have a JSON body, nothing is required: the body can say it.
  private func isRequired(_ parameter: Signature.Parameter) -> Bool {
    guard case .centre(parameter.name) = route.access.scope else {
      return !parameter.isOptional && (route.method == .get || route.method == .delete)
    }
    return false
  }

  private func parameter(
    _ parameter: Signature.Parameter,
    in place: String,
    isRequired: Bool = true
  ) -> JSONValue {
    let value: JSONValue = [
      "name": .string(parameter.key),
      "in": .string(place),
      "required": .boolean(place == "path" || isRequired),
      "description": .string(parameter.meaning),
      "schema": Self.schema(of: parameter),
    ]
    let known =
      example.parameters[parameter.key] ?? example.inBody(parameter.key)
      ?? OperationExamples.embedded.value(of: parameter)
    return known.map { value.with(["example": $0]) } ?? value
  }

  private var example: OperationExamples.Example { OperationExamples.embedded[route] }

  /// A form of content, with the example where there is one.
  private static func media(_ schema: JSONValue, _ example: JSONValue?) -> JSONValue {
    let value: JSONValue = ["schema": schema]
    return example.map { value.with(["example": $0]) } ?? value
  }

  static func schema(of parameter: Signature.Parameter) -> JSONValue {
    parameter.isRepeating ? ["type": "array", "items": parameter.value.schema] : parameter.value.schema
  }

  private var requestBody: JSONValue? {
    guard route.method != .get, route.method != .delete else { return nil }
    var content: [String: JSONValue] = [:]
    switch route.body {
    case .fields:
      guard !scalars.isEmpty || !tables.isEmpty else { return nil }
      content["application/json"] = Self.media(bodySchema, example.body)
    case .report:
      content["application/json"] = Self.media(["$ref": "#/components/schemas/StockReport"], example.body)
      content.merge(Self.tableTypes) { first, _ in first }
    case .table:
      content["application/json"] = Self.media(bodySchema, example.body)
      content.merge(Self.tableTypes) { first, _ in first }
    }
    let isNeeded =
      scalars.contains { !$0.isOptional } || tables.contains { !$0.isOptional } || route.body == .report
    return ["required": .boolean(isNeeded), "content": .object(content)]
  }

  private static let tableTypes: [String: JSONValue] = [
    "text/csv": ["schema": ["type": "string"]],
    "application/x-ndjson": ["schema": ["type": "string"]],
  ]

  private var bodySchema: JSONValue {
    var properties: [String: JSONValue] = [:]
    for parameter in scalars {
      properties[parameter.key] = Self.schema(of: parameter).with(["description": .string(parameter.meaning)])
    }
    for table in tables { properties[RouteForm.tableKey(table)] = ["$ref": "#/components/schemas/Table"] }
    let required =
      scalars.filter { !$0.isOptional && !isCentre($0) }.map(\.key)
      + tables.filter { !$0.isOptional }.map { RouteForm.tableKey($0) }
    return [
      "type": "object",
      "properties": .object(properties),
      "required": .array(required.map { .string($0) }),
      "additionalProperties": false,
    ]
  }

  private func isCentre(_ parameter: Signature.Parameter) -> Bool {
    route.access.scope == .centre(parameter.name)
  }

  private var responses: [String: JSONValue] {
    var responses: [String: JSONValue] = [
      "\(route.success.code)": [
        "description": "Done.", "content": .object(content), "headers": .object(headers),
      ]
    ]
    var codes = [400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 500, 503]
    if route.method == .get { codes += [304, 410] } else { codes += [408, 412, 507] }
    if route.replacesItsSubject {
      codes.append(428)
      responses["201"] = responses["\(route.success.code)"]
    }
    if route.mayBeLeft { responses["202"] = ["$ref": "#/components/responses/Accepted"] }
    // The result of a job may be any refusal that its work met.
    if route.words == ["job", "result"] { codes += [408, 412, 507] }
    for code in codes {
      responses["\(code)"] =
        code == 304 ? ["description": "Unchanged."] : ["$ref": .string("#/components/responses/Problem")]
    }
    return responses
  }

  /// What the answer tells beside its body.
  private var headers: [String: JSONValue] {
    var names = ["X-Request-Id", "Procure-Notes"]
    if route.method == .get { names += ["ETag"] } else { names += ["Idempotency-Replayed"] }
    if route.isList { names += ["Link"] }
    if route.mayLag { names += ["Age"] }
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, ["$ref": .string("#/components/headers/\($0)")]) }
    )
  }

  private var content: [String: JSONValue] {
    switch route.content {
    case .document(let type): return [type: ["schema": type == "application/json" ? [:] : ["type": "string"]]]
    case .notes:
      return [
        "application/json": Self.media(["$ref": "#/components/schemas/Notes"], example.answer),
        "text/plain": ["schema": ["type": "string"]],
      ]
    case .values:
      let forms: [String: JSONValue] = [
        "application/json": Self.media(answer, example.answer),
        "text/csv": ["schema": ["type": "string"]], "text/plain": ["schema": ["type": "string"]],
        JSONLines.mediaType: ["schema": ["type": "string"]],
      ]
      return route.hasForms ? forms.merging([Workbook.mediaType: [:]]) { own, _ in own } : forms
    }
  }
}

extension OpenAPIOperation {
  private var answer: JSONValue {
    AnswerSchemas.embedded.operations[route.words.joined(separator: " ")] ?? [:]
  }
}

extension ValueKind {
  var schema: JSONValue {
    switch self {
    case .integer(let range):
      [
        "type": "integer", "format": "int64", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .number(nil): ["type": "number"]
    case .number(let range?):
      [
        "type": "number", "minimum": .number(Self.text(range.lowerBound)),
        "maximum": .number(Self.text(range.upperBound)),
      ]
    case .day: ["type": "string", "format": "date"]
    case .boolean: ["type": "boolean"]
    case .code:
      ["type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"]
    case .text: ["type": "string", "maxLength": 1024]
    case .choice(let values): ["type": "string", "enum": .array(values.map { .string($0) })]
    }
  }
}
