import Storage
import Testing

@Suite struct DatabaseURLTests {
  @Test(arguments: [
    ("sqlite:stock.sqlite", DatabaseURL.sqlite(path: "stock.sqlite")),
    ("sqlite::memory:", .sqlite(path: ":memory:")),
    ("/var/lib/procure/a=b.sqlite", .sqlite(path: "/var/lib/procure/a=b.sqlite")),
    ("postgres://u@h/d", .postgres("postgres://u@h/d")),
    ("postgresql://u@h/d", .postgres("postgresql://u@h/d")),
    ("host=/run dbname=d", .postgres("host=/run dbname=d")),
  ])
  func `an address names its engine`(text: String, address: DatabaseURL) {
    #expect(DatabaseURL(text) == address)
  }

  @Test(arguments: [
    ("stock.sqlite", "stock.sqlite"),
    ("my stock.sqlite", "'my stock.sqlite'"),
    ("postgresql://u:pw@host:5432/d", "postgresql://u@host:5432/d"),
    ("postgresql://u:pw@/d?host=/run", "'postgresql://u@/d?host=/run'"),
    ("postgresql://u@/d?password=pw&host=/run", "'postgresql://u@/d?host=/run'"),
    ("host=/run password=pw dbname=d", "'host=/run  dbname=d'"),
    ("postgresql://u@host/d", "postgresql://u@host/d"),
  ])
  func `what is shown of an address has no password and is one word of a shell`(text: String, shown: String) {
    #expect(DatabaseURL.shown(text) == shown)
  }
}
