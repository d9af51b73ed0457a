import Foundation
import Inventory
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct PublicationTests {
  private static let table = """
    reference,title,cpv,starts_on,ends_on,payment_days,buyer_name,buyer_siret,notified_on,nature,technique,execution,procedure,ccag,price_basis,price_form,social,environment,grouping,place_code,place_type,offers_received,innovative,advance,subcontracting,origin_eu_permille,origin_france_permille
    AC-2,Consommables,33696500,2020-04-20,2022-04-19,30,Réseau,73282932000074,2020-04-15,Marché,accord cadre,Bons de commande,appel d'offres ouvert,Fournitures courantes et services,Unitaire,firm,Pas de considération sociale,Clause environnementale,Pas de groupement,75,Code département,4,non,non,non,800,200

    """
  private static let lots = """
    agreement_reference,lot,title,allocation_rule,limit_kind,maximum
    AC-2,1,Écouvillons,sole,value,26000000

    """
  private static let holders = """
    agreement_reference,lot,supplier_code,rank
    AC-2,1,alder,1

    """

  private func network(_ backend: Backend, _ table: String = PublicationTests.table) async throws -> Network {
    let network = try await Network(backend)
    try await network.database.write { connection in
      try Agreement.take(
        Agreement.drafts(from: ByteInput(Array(table.utf8))),
        by: Network.stamp,
        in: connection
      )
      try AgreementLot.take(
        AgreementLot.drafts(from: ByteInput(Array(Self.lots.utf8))),
        holders: AgreementLot.holderDrafts(from: ByteInput(Array(Self.holders.utf8))),
        by: Network.stamp,
        in: connection
      )
    }
    return network
  }

  @Test(arguments: Backend.available)
  func `an agreement is published under the schema's own names`(backend: Backend) async throws {
    let file = try await network(backend).database.read {
      try Agreement.published("AC-2", on: Network.day, in: $0)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    #expect(String(decoding: try encoder.encode(file), as: UTF8.self) == Self.expected)
  }

  @Test(arguments: Backend.available)
  func `everything that keeps an agreement from being published is told at once`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    do {
      _ = try await network.database.read { try Agreement.published("AC-1", on: Network.day, in: $0) }
      Issue.record("published with fields missing")
    } catch let error as AgreementError {
      let fields = error.findings.map(\.field)
      #expect(fields.filter { $0.hasPrefix("lot 1:") }.count == 18)
      #expect(fields.contains("lot 2: montant"))
      #expect(fields.contains("lot 1: titulaires"))
      #expect(!fields.contains("lot 1: montant"))
    }
  }

  @Test(arguments: Backend.available)
  func `what comes from France cannot be more than what comes from the Union`(backend: Backend) async throws {
    let network = try await network(backend, Self.table.replacing("800,200", with: "100,200"))
    let finding = Finding(
      field: "lot 1: origineUE",
      found: "100 ‰",
      expected: "at least origineFrance, 200 ‰"
    )
    await #expect(throws: AgreementError.notPublishable("AC-2", [finding])) {
      _ = try await network.database.read { try Agreement.published("AC-2", on: Network.day, in: $0) }
    }
  }

  @Test func `a term is counted in begun months`() throws {
    func months(_ starts: String, _ ends: String) throws -> Int64 {
      Agreement.Terms(
        reference: "A",
        title: "",
        starts: try #require(Day(starts)),
        ends: try #require(Day(ends)),
        currency: "EUR",
        paymentDays: 30,
        publication: Publication()
      ).months
    }
    #expect(try months("2020-01-01", "2020-12-31") == 12)
    #expect(try months("2020-01-01", "2021-01-01") == 13)
    #expect(try months("2020-04-20", "2022-04-19") == 24)
    #expect(try months("2020-01-31", "2020-02-01") == 1)
  }

  static let expected = """
    {
      "marches" : {
        "marche" : [
          {
            "acheteur" : {
              "id" : "73282932000074"
            },
            "attributionAvance" : false,
            "ccag" : "Fournitures courantes et services",
            "codeCPV" : "33696500",
            "considerationsEnvironnementales" : {
              "considerationEnvironnementale" : [
                "Clause environnementale"
              ]
            },
            "considerationsSociales" : {
              "considerationSociale" : [
                "Pas de considération sociale"
              ]
            },
            "dateNotification" : "2020-04-15",
            "datePublicationDonnees" : "2020-05-18",
            "dureeMois" : 24,
            "formePrix" : "Unitaire",
            "id" : "AC-2-1",
            "lieuExecution" : {
              "code" : "75",
              "typeCode" : "Code département"
            },
            "marcheInnovant" : false,
            "modalitesExecution" : {
              "modaliteExecution" : [
                "Bons de commande"
              ]
            },
            "montant" : 260000,
            "nature" : "Marché",
            "objet" : "Consommables – lot 1 : Écouvillons",
            "offresRecues" : 4,
            "origineFrance" : 0.2,
            "origineUE" : 0.8,
            "procedure" : "Appel d'offres ouvert",
            "sousTraitanceDeclaree" : false,
            "techniques" : {
              "technique" : [
                "Accord-cadre"
              ]
            },
            "titulaires" : [
              {
                "titulaire" : {
                  "id" : "73282932000074",
                  "typeIdentifiant" : "SIRET"
                }
              }
            ],
            "typeGroupementOperateurs" : "Pas de groupement",
            "typesPrix" : {
              "typePrix" : [
                "Définitif ferme"
              ]
            }
          }
        ]
      }
    }
    """
}
