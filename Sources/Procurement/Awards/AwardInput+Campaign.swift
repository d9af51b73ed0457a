import Foundation
package import Inventory
package import Storage

extension AwardInput {
  /// What a campaign's award is drawn up from, as it stands now: its needs, the offers of active holders for its items
  /// that hold today under agreements in force, and the lots of those offers.
  package static func read(
    _ campaign: Campaign,
    on day: Day,
    in connection: any Connection
  ) throws -> AwardInput {
    let needs = try Need.all(of: campaign.id, in: connection).map { need in
      var need = need
      // Words and origins do not change an award.
      need.justification = ""
      need.origin = .entered
      need.neededBy = min(need.neededBy ?? campaign.terms.neededBy, campaign.terms.neededBy)
      return need
    }
    let offers = try Offer.forCampaign(campaign.id, on: day, in: connection)
    let agreements = try Set(offers.map(\.agreement)).sorted().map { try Agreement.find($0, in: connection) }
    let keys = Set(offers.map(\.lotKey))
    let lots = agreements.flatMap { agreement in
      agreement.lots.map { lot in
        Lot(
          key: LotKey(agreement: agreement.terms.reference, number: lot.terms.number),
          rule: lot.terms.rule,
          ceiling: lot.ceiling,
          holders: lot.holders
        )
      }
    }.filter { keys.contains($0.key) }
    let earliest =
      needs.filter { $0.quantity > .zero }.compactMap(\.neededBy).min() ?? campaign.terms.neededBy
    return AwardInput(
      day: day,
      neededBy: min(earliest, campaign.terms.neededBy),
      needs: needs,
      offers: offers,
      lots: lots,
      rounds: campaign.terms.rounds.filter { $0 > day }
    )
  }

  /// A digest by which it is known later whether an award was drawn up from the same input.
  package func digest() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return SHA256.hex(try encoder.encode(self))
  }
}
