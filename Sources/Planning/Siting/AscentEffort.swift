/// How long and how boldly the volume algorithm climbs (Barahona and Anbil 2000).
struct AscentEffort {
  let steps: Int
  /// Steps without improvement after which the length is cut by a third.
  let patience: Int
  var length: Double
  let leastLength: Double
  /// The share of a new subgradient in the running average.
  let averaging: Double
}
