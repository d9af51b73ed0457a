import Inventory
package import Storage

/// The tables of planning: what planners expect, what suppliers declare, the policies, and the runs with what they found.
package enum PlanMigrations {
  package static let migrations = [policies, statements, runs, alerts, quiet]

  static let policies = Migration("2026-11-23-50-planning-policies") { words in
    """
    CREATE TABLE planning_policy (
      criticality \(words.text) PRIMARY KEY,
      service_permille \(words.integer) NOT NULL CHECK (service_permille BETWEEN 500 AND 999),
      review_days \(words.integer) NOT NULL CHECK (review_days BETWEEN 0 AND 365),
      cycle_days \(words.integer) NOT NULL CHECK (cycle_days BETWEEN 0 AND 365),
      watch_permille \(words.integer) NOT NULL,
      alert_permille \(words.integer) NOT NULL,
      critical_permille \(words.integer) NOT NULL CHECK (critical_permille <= 1000),
      clear_permille \(words.integer) NOT NULL CHECK (clear_permille >= 0),
      escalate_days \(words.integer) NOT NULL CHECK (escalate_days > 0),
      source \(words.text) NOT NULL,
      CHECK (watch_permille > clear_permille AND alert_permille > clear_permille
        AND critical_permille > alert_permille)
    \(words.end)
    INSERT INTO planning_policy VALUES
      ('vital', 990, 14, 14, 150, 150, 500, 50, 3, 'proposed default'),
      ('essential', 975, 14, 14, 200, 200, 500, 75, 5, 'proposed default'),
      ('standard', 950, 14, 28, 300, 300, 600, 100, 10, 'proposed default');
    """
  }

  static let statements = Migration("2026-11-23-51-planning-statements") { words in
    """
    CREATE TABLE demand_scenario (
      id \(words.identity),
      item_id \(words.integer) REFERENCES item (id),
      kit_id \(words.integer) REFERENCES kit (id),
      centre_id \(words.integer) REFERENCES centre (id),
      week \(words.integer) NOT NULL,
      quantity \(words.integer) NOT NULL CHECK (quantity BETWEEN 0 AND 1000000000000),
      share \(words.integer) NOT NULL CHECK (share BETWEEN 1 AND 100),
      source \(words.text) NOT NULL,
      stated_on \(words.integer) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL,
      removed_at \(words.integer),
      CHECK ((item_id IS NULL) <> (kit_id IS NULL))
    \(words.end)
    CREATE UNIQUE INDEX demand_scenario_current
      ON demand_scenario (COALESCE(item_id, 0), COALESCE(kit_id, 0), COALESCE(centre_id, 0), week)
      WHERE removed_at IS NULL;
    CREATE TABLE supply_declaration (
      id \(words.identity),
      supplier_id \(words.integer) NOT NULL REFERENCES supplier (id),
      item_id \(words.integer) REFERENCES item (id),
      state \(words.text) NOT NULL
        CHECK (state IN ('available', 'tension', 'rupture', 'back', 'discontinued')),
      since \(words.integer) NOT NULL,
      expected_until \(words.integer) CHECK (expected_until >= since),
      source \(words.text) NOT NULL,
      recorded_at \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL
    \(words.end)
    CREATE INDEX supply_declaration_by_supplier ON supply_declaration (supplier_id, since);
    """
  }

  static let runs = Migration("2026-11-23-52-plan-runs") { words in
    """
    CREATE TABLE plan_run (
      id \(words.identity),
      as_of \(words.integer) NOT NULL,
      known_at \(words.integer) NOT NULL,
      parameters \(words.text) NOT NULL,
      rules \(words.text) NOT NULL,
      panel \(words.text) NOT NULL,
      inputs_digest \(words.text) NOT NULL,
      tasks \(words.integer) NOT NULL CHECK (tasks >= 0),
      state \(words.text) NOT NULL CHECK (state IN ('running', 'finished', 'failed', 'cancelled')),
      actor \(words.text) NOT NULL,
      started_at \(words.integer) NOT NULL,
      ended_at \(words.integer),
      plan_digest \(words.text),
      reason \(words.text),
      CHECK ((state = 'running') = (ended_at IS NULL)),
      CHECK ((state = 'finished') = (plan_digest IS NOT NULL))
    \(words.end)
    CREATE INDEX plan_run_by_day ON plan_run (as_of, id);
    CREATE TABLE plan_task (
      run_id \(words.integer) NOT NULL REFERENCES plan_run (id),
      task \(words.integer) NOT NULL CHECK (task > 0),
      inputs \(words.text) NOT NULL,
      ledger_digest \(words.text) NOT NULL,
      state \(words.text) NOT NULL CHECK (state IN ('waiting', 'claimed', 'done')),
      worker \(words.text),
      lease_until \(words.integer),
      attempts \(words.integer) NOT NULL DEFAULT 0,
      PRIMARY KEY (run_id, task),
      CHECK (state <> 'claimed' OR (worker IS NOT NULL AND lease_until IS NOT NULL))
    \(words.end)
    CREATE INDEX plan_task_open ON plan_task (run_id, state) WHERE state <> 'done';
    CREATE TABLE plan_line (
      run_id \(words.integer) NOT NULL REFERENCES plan_run (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      centre_id \(words.integer) REFERENCES centre (id),
      waiting_permille \(words.integer) CHECK (waiting_permille BETWEEN 0 AND 1000),
      content \(words.text) NOT NULL
    \(words.end)
    CREATE UNIQUE INDEX plan_line_by_place ON plan_line (run_id, item_id, COALESCE(centre_id, 0));
    CREATE TABLE plan_kit (
      run_id \(words.integer) NOT NULL REFERENCES plan_run (id),
      kit_id \(words.integer) NOT NULL REFERENCES kit (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      content \(words.text) NOT NULL,
      PRIMARY KEY (run_id, kit_id, centre_id)
    \(words.end)
    """
  }

  /// An alert remembers the run that judged it last, and how often it was passed on because nobody answered.
  static let alerts = Migration("2026-11-23-53-alert-escalation") { words in
    """
    ALTER TABLE shortage_alert ADD COLUMN escalations \(words.integer) NOT NULL DEFAULT 0;
    ALTER TABLE shortage_alert ADD COLUMN escalated_on \(words.integer);
    """
  }

  /// An alert ends only after its figures have been in order for some days running.
  static let quiet = Migration("2026-11-30-54-alert-quiet") { words in
    """
    ALTER TABLE planning_policy ADD COLUMN quiet_days \(words.integer) NOT NULL DEFAULT 14
      CHECK (quiet_days BETWEEN 0 AND 365);
    ALTER TABLE alert_policy ADD COLUMN quiet_days \(words.integer) NOT NULL DEFAULT 14
      CHECK (quiet_days BETWEEN 0 AND 365);
    ALTER TABLE shortage_alert ADD COLUMN quiet_since \(words.integer);
    """
  }
}
