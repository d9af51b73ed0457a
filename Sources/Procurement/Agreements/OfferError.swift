package import Inventory

package enum OfferError: DomainError, Equatable {
  case noSuchOffer(String)
  case unpriced(Offer.Code)
  case noOffer(item: Item.SKU, on: Day)

  package var kind: ErrorKind {
    switch self {
    case .noSuchOffer, .noOffer: .notFound
    case .unpriced: .invalid
    }
  }
  package var code: String {
    switch self {
    case .noSuchOffer: "offer.not-found"
    case .unpriced: "offer.unpriced"
    case .noOffer: "offer.none-valid"
    }
  }
  package var description: String {
    switch self {
    case .noSuchOffer(let code): "no offer “\(code)”"
    case .unpriced(let code): "offer \(code) has no price"
    case .noOffer(let item, let day): "no offer for \(item) holds on \(day)"
    }
  }
}
