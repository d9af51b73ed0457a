/// What holds for every command: the head of the manual and of the reference.
enum Conventions {
  struct Section {
    let title: String
    let text: String
    var entries: [(term: String, meaning: String)] = []
  }

  static let sections = [database, output, settings, codes]

  private static let database = Section(
    title: "Database",
    text: """
      Commands that keep something work on one database: a SQLite file (a path, or sqlite: and a path) or a \
      PostgreSQL server (a postgres:// URL, or host=... dbname=... as libpq reads it). It is made ready by \
      “procure database migrate”. The “solve” commands read files and know no database.
      """
  )

  private static let output = Section(
    title: "Output",
    text: """
      What was asked for goes to standard output, everything else (progress, warnings, errors) to standard \
      error. A refused input changes nothing and writes nothing to standard output; the message names the line, \
      the field, what was found and what was expected, for all lines at once. Tables are cut to the width of the \
      terminal, and to no width in a file or a pipe. Colour appears only on a terminal, and not where NO_COLOR \
      is set.
      """,
    entries: [
      ("--format table", "For a person: columns that line up."),
      ("--format json", "For a program: keys in order, the same bytes for the same content."),
      (
        "--format csv",
        "For other programs: RFC 4180, headed by the titles of the columns, every text as it is stored."
      ),
      (
        "--format xlsx",
        "For a spreadsheet: a workbook with numbers as numbers and days as days, in which no text is a formula."
      ),
    ]
  )

  private static let settings = Section(
    title: "Settings",
    text: """
      A flag goes before the environment, the environment before a file, ./procure.conf before \
      $XDG_CONFIG_HOME/procure/procure.conf (~/.config where it is not set) before /etc/procure.conf. A file \
      holds lines of “key = value”; empty lines and those that begin with # say nothing. Paths are relative to \
      the current folder.
      """,
    entries: [
      ("database, PROCURE_DATABASE, --database", "The database. Without it: procure.sqlite."),
      (
        "pooler, PROCURE_POOLER",
        "“transaction” where PgBouncer or its like stands before PostgreSQL in that mode. Without it: none."
      ),
      (
        "listen, PROCURE_LISTEN",
        "The PostgreSQL URL past such a pooler, on which a server hears of changes at once. Without it: they are found within seconds."
      ),
      (
        "server, PROCURE_SERVER, --server",
        "A server that does it instead, with the token of PROCURE_TOKEN; --database goes before it."
      ),
      ("actor, PROCURE_ACTOR, --as", "Who does it, for the log. Without it: the login."),
      ("seeds, PROCURE_SEEDS, --seeds", "The folder of the demonstration's tables. Without it: seeds."),
      ("format, PROCURE_FORMAT, --format", "How results are written. Without it: table."),
      ("NO_COLOR", "No colour, whatever its value."),
    ]
  )

  private static let codes = Section(
    title: "Exit status",
    text: "",
    entries: [
      ("0", "Done."),
      ("1", "Refused or failed; standard error says why."),
      ("64", "The command line itself was not understood."),
    ]
  )
}
