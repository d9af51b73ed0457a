import ArgumentParser
import Planning
import Tabular

/// Plans the waves of a first supply given as a file.
struct SolveRollout: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout",
    abstract: "Bring a first supply of an item or a kit to every centre, in waves."
  )

  @OptionGroup var input: ProblemFile
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try Self.report(try input.contents(), named: input.file).write(as: output.format)
  }

  static func report(_ text: String, named name: String) throws -> ProblemReport<RolloutAnswer> {
    let problem = try RolloutFile.read(text, named: name)
    do throws(SharingFaults) {
      let rollout = try problem.plan()
      return ProblemReport(
        tables: [RolloutTable.waves(rollout), RolloutTable.kept(rollout), RolloutTable.outcomes(rollout)],
        sentences: [RolloutTable.sentence(rollout)],
        json: RolloutAnswer(rollout)
      )
    } catch {
      throw ProblemReading.refusal(of: error, named: name)
    }
  }
}

/// The file of a rollout: `docs/formats/rollout.md`.
enum RolloutFile {
  static func read(_ text: String, named name: String) throws -> RolloutProblem {
    try ProblemReading.read(text, named: name, faults: \.faults) { fields in
      _ = fields.text("item")
      let components = fields.list("components", read: component)
      let arrivals = components.map { RolloutProblem.Arrival.kits(from: $0) }
      let tranche = fields.integer("firstTranche")
      let packSize = fields.integer("packSize", in: 1...SharingLimits.quantity) ?? 1
      return RolloutProblem(
        packSize: packSize,
        arrivals: arrivals ?? fields.requiredList("arrivals", read: arrival),
        centres: fields.requiredList("centres") { centre($0, tranche: tranche ?? packSize) }
      )
    }
  }

  private static func component(_ fields: ProblemFields) -> KitComponent {
    KitComponent(
      fields.code("component"),
      perKit: fields.integer("perKit", in: 1...SharingLimits.quantity) ?? 1,
      arrivals: fields.requiredList("arrivals", read: arrival)
    )
  }

  private static func arrival(_ fields: ProblemFields) -> RolloutProblem.Arrival {
    .init(day: fields.requiredDay("day"), quantity: fields.required("quantity"))
  }

  private static func centre(_ fields: ProblemFields, tranche: Int) -> RolloutProblem.Centre {
    let target = fields.required("target")
    return .init(
      fields.code("centre"),
      ready: fields.requiredDay("ready"),
      firstTranche: fields.integer("firstTranche") ?? min(tranche, target),
      target: target,
      use: fields.use("dailyUse")
    )
  }
}

/// A rollout as a buyer reads it.
enum RolloutTable {
  static func waves(_ rollout: Rollout) -> TextTable {
    var table = TextTable([
      .init("wave", .right), .init("day"), .init("centre"), .init("quantity", .right),
      .init("total", .right), .init(rollout.measuresCover ? "days of cover" : "of target", .right),
      .init("why"),
    ])
    for wave in rollout.waves {
      for line in wave.lines {
        table.add(
          "\(wave.number)",
          Figure.day(wave.day),
          line.centre,
          "\(line.quantity)",
          "\(line.total)",
          rollout.measuresCover ? Figure.days(line.coverAfter) : Figure.percent(line.coverAfter),
          line.reason.sentence
        )
      }
    }
    return table
  }

  /// What stays in hand after a wave, and why.
  static func kept(_ rollout: Rollout) -> TextTable {
    var table = TextTable([.init("after wave", .right), .init("day"), .init("kept", .right), .init("why")])
    for wave in rollout.waves {
      guard let why = wave.whyKept else { continue }
      table.add("\(wave.number)", Figure.day(wave.day), "\(wave.kept)", why)
    }
    return table
  }

  static func outcomes(_ rollout: Rollout) -> TextTable {
    var table = TextTable([
      .init("centre"), .init("ready"), .init("begins"), .init("quantity", .right), .init("target", .right),
      .init("how it ends"),
    ])
    for outcome in rollout.outcomes {
      table.add(
        outcome.centre,
        Figure.day(outcome.ready),
        Figure.day(outcome.firstDay),
        "\(outcome.quantity)",
        "\(outcome.target)",
        outcome.reason.sentence
      )
    }
    return table
  }

  static func sentence(_ rollout: Rollout) -> String {
    let last = rollout.lastFirstDay.map { "The last centre begins on \(Figure.day($0)). " } ?? ""
    return last + bound(rollout.bound)
  }

  static func bound(_ bound: Rollout.Bound) -> String {
    switch bound {
    case .readiness(let centre, let day): "No plan is earlier: \(centre) is ready on \(Figure.day(day))."
    case .supply(let day, let needed):
      "No plan is earlier: only on \(Figure.day(day)) have the \(needed) units of all first tranches arrived."
    case .atOnce(let day):
      "No plan is earlier: all of it goes out on \(Figure.day(day)), the first day planned."
    case .tooLittle(let missing): "The arrivals are \(missing) units short of all first tranches."
    case .nothingToDo: "No centre needs a first tranche."
    }
  }
}

/// A rollout as a program reads it.
struct RolloutAnswer: Encodable, Equatable {
  struct Line: Encodable, Equatable {
    var centre: String
    var quantity: Int
    var total: Int
    var coverAfter: Double?
    var reason: String
    var explanation: String
  }

  struct Wave: Encodable, Equatable {
    var wave: Int
    var day: String
    var lines: [Line]
    var kept: Int
    var heldForFirstTranches: Int
    var whyKept: String?
  }

  struct Centre: Encodable, Equatable {
    var centre: String
    var ready: String
    var firstDay: String?
    var quantity: Int
    var target: Int
    var reason: String
    var explanation: String
  }

  var lastFirstDay: String?
  var bound: String
  var waves: [Wave]
  var centres: [Centre]

  init(_ rollout: Rollout) {
    lastFirstDay = rollout.lastFirstDay.map { Figure.day($0) }
    bound = RolloutTable.bound(rollout.bound)
    waves = rollout.waves.map(Wave.init)
    centres = rollout.outcomes.map { outcome in
      Centre(
        centre: outcome.centre,
        ready: Figure.day(outcome.ready),
        firstDay: outcome.firstDay.map { Figure.day($0) },
        quantity: outcome.quantity,
        target: outcome.target,
        reason: outcome.reason.code,
        explanation: outcome.reason.sentence
      )
    }
  }
}

extension RolloutAnswer.Wave {
  fileprivate init(_ wave: Rollout.Wave) {
    (self.wave, day) = (wave.number, Figure.day(wave.day))
    (kept, heldForFirstTranches, whyKept) = (wave.kept, wave.heldForFirstTranches, wave.whyKept)
    lines = wave.lines.map { line in
      .init(
        centre: line.centre,
        quantity: line.quantity,
        total: line.total,
        coverAfter: Figure.number(line.coverAfter),
        reason: line.reason.code,
        explanation: line.reason.sentence
      )
    }
  }
}
