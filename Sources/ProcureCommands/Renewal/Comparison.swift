import Inventory
import Tabular

/// Figures of several plans or what-ifs side by side.
struct Comparison: Encodable {
  struct Column: Encodable {
    let title: String
    let figures: [ScenarioFigure]
  }
  let columns: [Column]

  /// One row a figure, in the order in which the columns first name it.
  var table: TextTable {
    var table = TextTable([.init("figure")] + columns.map { .init($0.title, .right) })
    var names: [String] = []
    for figure in columns.flatMap(\.figures) where !names.contains(figure.name) { names.append(figure.name) }
    for name in names {
      table.rows.append(
        [name] + columns.map { column in column.figures.first { $0.name == name }?.value ?? "-" }
      )
    }
    return table
  }
}
