/// Something that is drawn at random from a seed, the same each time.
protocol Drawing { var state: UInt64 { get set } }

extension Drawing {
  /// xorshift64*, Vigna 2016.
  mutating func draw(_ range: ClosedRange<Int>) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    let mixed = (state &* 0x2545_F491_4F6C_DD1D) >> 33
    return range.lowerBound + Int(mixed) % range.count
  }

  mutating func chance(_ percent: Int) -> Bool { draw(1...100) <= percent }
}
