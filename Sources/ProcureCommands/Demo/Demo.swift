import ArgumentParser
import Glibc
import Inventory
import Procurement
import Storage

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay the 2020 testing season on the real network, week by week.",
    discussion: """
      Loads the seeds into an empty database, replays 18 May to 12 October 2020 with the real weekly numbers of \
      people tested, and prints the season; then what the register says of gaps, ages and access, the next sites, a \
      renewal plan and the innovations on their way. The same seeds give the same output on SQLite and on PostgreSQL.
      """
  )
  @Option(help: "The folder of the seeds. (default: $PROCURE_SEEDS, else seeds)") var seeds: String?
  @Option(
    name: .customLong("database"),
    help: "An empty SQLite file or PostgreSQL database to fill. (default: .demo/procure.sqlite, made anew)"
  )
  var url: String?

  static let file = ".demo/procure.sqlite"

  func run() async throws {
    let seeds = try Seeds(named: seeds)
    let database = try await emptyDatabase()
    Terminal.note("Loading the network from \(seeds.folder), then replaying 22 weeks …")
    let story = try await SeasonStory.played(with: seeds, on: database)
    Terminal.write(story.text)
    Terminal.write(try await PlanningStory.told(with: seeds, on: database))
    let stamp = PlanningStory.stamp
    Terminal.write(try await RenewalDemo.text(on: database, with: seeds, by: stamp))
    Terminal.write(try await InnovationDemo.text(on: database, with: seeds, by: stamp))
    Terminal.write(Self.next(DatabaseURL.shown(url ?? Self.file)))
    await database.close()
  }

  private func emptyDatabase() async throws -> any Database {
    if url == nil {
      mkdir(".demo", 0o755)
      for suffix in ["", "-wal", "-shm"] { unlink(Self.file + suffix) }
    }
    let database = try DatabaseURL(url ?? Self.file).open()
    _ = try await Migrator(Schema.migrations).migrate(database)
    guard try await database.read({ try Centre.all(in: $0) }).isEmpty else {
      throw ValidationError("the database already holds a network: name an empty one with --database")
    }
    return database
  }

  private static func next(_ location: String) -> String {
    """

    Where to look next (export PROCURE_DATABASE=\(location)):
      procure serve                            the dashboard: open http://localhost:8080, choose 2020-10-18 at the top
      procure stock cover --day 2020-10-18     days of cover, centre by centre
      procure alert list                       what is short now, and why
      procure order list                       the season's orders
      procure allocation list                  how short deliveries were shared, with reasons
      procure equipment presence               who has what: present, absent or unknown
      procure renewal explain 1                why each machine is renewed in its year, or left
      procure innovation who                   who has what is new, who asked, who is ready
      procure audit verify                     the proof that nothing was changed since

    """
  }
}
