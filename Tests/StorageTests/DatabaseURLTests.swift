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
}
