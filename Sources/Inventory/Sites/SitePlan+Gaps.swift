extension SitePlan {
  /// What its new sites lack until they have their machines, for a renewal plan to add.
  package var statedGaps: [StatedGap] {
    answer.newSites.compactMap { site in
      Centre.Code(rawValue: site.code).map { centre in
        StatedGap(category: question.category, centre: centre, missing: 1, source: "plan of sites \(code)")
      }
    }
  }
}
