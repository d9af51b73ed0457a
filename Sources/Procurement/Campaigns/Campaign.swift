package import Inventory

/// A call for needs: the centres say what they need of some items, and the network buys it together.
package struct Campaign: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Campaign>
  package typealias Code = Inventory.Code<Campaign>

  package let id: ID
  package var terms: Terms
  package var state: State

  package struct Terms: Equatable, Sendable, Codable {
    package var code: Code
    package var title: String
    /// The first and the last day on which needs are taken.
    package var opens: Day
    package var closes: Day
    /// The day by which the goods must be there.
    package var neededBy: Day
    package var items: [Item.SKU]
    /// The days of further rounds of orders, ascending; none where everything is ordered on the day of the award.
    package var rounds: [Day]

    package init(
      code: Code,
      title: String,
      opens: Day,
      closes: Day,
      neededBy: Day,
      items: [Item.SKU],
      rounds: [Day] = []
    ) {
      self.code = code
      self.title = title
      self.opens = opens
      self.closes = closes
      self.neededBy = neededBy
      self.items = items
      self.rounds = rounds
    }
  }

  package enum State: String, CaseIterable, Codable, Sendable {
    case draft, open, closed, awarded, ordered, completed, cancelled
  }

  package enum Step: String, CaseIterable, Codable, Sendable {
    case open, close, award, order, complete, cancel
  }

  /// The campaign after a step.
  /// - Throws: `CampaignError.notAllowed` where the diagram has no such step.
  package func after(_ step: Step) throws(CampaignError) -> Campaign {
    var campaign = self
    campaign.state = try state.after(step, of: terms.code)
    return campaign
  }
}

extension Campaign.State {
  /// The diagram: draft → open → closed → awarded → ordered → completed, cancelled from any before ordered. An award may
  /// be drawn up again until it is ordered.
  package func after(_ step: Campaign.Step, of campaign: Campaign.Code) throws(CampaignError) -> Self {
    switch (self, step) {
    case (.draft, .open): .open
    case (.open, .close): .closed
    case (.closed, .award), (.awarded, .award): .awarded
    case (.awarded, .order): .ordered
    case (.ordered, .complete): .completed
    case (.draft, .cancel), (.open, .cancel), (.closed, .cancel), (.awarded, .cancel): .cancelled
    case (.draft, _), (.open, _), (.closed, _), (.awarded, _), (.ordered, _), (.completed, _),
      (.cancelled, _):
      throw .notAllowed(step, campaign, self)
    }
  }
}
