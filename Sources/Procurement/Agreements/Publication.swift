import Inventory

/// What French open data on public contracts asks for beyond the agreement's own terms. Unknown stays nil, and is told
/// when the record is asked for.
///
/// The words are those of the order of 22 December 2022, as its JSON schema 2.0.3 spells them
/// (github.com/139bercy/format-commande-publique).
package struct Publication: Equatable, Sendable, Codable {
  package var nature: Nature?
  package var technique: Technique?
  package var execution: Execution?
  package var procedure: Procedure?
  package var ccag: GeneralClauses?
  package var priceForm: PriceForm?
  package var priceType: PriceType?
  package var social: SocialConsideration?
  package var environment: EnvironmentalConsideration?
  package var grouping: Grouping?
  package var placeCode: String?
  package var placeType: PlaceType?
  package var offersReceived: Int64?
  package var isInnovative: Bool?
  package var hasAdvance: Bool?
  package var advancePermille: Int64?
  package var hasSubcontracting: Bool?
  /// The part of the products made in the European Union, and in France, in thousandths.
  package var originEUPermille: Int64?
  package var originFrancePermille: Int64?

  package init() {}

  package enum Nature: String, CaseIterable, Codable, Sendable {
    case contract = "Marché"
    case partnership = "Marché de partenariat"
    case defence = "Marché de défense ou de sécurité"
  }
  package enum Technique: String, CaseIterable, Codable, Sendable {
    case framework = "Accord-cadre"
    case contest = "Concours"
    case qualification = "Système de qualification"
    case dynamic = "Système d'acquisition dynamique"
    case catalogue = "Catalogue électronique"
    case auction = "Enchère électronique"
    case none = "Sans objet"
  }
  package enum Execution: String, CaseIterable, Codable, Sendable {
    case instalments = "Tranches"
    case orders = "Bons de commande"
    case subsequent = "Marchés subséquents"
    case none = "Sans objet"
  }
  package enum Procedure: String, CaseIterable, Codable, Sendable {
    case adapted = "Procédure adaptée"
    case open = "Appel d'offres ouvert"
    case restricted = "Appel d'offres restreint"
    case negotiated = "Procédure avec négociation"
    case direct = "Marché passé sans publicité ni mise en concurrence préalable"
    case dialogue = "Dialogue compétitif"
  }
  package enum GeneralClauses: String, CaseIterable, Codable, Sendable {
    case works = "Travaux"
    case projectManagement = "Maitrise d'œuvre"
    case supplies = "Fournitures courantes et services"
    case industrial = "Marchés industriels"
    case intellectual = "Prestations intellectuelles"
    case technology = "Techniques de l'information et de la communication"
    case none = "Pas de CCAG"
  }
  package enum PriceForm: String, CaseIterable, Codable, Sendable {
    case unit = "Unitaire"
    case lump = "Forfaitaire"
    case mixed = "Mixte"
  }
  package enum PriceType: String, CaseIterable, Codable, Sendable {
    case firm = "Définitif ferme"
    case updatable = "Définitif actualisable"
    case revisable = "Définitif révisable"
    case provisional = "Provisoire"
  }
  package enum SocialConsideration: String, CaseIterable, Codable, Sendable {
    case clause = "Clause sociale"
    case criterion = "Critère social"
    case reserved = "Marché réservé"
    case none = "Pas de considération sociale"
  }
  package enum EnvironmentalConsideration: String, CaseIterable, Codable, Sendable {
    case clause = "Clause environnementale"
    case criterion = "Critère environnemental"
    case none = "Pas de considération environnementale"
  }
  package enum Grouping: String, CaseIterable, Codable, Sendable {
    case joint = "Conjoint"
    case joined = "Solidaire"
    case none = "Pas de groupement"
  }
  package enum PlaceType: String, CaseIterable, Codable, Sendable {
    case postcode = "Code postal"
    case municipality = "Code commune"
    case district = "Code arrondissement"
    case canton = "Code canton"
    case department = "Code département"
    case region = "Code région"
    case country = "Code pays"
  }
}
