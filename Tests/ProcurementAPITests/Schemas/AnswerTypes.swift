import Inventory
import Planning
import Procurement

@testable import ProcureCommands

/// What each operation that shows something answers with as JSON; of several, which one depends on what was asked.
enum AnswerTypes {
  static var register: [String: [any Encodable.Type]] {
    [
      "centre list": [[Centre].self],
      "centre show": [Centre.self],
      "centre departments list": [[Department].self],
      "equipment list": [[Equipment].self],
      "equipment presence": [[PresenceCell].self],
      "equipment survey": [[SurveyQuestion].self],
      "equipment show": [[Equipment.StatusEntry].self],
      "equipment availability": [Availability.self],
      "equipment state": [Equipment.self],
      "equipment function": [Equipment.self],
      "equipment makers list": [[Maker].self],
      "category list": [[EquipmentCategory].self],
      "category norms": [[EquipmentCategory.Norm].self],
      "item list": [[Item].self],
      "item show": [ItemSheet.self],
      "kit list": [[Kit].self],
      "audit log": [[AuditEntry].self],
      "audit verify": [AuditVerification.self],
      "user list": [[User].self],
      "user save": [User.self],
      "user show": [User.self],
      "user disable": [User.self],
      "user enable": [User.self],
      "webhook list": [[Webhook].self],
      "webhook add": [NewWebhook.self],
      "webhook pause": [Webhook.self],
      "webhook resume": [Webhook.self],
      "webhook deliveries": [[WebhookDelivery].self],
      "webhook repeat": [WebhookDelivery.self],
      "job list": [[Job].self],
      "job show": [Job.self],
      "job result": [],
      "job cancel": [Job.self],
      "token list": [[AccessToken].self],
      "token create": [NewToken.self],
      "token revoke": [AccessToken.self],
    ]
  }

  static var stock: [String: [any Encodable.Type]] {
    [
      "stock report": [[ReportReceipt].self],
      "stock count": [[ReportReceipt].self],
      "stock use": [[ReportReceipt].self],
      "stock receive": [[ReportReceipt].self],
      "stock lose": [[ReportReceipt].self],
      "stock adjust": [[ReportReceipt].self],
      "stock show": [[StockPosition].self],
      "stock cover": [[StockPosition].self],
      "stock consumption": [[Consumption].self],
      "stock tests": [[TestsPossible].self],
      "stock expiring": [[ExpiringLot].self],
      "stock ledger": [[StockCardLine].self],
      "stock expected": [[ExpectedReport].self, [ReportingRate].self],
      "stock reconcile": [StockLedger.Reconciliation.self],
      "lot show": [[LotTrace].self],
      "lot hold": [[LotTrace].self],
      "lot recall": [[LotTrace].self],
      "lot release": [[LotTrace].self],
    ]
  }

  static var purchasing: [String: [any Encodable.Type]] {
    [
      "supplier list": [[Supplier].self],
      "supplier show": [Supplier.self],
      "supplier declared": [[SupplyDeclaration].self],
      "supplier declare": [SupplyDeclaration.self],
      "agreement list": [[Agreement].self],
      "agreement show": [Agreement.self],
      "agreement ceilings": [CeilingState.self],
      "offer list": [[Offer].self],
      "offer price": [[PricedOffer].self],
      "campaign list": [[Campaign].self],
      "campaign new": [Campaign.self],
      "campaign show": [CampaignSheet.self],
      "campaign open": [Campaign.self],
      "campaign close": [Campaign.self],
      "campaign prefill": [[Need].self],
      "campaign award": [Award.self],
      "campaign explain": [Award.self],
      "campaign order": [[PurchaseOrder].self],
      "campaign complete": [Campaign.self],
      "campaign cancel": [Campaign.self],
      "need list": [[Need].self],
      "order list": [[PurchaseOrder].self],
      "order new": [PurchaseOrder.self],
      "order show": [OrderDocument.self],
      "order approve": [PurchaseOrder.self],
      "order send": [PurchaseOrder.self],
      "order acknowledge": [PurchaseOrder.self],
      "order receive": [Receipt.self],
      "order cancel": [PurchaseOrder.self],
      "order close": [PurchaseOrder.self],
      "receipt list": [[Receipt].self],
      "receipt show": [Receipt.self],
    ]
  }

  static var sharing: [String: [any Encodable.Type]] {
    [
      "alert list": [[ShortageAlert].self],
      "alert policy": [[AlertPolicy].self],
      "alert watch": [WatchResult.self],
      "alert show": [[ShortageAlert.Event].self],
      "alert actions": [[PlanLine.Action].self],
      "alert acknowledge": [ShortageAlert.self],
      "alert mitigate": [ShortageAlert.self],
      "allocation list": [[AllocationDecision].self],
      "allocation decide": [AllocationDecision.self],
      "allocation compare": [[AllocationAnswer.Compared].self],
      "allocation terms": [[SharingTerms].self],
      "allocation rule": [[SharingRule].self],
      "allocation show": [AllocationDecision.self],
      "allocation cancel": [AllocationDecision.self],
      "rollout list": [[RolloutPlan].self],
      "rollout plan": [RolloutPlan.self],
      "rollout show": [RolloutPlan.self],
      "rollout changes": [[RolloutChange].self],
      "rollout approve": [RolloutPlan.self],
      "rollout record": [RolloutPlan.self],
      "rollout cancel": [RolloutPlan.self],
      "transfer list": [[Transfer].self],
      "transfer propose": [Transfer.self],
      "transfer plan": [TransfersAnswer.self, [Transfer].self],
      "transfer show": [[Transfer.LotPart].self],
      "transfer agree": [Transfer.self],
      "transfer send": [Transfer.self],
      "transfer receive": [Transfer.self],
      "transfer cancel": [Transfer.self],
    ]
  }

  static var planning: [String: [any Encodable.Type]] {
    [
      "plan list": [[PlanRun].self],
      "plan run": [PlanRun.self],
      "plan show": [[PlanLine].self],
      "plan kits": [[PlanKit].self],
      "plan explain": [PlanLine.self],
      "plan compare": [[PlanChange].self],
      "plan cancel": [PlanRun.self],
      "plan policy show": [[PlanningPolicy].self],
      "plan policy set": [PlanningPolicy.self],
      "plan backtest": [Backtest.self],
      "forecast show": [[ForecastWeek].self],
      "forecast scenario list": [[DemandScenario].self],
      "forecast scenario set": [DemandScenario.self],
      "gaps show": [GapAnalysis.self],
      "gaps age": [AgeAnalysis.self],
      "gaps access": [AccessAnalysis.self],
      "travel show": [[TravelLine].self],
      "sites list": [[SitePlan].self],
      "sites best": [SitePlan.self],
      "sites curve": [[SiteCurvePoint].self],
      "sites show": [SitePlan.self, PlanComparison.self],
    ]
  }

  static var renewal: [String: [any Encodable.Type]] {
    [
      "renewal list": [[RenewalSummary].self],
      "renewal plan": [RenewalRecord.self],
      "renewal show": [RenewalRecord.self],
      "renewal explain": [[RenewalReason].self],
      "renewal compare": [Comparison.self],
      "renewal prices": [[MachinePrice].self],
      "scenario list": [[WhatIf].self],
      "scenario new": [[WhatIf].self],
      "scenario set": [[WhatIf].self],
      "scenario show": [WhatIf.self],
      "scenario compare": [Comparison.self],
    ]
  }

  static var innovation: [String: [any Encodable.Type]] {
    var types: [String: [any Encodable.Type]] = [
      "innovation list": [[Innovation].self],
      "innovation new": [[Innovation].self],
      "innovation step": [[Innovation].self],
      "innovation show": [InnovationSheet.self],
      "innovation who": [[WhoRow].self],
      "innovation reminders": [[Reminder].self],
      "innovation centre": [[CentreRollout].self],
      "innovation pitch list": [[Pitch].self],
      "innovation pitch interest": [[Pitch].self],
      "survey list": [[PracticeSurvey].self],
      "survey new": [[PracticeSurvey].self],
      "survey show": [PracticeSurvey.self],
      "survey answers": [[PracticeSurvey.Answer].self],
      "survey decline": [[PracticeSurvey.Answer].self],
      "survey results": [SurveyResults.self],
      "access list": [[AccessProgramme].self],
      "access new": [[AccessProgramme].self],
      "access show": [ProgrammeSheet.self],
      "access centre": [[AccessCentre].self],
    ]
    for step in ["propose", "select", "schedule", "present", "follow-up", "adopt", "close"] {
      types["innovation pitch \(step)"] = [[Pitch].self]
    }
    for step in ["open", "close", "reopen"] { types["survey \(step)"] = [[PracticeSurvey].self] }
    for step in ["request", "review", "grant", "renew", "refuse", "authorise", "end"] {
      types["access \(step)"] = [[AccessProgramme].self]
    }
    return types
  }

  static var all: [String: [any Encodable.Type]] {
    [register, stock, purchasing, sharing, planning, renewal, innovation].reduce(into: [:]) { all, part in
      all.merge(part) { first, _ in first }
    }
  }
}
