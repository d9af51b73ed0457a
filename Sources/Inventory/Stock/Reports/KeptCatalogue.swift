import Storage
import Synchronization

/// The items and centres that short reports named lately, so that the next ones need not read them in a transaction of
/// their own.
///
/// They count only together with their mark, which the transaction that takes the report compares. A name that nobody
/// asked for is not known here, whatever else is, so that a code is never taken for another item's GTIN.
final class KeptCatalogue: Sendable {
  private struct State {
    var catalogue = StockCatalogue()
    var mark: CatalogueMark?
    var items: Set<String> = []
  }

  /// Beyond so many names all are forgotten.
  private static let most = 20_000
  private let state = Mutex(State())

  /// What a report names, and the mark at which it was read; nil where something has to be read.
  func find(_ names: ReportNames) -> (catalogue: StockCatalogue, mark: CatalogueMark)? {
    state.withLock { state in
      guard let mark = state.mark, names.items.isSubset(of: state.items),
        names.centres.allSatisfy(state.catalogue.knows(centre:))
      else { return nil }
      return (state.catalogue, mark)
    }
  }

  /// Keeps what was found of these names at a mark.
  func keep(_ catalogue: StockCatalogue, of names: ReportNames, at mark: CatalogueMark) {
    state.withLock { state in
      if state.mark != mark || state.items.count > Self.most { state = State(mark: mark) }
      state.catalogue.add(catalogue)
      state.items.formUnion(names.items.filter(catalogue.knowsItem))
    }
  }
}
