package import Inventory
package import Storage
import Synchronization

/// What orders were held against lately, so that the next ones are drawn up before the transaction for which all wait.
///
/// It counts only together with its mark, which that transaction compares.
final class KeptDesks: Sendable {
  private struct Key: Hashable {
    var supplier: Supplier.Code
    var agreement: Agreement.Reference
    var lot: Int64
    var day: Day

    init(_ request: OrderRequest, on day: Day) {
      (supplier, agreement, lot) = (request.supplier, request.agreement, request.lot)
      self.day = day
    }
  }
  private struct State {
    var mark: CatalogueMark?
    var desks: [Key: OrderDesk] = [:]
    var offers = 0
  }

  /// Beyond so many offers all are forgotten.
  private static let most = 20_000
  private let state = Mutex(State())

  /// What a request is held against, and the mark at which it was read; nil where something has to be read.
  func find(_ request: OrderRequest, on day: Day) -> (desk: OrderDesk, mark: CatalogueMark)? {
    state.withLock { state in
      guard let mark = state.mark, let desk = state.desks[Key(request, on: day)], desk.knows(request)
      else { return nil }
      return (desk, mark)
    }
  }

  /// Forgets what was read at a mark that has moved since.
  func forget(_ mark: CatalogueMark) {
    state.withLock { state in
      if state.mark == mark { state = State() }
    }
  }

  /// Keeps what was read for a request at a mark.
  func keep(_ desk: OrderDesk, for request: OrderRequest, on day: Day, at mark: CatalogueMark) {
    state.withLock { state in
      if state.mark != mark || state.offers > Self.most { state = State(mark: mark) }
      state.offers += desk.offers.count
      let key = Key(request, on: day)
      if state.desks[key]?.add(desk) == nil { state.desks[key] = desk }
    }
  }
}

extension OrderPlacing {
  /// An order with what it says but for its number, and the mark of what that was drawn from.
  struct Drawn: Sendable {
    var draft: OrderDraft
    var mark: CatalogueMark
  }

  /// The same order drawn up ahead; nil where its rule, its campaign or a refusal wants what the transaction itself sees.
  fileprivate func ahead(in database: any Database) async throws -> OrderPlacing? {
    guard request.campaign == nil, let memory = database.memory else { return nil }
    guard let (desk, mark) = try await desk(from: memory.value { KeptDesks() }, in: database),
      desk.holder.allows(request), let draft = try? desk.draft(request, by: stamp)
    else { return nil }
    var placing = self
    placing.drawn = Drawn(draft: draft, mark: mark)
    return placing
  }

  private func desk(
    from kept: KeptDesks,
    in database: any Database
  ) async throws -> (desk: OrderDesk, mark: CatalogueMark)? {
    let (request, day) = (request, stamp.at.day)
    if let known = kept.find(request, on: day) { return known }
    return try await database.read { connection in
      let names = try OrderDesk.Names(
        items: request.lines.map(\.item),
        centres: request.lines.flatMap { $0.shares.map(\.centre) },
        in: connection
      )
      let found = try refusal { try OrderDesk(for: [request], of: names, on: day, in: connection) }
      guard case .success(let desk) = found else { return nil }
      let mark = try CatalogueMark.current(in: connection)
      kept.keep(desk, for: request, on: day, at: mark)
      return (desk, mark)
    }
  }
}

extension PurchaseOrder {
  /// Draws up an order together with those that wait beside it.
  ///
  /// What it says is drawn up before the transaction where that suffices, and again in it where the offers changed since.
  /// - Throws: `OrderError` with all that is wrong in the request.
  package static func place(
    _ request: OrderRequest,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> PurchaseOrder {
    let placing = OrderPlacing(request, by: stamp)
    if let ahead = try await placing.ahead(in: database) {
      do { return try await database.write(jointly: ahead, after: nil) } catch is CatalogueMark.HasMoved {
        if let mark = ahead.drawn?.mark { database.memory?.value { KeptDesks() }.forget(mark) }
      }
    }
    return try await database.write(jointly: placing, after: nil)
  }
}
