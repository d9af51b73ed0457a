package import Storage

/// The tables of access to innovation: what is proposed, pitched, surveyed and opened early.
package enum InnovationMigrations {
  package static let migrations = [innovations, surveys, programmes]

  static let innovations = Migration("2026-11-23-50-innovations") { words in
    """
    CREATE TABLE innovation (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      kind \(words.text) NOT NULL
        CHECK (kind IN ('equipment', 'digital', 'organisation', 'diagnostic', 'treatment')),
      state \(words.text) NOT NULL
        CHECK (state IN ('proposed', 'pitched', 'assessed', 'released', 'rolled_out', 'closed')),
      summary \(words.text) NOT NULL,
      owner \(words.text) NOT NULL,
      category_id \(words.integer) REFERENCES equipment_category (id),
      proposed_on \(words.integer) NOT NULL,
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL
    \(words.end)
    CREATE TABLE innovation_item (
      innovation_id \(words.integer) NOT NULL REFERENCES innovation (id),
      item_id \(words.integer) NOT NULL REFERENCES item (id),
      PRIMARY KEY (innovation_id, item_id)
    \(words.end)
    CREATE TABLE innovation_agreement (
      innovation_id \(words.integer) NOT NULL REFERENCES innovation (id),
      agreement_id \(words.integer) NOT NULL REFERENCES framework_agreement (id),
      PRIMARY KEY (innovation_id, agreement_id)
    \(words.end)
    CREATE TABLE innovation_centre (
      innovation_id \(words.integer) NOT NULL REFERENCES innovation (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      state \(words.text) NOT NULL
        CHECK (state IN ('asked', 'ready', 'training', 'live', 'declined', 'stopped')),
      since \(words.integer),
      note \(words.text) NOT NULL,
      PRIMARY KEY (innovation_id, centre_id)
    \(words.end)
    CREATE TABLE pitch (
      innovation_id \(words.integer) NOT NULL REFERENCES innovation (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      state \(words.text) NOT NULL
        CHECK (state IN ('proposed', 'selected', 'scheduled', 'presented', 'followed_up', 'adopted', 'closed')),
      presenter \(words.text) NOT NULL,
      held_on \(words.integer),
      recording \(words.text) NOT NULL,
      next_step \(words.text) NOT NULL,
      due_on \(words.integer),
      PRIMARY KEY (innovation_id, number)
    \(words.end)
    CREATE TABLE pitch_interest (
      innovation_id \(words.integer) NOT NULL,
      number \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      interest \(words.text) NOT NULL CHECK (interest IN ('none', 'curious', 'wants')),
      PRIMARY KEY (innovation_id, number, centre_id),
      FOREIGN KEY (innovation_id, number) REFERENCES pitch (innovation_id, number)
    \(words.end)
    """
  }

  static let surveys = Migration("2026-11-23-51-surveys") { words in
    """
    CREATE TABLE survey (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      title \(words.text) NOT NULL,
      state \(words.text) NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
      opens \(words.integer) NOT NULL,
      closes \(words.integer) NOT NULL,
      minimum_answers \(words.integer) NOT NULL CHECK (minimum_answers > 0),
      innovation_id \(words.integer) REFERENCES innovation (id),
      CHECK (closes >= opens)
    \(words.end)
    CREATE TABLE survey_question (
      survey_id \(words.integer) NOT NULL REFERENCES survey (id),
      number \(words.integer) NOT NULL CHECK (number > 0),
      wording \(words.text) NOT NULL,
      kind \(words.text) NOT NULL CHECK (kind IN ('yes_no', 'number', 'choice', 'text')),
      choices \(words.text) NOT NULL,
      required \(words.integer) NOT NULL CHECK (required IN (0, 1)),
      PRIMARY KEY (survey_id, number)
    \(words.end)
    CREATE TABLE survey_answer (
      survey_id \(words.integer) NOT NULL REFERENCES survey (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      state \(words.text) NOT NULL CHECK (state IN ('draft', 'submitted', 'declined')),
      answered_on \(words.integer) NOT NULL,
      actor \(words.text) NOT NULL,
      reason \(words.text) NOT NULL,
      PRIMARY KEY (survey_id, centre_id)
    \(words.end)
    CREATE TABLE survey_answer_line (
      survey_id \(words.integer) NOT NULL,
      centre_id \(words.integer) NOT NULL,
      number \(words.integer) NOT NULL,
      answer \(words.text) NOT NULL,
      PRIMARY KEY (survey_id, centre_id, number),
      FOREIGN KEY (survey_id, centre_id) REFERENCES survey_answer (survey_id, centre_id),
      FOREIGN KEY (survey_id, number) REFERENCES survey_question (survey_id, number)
    \(words.end)
    """
  }

  static let programmes = Migration("2026-11-23-52-access-programmes") { words in
    """
    CREATE TABLE access_programme (
      id \(words.identity),
      code \(words.text) NOT NULL UNIQUE,
      product \(words.text) NOT NULL,
      atc \(words.text),
      indication \(words.text) NOT NULL,
      scheme \(words.text) NOT NULL CHECK (scheme IN ('early', 'compassionate', 'framework')),
      authority \(words.text) NOT NULL,
      state \(words.text) NOT NULL CHECK (state IN ('identified', 'requested', 'under_review', 'granted',
        'renewed', 'continued', 'ended', 'refused')),
      decided_on \(words.integer),
      starts \(words.integer),
      ends \(words.integer),
      renewal_due \(words.integer),
      innovation_id \(words.integer) REFERENCES innovation (id),
      item_id \(words.integer) REFERENCES item (id),
      source \(words.text) NOT NULL,
      certainty \(words.text) NOT NULL,
      CHECK ((starts IS NULL) = (ends IS NULL)),
      CHECK (ends IS NULL OR ends >= starts)
    \(words.end)
    CREATE TABLE access_centre (
      programme_id \(words.integer) NOT NULL REFERENCES access_programme (id),
      centre_id \(words.integer) NOT NULL REFERENCES centre (id),
      state \(words.text) NOT NULL CHECK (state IN ('asked', 'open', 'in_use', 'closed')),
      since \(words.integer) NOT NULL,
      patients \(words.integer) CHECK (patients >= 0),
      PRIMARY KEY (programme_id, centre_id)
    \(words.end)
    """
  }
}
