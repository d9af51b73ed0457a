/// How many machines a population needs, by norms that are data: each with its source and its date elsewhere.
///
///     machines = population × rate × utilisation × (1 + retreatment) × share ÷ capacity
package struct NeedNorm: Hashable, Sendable {
  /// New cases per person and year.
  package var rate: Fraction
  /// Share of new cases for which the treatment is indicated.
  package var utilisation: Fraction
  /// Courses repeated per first course.
  package var retreatment: Fraction
  /// Share of the courses that this category of machine gives.
  package var share: Fraction
  /// Courses per machine and year.
  package var capacity: Fraction

  package init(
    rate: Fraction,
    utilisation: Fraction,
    retreatment: Fraction,
    share: Fraction = Fraction(1),
    capacity: Fraction
  ) {
    precondition(capacity > .zero, "a machine treats somebody")
    self.rate = rate
    self.utilisation = utilisation
    self.retreatment = retreatment
    self.share = share
    self.capacity = capacity
  }

  /// Courses a year, exactly.
  package func courses(population: Int) -> Fraction {
    Fraction(population) * rate * utilisation * (Fraction(1) + retreatment) * share
  }

  /// Machines, exactly; round with `roundedUp` to serve everybody, `roundedDown` to keep each one busy.
  package func machines(population: Int) -> Fraction { courses(population: population) / capacity }
}

/// Need against what is there. Machines of unknown state are neither a gap nor a machine: they are a range.
package struct EquipmentGap: Hashable, Sendable {
  package let need: Fraction
  /// Σ throughput × availability of the machines known to be in service, in machines of normal capacity.
  package let known: Fraction
  /// What the machines of unknown state would add were they all in service.
  package let unknown: Fraction
  package let population: Int

  package init(need: Fraction, known: Fraction, unknown: Fraction = .zero, population: Int) {
    self.need = need
    self.known = known
    self.unknown = unknown
    self.population = population
  }

  /// Machines missing if every unknown one works; negative when there are more than needed.
  package var least: Fraction { need - known - unknown }
  /// Machines missing if no unknown one works.
  package var greatest: Fraction { need - known }

  /// `greatest` per million people; nil without people.
  package var perMillion: Fraction? {
    population > 0 ? greatest * Fraction(1_000_000) / Fraction(population) : nil
  }

  /// Only a gap that remains whatever the unknown machines are is one; between the two somebody must ask.
  package var verdict: Verdict {
    if least > .zero { return .short }
    return greatest > .zero ? .askFirst : .enough
  }

  package enum Verdict: String, Hashable, Sendable, Codable { case short, enough, askFirst }
}
