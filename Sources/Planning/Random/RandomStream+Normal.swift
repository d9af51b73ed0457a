extension RandomStream {
  /// A standard normal draw by the ziggurat of 128 layers (Marsaglia and Tsang 2000, as corrected by Doornik 2005):
  /// 64 random bits choose a layer and a place in it, which lies under the curve 98.8 times in a hundred.
  @inline(__always)
  package mutating func normal() -> Double {
    let bits = next()
    let layer = Ziggurat.layers[Int(bits & 127)]
    let place = (Double(bits >> 12) + 0.5) * 0x1p-51 - 1
    if abs(place) < layer.ratio { return place * layer.width }
    return normalBesides(layer, place: place)
  }

  /// What the ziggurat's steps leave out: the wedge beside a layer, or the tail beyond the lowest.
  @inline(never)
  private mutating func normalBesides(_ layer: Ziggurat.Layer, place: Double) -> Double {
    if layer.isLowest { return place < 0 ? -tail() : tail() }
    let x = place * layer.width
    let above = layer.width * layer.ratio
    let outer = Elementary.exp(-0.5 * (layer.width * layer.width - x * x))
    let inner = Elementary.exp(-0.5 * (above * above - x * x))
    return outer + uniform() * (inner - outer) < 1 ? x : normal()
  }

  /// A draw beyond the lowest layer (Marsaglia, 1964).
  private mutating func tail() -> Double {
    while true {
      let x = -Elementary.log(uniform()) / Ziggurat.start
      if -2 * Elementary.log(uniform()) >= x * x { return Ziggurat.start + x }
    }
  }
}

/// Layers of equal area under the normal curve.
private enum Ziggurat {
  struct Layer {
    /// The abscissa at which the layer ends.
    let width: Double
    /// That of the layer above over this one's: closer to the middle every place is under the curve.
    let ratio: Double
    let isLowest: Bool
  }

  /// Where the tail starts, and the area of a layer.
  static let start = 3.442619855899
  private static let area = 9.91256303526217e-3

  static let layers: [Layer] = {
    var height = Elementary.exp(-0.5 * start * start)
    var widths = [area / height, start]
    while widths.count < 128 {
      let width = (-2 * Elementary.log(area / widths[widths.count - 1] + height)).squareRoot()
      height = Elementary.exp(-0.5 * width * width)
      widths.append(width)
    }
    widths.append(0)
    return (0..<128).map { Layer(width: widths[$0], ratio: widths[$0 + 1] / widths[$0], isLowest: $0 == 0) }
  }()
}
