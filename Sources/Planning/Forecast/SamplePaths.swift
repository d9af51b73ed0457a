/// Simulated futures: one quantity a path and step, step after step in one block of memory.
package struct SamplePaths: Equatable, Sendable {
  let paths: Int
  let steps: Int
  var values: [Int]

  init(paths: Int, steps: Int) {
    self.paths = paths
    self.steps = steps
    values = [Int](repeating: 0, count: paths * steps)
  }

  subscript(path: Int, step: Int) -> Int {
    @inline(__always) get { values[step * paths + path] }
    @inline(__always) set { values[step * paths + path] = newValue }
  }

  func column(_ step: Int) -> ArraySlice<Int> { values[step * paths..<(step + 1) * paths] }

  /// What each path adds up to over `count` steps from `first`.
  func sums(from first: Int, count: Int) -> [Int] {
    var sums = Array(column(first))
    for step in first + 1..<first + count {
      let base = step * paths
      for path in 0..<paths { sums[path] += values[base + path] }
    }
    return sums
  }

  /// The matrix whose path i is path `chosen[i]` of this one.
  func selecting(_ chosen: [Int]) -> SamplePaths {
    var result = SamplePaths(paths: chosen.count, steps: steps)
    for step in 0..<steps {
      for (path, source) in chosen.enumerated() { result[path, step] = self[source, step] }
    }
    return result
  }
}

/// Least-significant-digit radix sort of non-negative integers. Cost: O(count) a byte of the largest value.
enum RadixSort {
  /// `values` in ascending order.
  static func sorted(_ values: some Collection<Int>) -> [Int] {
    var source = Array(values)
    let largest = source.max() ?? 0
    var target = source
    var shift = 0
    while shift < Int.bitWidth && largest >> shift > 0 {
      var starts = [Int](repeating: 0, count: 257)
      for value in source { starts[(value >> shift) & 255 + 1] += 1 }
      for digit in 0..<256 { starts[digit + 1] += starts[digit] }
      for value in source {
        let digit = (value >> shift) & 255
        target[starts[digit]] = value
        starts[digit] += 1
      }
      swap(&source, &target)
      shift += 8
    }
    return source
  }

  /// The positions of `values` from the smallest to the largest; equal values come in scattered order.
  static func order(_ values: [Int]) -> [Int] {
    var source = scattered(values.count)
    var target = source
    let largest = values.max() ?? 0
    var shift = 0
    while shift < Int.bitWidth && largest >> shift > 0 {
      var starts = [Int](repeating: 0, count: 257)
      for value in values { starts[(value >> shift) & 255 + 1] += 1 }
      for digit in 0..<256 { starts[digit + 1] += starts[digit] }
      for index in source {
        let digit = (values[index] >> shift) & 255
        target[starts[digit]] = index
        starts[digit] += 1
      }
      swap(&source, &target)
      shift += 8
    }
    return source
  }

  /// 0..<count in steps of about the golden section, so that neighbours end up far apart.
  private static func scattered(_ count: Int) -> [Int] {
    var stride = max(1, Int((Double(count) * 0.618_033_988_75).rounded()))
    while greatestCommonDivisor(stride, count) > 1 { stride += 1 }
    var position = 0
    return (0..<count).map { _ in
      defer { position = (position + stride) % count }
      return position
    }
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
