/// What an entry of the log says was done, in words: `order.approve` is “order: approve”.
enum AuditWords {
  static func text(_ action: String, _ t: Language) -> String {
    let parts = action.split(separator: ".", maxSplits: 1).map(String.init)
    // A lot that is released is another thing than a solution.
    if t == .french, action == "innovation.release" { return "innovation : diffuser" }
    guard t == .french, parts.count == 2, let noun = nouns[parts[0]], let verb = verbs[parts[1]] else {
      return action.replacing(".", with: ": ")
    }
    return "\(noun) : \(verb)"
  }

  /// What an entry is about: `order CA-2020-00012` names its kind in the reader's language.
  static func subject(_ subject: String, _ t: Language) -> String {
    let parts = subject.split(separator: " ", maxSplits: 1).map(String.init)
    guard t == .french, let kind = parts.first, let noun = nouns[kind] else { return subject }
    return ([noun] + parts.dropFirst()).joined(separator: " ")
  }

  /// The subject as the log has it, of one that a reader wrote in French.
  static func stored(_ subject: String) -> String {
    let parts = subject.split(separator: " ", maxSplits: 1).map(String.init)
    guard let word = parts.first, let kind = nouns.first(where: { $0.value == word })?.key else {
      return subject
    }
    return ([kind] + parts.dropFirst()).joined(separator: " ")
  }

  private static let nouns = [
    "access": "accès précoce", "agreement": "accord-cadre", "alert": "alerte", "allocation": "répartition",
    "campaign": "campagne", "category": "catégorie", "centre": "centre", "department": "département",
    "equipment": "équipement", "innovation": "innovation", "item": "article", "kit": "kit", "lot": "lot",
    "maker": "fabricant", "offer": "offre", "order": "commande", "pitch": "présentation", "plan": "plan",
    "planning": "planification", "price": "prix", "renewal": "renouvellement", "rollout": "déploiement",
    "scenario": "scénario", "siting": "implantation", "stock": "stock", "supplier": "fournisseur",
    "survey": "enquête", "token": "jeton", "transfer": "transfert", "travel": "temps de trajet",
    "user": "utilisateur", "webhook": "webhook", "report": "déclaration", "norm": "norme", "need": "besoin",
    "receipt": "réception", "lots": "lots", "policy": "politique", "substitute": "substitut",
  ]

  private static let verbs = [
    "acknowledge": "accuser réception", "add": "ajouter", "activity": "activité", "adopt": "adopter",
    "agree": "accepter",
    "answer": "répondre", "approve": "approuver", "assess": "évaluer", "authorise": "autoriser",
    "award": "attribuer", "cancel": "annuler", "ceiling-level": "niveau du plafond", "centre": "centre",
    "close": "clore", "complete": "achever", "component": "composant", "correct": "corriger",
    "create": "créer", "decide": "décider", "declare": "déclarer", "decline": "décliner",
    "describe": "décrire", "describe-lot": "décrire un lot", "disable": "désactiver", "enable": "activer",
    "end": "terminer", "escalate": "remonter", "fail": "échouer", "finish": "terminer", "follow": "suivre",
    "follow-up": "assurer le suivi", "function": "état de marche", "grant": "accorder", "hold": "bloquer",
    "identify": "identifier", "interest": "intérêt", "make": "établir", "need": "besoin", "norm": "norme",
    "open": "ouvrir", "order": "commander", "pack": "conditionnement", "pause": "suspendre",
    "pitch": "présenter",
    "place": "passer", "plan": "planifier", "policy": "politique", "presence": "présence",
    "present": "présenter", "propose": "proposer", "prune": "supprimer", "raise": "lever",
    "recall": "rappeler",
    "receive": "recevoir", "record": "enregistrer", "refuse": "refuser", "register": "enregistrer",
    "release": "libérer", "remove": "retirer", "renew": "renouveler", "reopen": "rouvrir",
    "report": "déclaration", "request": "demander", "review": "examiner", "resume": "reprendre",
    "revise": "réviser",
    "revoke": "révoquer", "rule": "règle", "save": "enregistrer", "schedule": "calendrier",
    "select": "retenir", "send": "expédier", "set": "modifier", "start": "ouvrir", "state": "état",
    "substitute": "substitut", "take": "enregistrer", "terms": "conditions",
  ]
}
