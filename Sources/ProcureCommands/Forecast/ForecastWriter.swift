import Planning
import Tabular

/// Writes forecasts as they come: CSV and JSON at once, a table when its widths are known.
struct ForecastWriter {
  private let format: OutputFormat
  private let text: ForecastText
  private let file: SeriesFile
  private var rows: [[String]] = []
  private var hasWritten = false

  init(format: OutputFormat, quantiles: [Double], leadTime: Int?, file: SeriesFile) {
    self.format = format
    self.file = file
    text = ForecastText(quantiles: quantiles, leadTime: leadTime)
  }

  mutating func write(_ forecasts: [DemandForecast]) throws {
    switch format {
    case .table, .xlsx: rows += forecasts.flatMap(text.rows)
    case .csv:
      let heading = hasWritten ? "" : CSVText.line(text.columns)
      let lines = forecasts.flatMap(text.rows).map { CSVText.line($0) }
      Terminal.write(heading + lines.joined())
    case .json:
      for forecast in forecasts {
        Terminal.write((hasWritten ? ",\n" : "[\n") + (try record(forecast)))
        hasWritten = true
      }
    }
    hasWritten = true
  }

  private var table: TextTable {
    let columns = text.columns.enumerated().map { TextTable.Column($1, $0 == 0 ? .left : .right) }
    return TextTable(columns, rows: rows)
  }

  func finish() throws {
    switch format {
    case .table: Terminal.write(table.text(width: Terminal.width))
    case .xlsx: try Terminal.write(Workbook([table]))
    case .json: Terminal.write(hasWritten ? "\n]\n" : "[]\n")
    case .csv: break
    }
  }

  private func record(_ forecast: DemandForecast) throws -> String {
    let record = ForecastRecord(forecast, quantiles: text.quantiles, leadTime: text.leadTime) { number in
      file.style.text(number, bucket: file.bucket)
    }
    return String(try JSON.text(record).dropLast())
  }
}
