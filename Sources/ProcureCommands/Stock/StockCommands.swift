import ArgumentParser

/// Stock: what centres report, what that comes to, and what is expected of them.
struct StockCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stock",
    abstract: "Report stock, and see what is there, how long it lasts and what expires.",
    subcommands: [
      StockReportCommand.self,
      StockLineCommands.Count.self, StockLineCommands.Use.self, StockLineCommands.Receive.self,
      StockLineCommands.Lose.self, StockLineCommands.Adjust.self,
      StockShow.self, StockCover.self, StockConsumption.self, StockTests.self, StockExpiring.self,
      StockCardCommand.self, StockExpected.self, StockSchedule.self, StockReconcile.self,
    ]
  )
}

/// Lots across all centres.
struct LotCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lot",
    abstract: "Hold, recall and trace a lot.",
    subcommands: [LotShow.self, LotHoldCommand.self, LotRecall.self, LotRelease.self]
  )
}
