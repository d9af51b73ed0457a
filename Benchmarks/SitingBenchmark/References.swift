import Foundation
import Planning

/// Other people's instances, read from where they lie.
enum References {
  static let folder = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"

  /// Nil where the instance is not here.
  static func read<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/instances/\(path).json") else {
      print("\(path): not here, skipped")
      return nil
    }
    return try JSONDecoder().decode(type, from: data)
  }
}

/// A capacitated p-median of the OR-Library: whole distances rounded down, everybody served by one median.
struct CapacitatedMedians: Decodable {
  struct Customer: Decodable { let x: Double, y: Double, demand: Int64 }
  struct Expected: Decodable { let best_known: Double }
  let p: Int
  let capacity: Int64
  let customers: [Customer]
  let expected: Expected

  var problem: CapacitatedProblem {
    let legs = customers.map { from in
      customers.enumerated().map { index, to in
        let squared = (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)
        return TravelTable.Leg(site: index, time: Int64(squared.squareRoot().rounded(.down)))
      }
    }
    let table = TravelTable(siteCount: customers.count, legs: legs)
    let capacities = [Int64](repeating: capacity, count: customers.count)
    var problem = CapacitatedProblem(service: table, loads: customers.map(\.demand), capacities: capacities)
    problem.machines = p
    problem.isSplit = false
    return problem
  }
}

/// A warehouse problem of the OR-Library: costs in ten-thousandths, because some have four decimals.
struct Warehouses: Decodable {
  struct Expected: Decodable { let cflp_optimum: Double }
  static let scale = 10_000.0
  let capacity: [Double]
  let fixed_cost: [Double]
  let demand: [Double]
  let demand_published: [Double]?
  let cost: [[Double]]
  let expected: Expected

  var problem: CapacitatedProblem {
    let legs = cost.map { row in
      row.enumerated().map { index, cost in
        TravelTable.Leg(site: index, time: Int64((cost * Self.scale).rounded()))
      }
    }
    let table = TravelTable(siteCount: capacity.count, legs: legs)
    let loads = (demand_published ?? demand).map { Int64($0) }
    var problem = CapacitatedProblem(service: table, loads: loads, capacities: capacity.map { Int64($0) })
    problem.machineCosts = fixed_cost.map { Int64($0 * Self.scale) }
    problem.costScale = Int64(Self.scale)
    return problem
  }
}

/// 205 census tracts and 16 stores in San Francisco, in millionths of a metre.
struct SanFrancisco: Decodable {
  static let scale = 1e6
  let weights: [Int64]
  let cost: [[Double]]

  var problem: SitingProblem {
    let legs = cost.map { row in
      row.enumerated().map { index, metres in
        TravelTable.Leg(site: index, time: Int64((metres * Self.scale).rounded()))
      }
    }
    return SitingProblem(times: TravelTable(siteCount: 16, legs: legs), weights: weights)
  }
}
