-- Feedrate results, schema version 4. Times are epoch nanoseconds (UTC); NULL where there is none.
-- Everything in here is computed from the journal: `feedrate replay --verify` recomputes it.
-- People read the views results, model_updates and episodes; tables are compact.
--
-- Rows of results, model updates and episodes are never changed. Their ids have no gaps and follow the
-- order of computation, so of rows about the same thing that with the highest id holds.

-- What this file is: schema_version, written_by.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Registers (assets and signals with their requirements) in the order in which they came into force.
CREATE TABLE register (
  id       INTEGER PRIMARY KEY,
  hash     TEXT    NOT NULL,          -- SHA-256 of the canonical text, hex
  json     TEXT    NOT NULL,          -- the canonical text
  since_ns INTEGER NOT NULL
);

-- When another version of Feedrate took over, and which rows it found: those with ids up to these
-- numbers. What came later carries its era and can be verified; what was before stays as it was.
-- Era 0 is the first version, which took nothing over.
CREATE TABLE handover (
  era           INTEGER PRIMARY KEY,
  since_ns      INTEGER NOT NULL,     -- journal time
  format        INTEGER NOT NULL,     -- of the engine's state, from then on
  complete      INTEGER NOT NULL,     -- 0: what only the journal's removed beginning told was lost
  results       INTEGER NOT NULL,
  model_updates INTEGER NOT NULL,
  episodes      INTEGER NOT NULL
);

-- Measures; counts names the base counts of results, in their order.
CREATE TABLE kpi (
  id      INTEGER PRIMARY KEY,
  kpi     TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL DEFAULT '',
  unit    TEXT NOT NULL DEFAULT '',
  formula TEXT NOT NULL DEFAULT '',
  source  TEXT NOT NULL DEFAULT '',
  counts  TEXT NOT NULL DEFAULT '[]'  -- JSON array of names
);

-- Paths of assets and signals.
CREATE TABLE subject (
  id   INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE
);

-- One KPI for one subject and window [start_ns, end_ns); slots count in the window in which they end.
-- Shifts and days are sums of the windows that start in them: add up rows of one span only.
-- A result that is computed anew, because something came late, gets a row with a higher revision.
CREATE TABLE result (
  id         INTEGER PRIMARY KEY,
  kpi_id     INTEGER NOT NULL REFERENCES kpi,
  subject_id INTEGER NOT NULL REFERENCES subject,
  start_ns   INTEGER NOT NULL,
  end_ns     INTEGER NOT NULL,
  revision   INTEGER NOT NULL,
  register   TEXT    NOT NULL,        -- hash of the register in force
  state      TEXT    NOT NULL,        -- MEASURED, INSUFFICIENT_EVIDENCE, NOT_APPLICABLE
  value      REAL,
  lower      REAL,
  upper      REAL,                    -- Inf where only "at least lower" is known
  counts     TEXT    NOT NULL,        -- JSON array of base counts
  histogram  BLOB,                    -- HdrHistogram V2 encoding of microseconds
  span       TEXT    NOT NULL,        -- WINDOW (minutes of assets, hours of signals), SHIFT, DAY
  era        INTEGER NOT NULL         -- which version of Feedrate computed it, see handover
);

-- Also makes it impossible that a window is stored twice.
CREATE UNIQUE INDEX result_key
  ON result (kpi_id, subject_id, span, start_ns, end_ns, era, revision);

-- For people: newest revisions, names instead of ids, counts by name.
CREATE VIEW results AS
SELECT r.id, k.kpi, s.path AS subject, r.span,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.start_ns / 1000000000, 'unixepoch') AS start,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.end_ns / 1000000000, 'unixepoch') AS "end",
       r.revision, r.state, r.value, r.lower, r.upper,
       (SELECT json_group_object(coalesce(json_extract(k.counts, '$[' || c.key || ']'), c.key), c.value)
          FROM json_each(r.counts) AS c) AS counts,
       r.register
  FROM result AS r
  JOIN kpi AS k ON k.id = r.kpi_id
  JOIN subject AS s ON s.id = r.subject_id
 WHERE NOT EXISTS (
   SELECT 1 FROM result AS n
    WHERE n.kpi_id = r.kpi_id AND n.subject_id = r.subject_id AND n.span = r.span
      AND n.start_ns = r.start_ns AND n.end_ns = r.end_ns AND n.id > r.id);

-- Every state that a model update target (node, model, version, attempt) went through.
CREATE TABLE model_update (
  id                   INTEGER PRIMARY KEY,
  node                 TEXT    NOT NULL,
  model                TEXT    NOT NULL,
  version              TEXT    NOT NULL,
  digest               TEXT    NOT NULL,
  attempt              INTEGER NOT NULL,
  revision             INTEGER NOT NULL,
  approved_ns          INTEGER,       -- by the clock of who approved
  approved_received_ns INTEGER,       -- by the collector's clock
  end_not_before_ns    INTEGER,       -- where serving was polled: since when it may have been; else end_ns
  end_ns               INTEGER,       -- by the node's clock
  end_received_ns      INTEGER,       -- by the collector's clock
  end_state            TEXT    NOT NULL, -- PENDING, SERVED, FAILED, CANCELLED, SUPERSEDED, NODE_RETIRED
  rolled_back_ns       INTEGER,
  other_digest         TEXT    NOT NULL, -- another digest that was told of this version: a finding; or ''
  stages               TEXT    NOT NULL, -- JSON object: stage to time of its first report
  era                  INTEGER NOT NULL, -- see handover
  UNIQUE (node, model, version, attempt, era, revision)
);

CREATE INDEX model_update_time ON model_update (approved_received_ns);

-- For people: where each target stands.
CREATE VIEW model_updates AS
SELECT m.id, m.node, m.model, m.version, m.attempt, m.end_state,
       strftime('%Y-%m-%dT%H:%M:%SZ', m.approved_ns / 1000000000, 'unixepoch') AS approved,
       CASE m.end_state WHEN 'SERVED' THEN (m.end_ns - m.approved_ns) / 1e9 END AS latency_s,
       m.rolled_back_ns IS NOT NULL AS rolled_back, m.digest, m.stages
  FROM model_update AS m
 WHERE NOT EXISTS (
   SELECT 1 FROM model_update AS n
    WHERE n.node = m.node AND n.model = m.model AND n.version = m.version
      AND n.attempt = m.attempt AND n.id > m.id);

-- What began and waits for its end: a row when it begins, one when it has ended.
CREATE TABLE episode (
  id                INTEGER PRIMARY KEY,
  kind              TEXT    NOT NULL, -- ALARM_ACKNOWLEDGE, ADVICE_DECISION, TAKEOVER, ...
  subject_id        INTEGER NOT NULL REFERENCES subject,
  key               INTEGER NOT NULL, -- fingerprint of what it is about: alarm, advice, ...
  start_ns          INTEGER NOT NULL, -- by its source's clock
  start_received_ns INTEGER NOT NULL, -- by the collector's clock
  end_ns            INTEGER,
  end_received_ns   INTEGER,
  end_state         TEXT    NOT NULL, -- OPEN, DONE (what was waited for), LAPSED (it cannot come any more)
  revision          INTEGER NOT NULL, -- 0 when it begins
  era               INTEGER NOT NULL  -- see handover
);

CREATE INDEX episode_key ON episode (subject_id, key);
CREATE INDEX episode_end ON episode (kind, end_ns);
CREATE INDEX episode_end_received ON episode (kind, end_received_ns);

-- Those of which no end has come: to find them without looking at all that ever were.
CREATE TABLE open_episode (
  id INTEGER PRIMARY KEY REFERENCES episode
);

-- For people: episodes that have ended, and those that are open.
CREATE VIEW episodes AS
SELECT e.id, e.kind, s.path AS subject, e.end_state,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.start_ns / 1000000000, 'unixepoch') AS start,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.end_ns / 1000000000, 'unixepoch') AS "end",
       (e.end_ns - e.start_ns) / 1e9 AS duration_s, e.key
  FROM episode AS e
  JOIN subject AS s ON s.id = e.subject_id
 WHERE e.end_state <> 'OPEN' OR e.id IN (SELECT id FROM open_episode);

-- Intervals out of scope, and what was withdrawn of them. Rows are never changed: a withdrawal is a
-- row with the subject and the bounds of what it takes back, and holds from journaled_ns on.
CREATE TABLE exclusion (
  id           INTEGER PRIMARY KEY,
  kind         TEXT    NOT NULL,      -- EXCLUSION, WITHDRAWAL; OBSERVED: the machine itself said so
  subject      TEXT    NOT NULL,
  from_ns      INTEGER NOT NULL,
  to_ns        INTEGER NOT NULL,
  reason       TEXT    NOT NULL,
  approver     TEXT    NOT NULL,      -- '' where OBSERVED
  source       TEXT    NOT NULL,      -- CALENDAR, MAINTENANCE_ORDER, MACHINE, OTHER
  reference    TEXT    NOT NULL,      -- number of an order, UID of a calendar's event, or ''
  entered_by   TEXT    NOT NULL,      -- who typed it in, or where it was read; '' where OBSERVED
  entered_ns   INTEGER NOT NULL,      -- when, by the clock of the machine on which it was
  journaled_ns INTEGER NOT NULL,      -- when the journal got it: it counts from then on
  entry        TEXT    NOT NULL       -- SHA-256 of its line in exclusions.jsonl, or ''
);

CREATE INDEX exclusion_subject ON exclusion (subject, from_ns);
CREATE INDEX exclusion_end ON exclusion (to_ns);

-- For people: what is or was out of scope. late: NO, or the journal got it AFTER_START or AFTER_END
-- of the interval. withdrawn: since when it holds no longer; what was before stays out of scope.
CREATE VIEW exclusions AS
SELECT e.id, e.subject,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.from_ns / 1000000000, 'unixepoch') AS "from",
       strftime('%Y-%m-%dT%H:%M:%SZ', e.to_ns / 1000000000, 'unixepoch') AS "to",
       CASE WHEN e.kind = 'OBSERVED' OR e.journaled_ns <= e.from_ns THEN 'NO'
            WHEN e.journaled_ns < e.to_ns THEN 'AFTER_START' ELSE 'AFTER_END' END AS late,
       (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', min(w.journaled_ns) / 1000000000, 'unixepoch')
          FROM exclusion AS w
         WHERE w.kind = 'WITHDRAWAL' AND w.subject = e.subject AND w.from_ns = e.from_ns
           AND w.to_ns = e.to_ns AND w.id > e.id) AS withdrawn,
       e.reason, e.approver, e.source, e.reference, e.entered_by,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.entered_ns / 1000000000, 'unixepoch') AS entered,
       strftime('%Y-%m-%dT%H:%M:%SZ', e.journaled_ns / 1000000000, 'unixepoch') AS journaled
  FROM exclusion AS e
 WHERE e.kind <> 'WITHDRAWAL';

-- What the collector missed: it was not running (STOPPED, one row for each start), or the machine's
-- clock was set back (CLOCK_SET_BACK: to_ns is what it showed then; journal time stood still).
CREATE TABLE gap (
  id       INTEGER PRIMARY KEY,
  cause    TEXT    NOT NULL,
  from_ns  INTEGER,                   -- journal time before; NULL at the first start of all
  to_ns    INTEGER NOT NULL,
  software TEXT    NOT NULL           -- version that goes on
);

-- What people entered beside the figures: each line of audit.jsonl (AUDIT) and of statements.jsonl
-- (STATEMENT), in the order in which the journal got them. A file that was damaged is made again with
--   SELECT line FROM entry WHERE kind = 'AUDIT' ORDER BY id;
CREATE TABLE entry (
  id           INTEGER PRIMARY KEY,
  kind         TEXT    NOT NULL,
  line         TEXT    NOT NULL,      -- JSON; its SHA-256 is in the line after it
  journaled_ns INTEGER NOT NULL
);

-- The last 1,000 things received that could not be understood, and how many there were in all.
CREATE TABLE reject (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  received_ns INTEGER NOT NULL,
  link        INTEGER NOT NULL,       -- -1 where none could be told
  cause       TEXT    NOT NULL,
  size        INTEGER NOT NULL,       -- bytes of the whole payload
  origin      TEXT    NOT NULL,       -- topic or node id
  detail      TEXT    NOT NULL,
  payload     BLOB    NOT NULL        -- its first bytes
);

CREATE TABLE reject_count (
  cause TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) WITHOUT ROWID;

-- Engine states to go on from. 'engine': the newest; everything above is computed up to its
-- position. 'base': where a replay begins, because retention removed what was before it, or another
-- version of Feedrate computed it.
CREATE TABLE checkpoint (
  name          TEXT PRIMARY KEY,
  position      INTEGER NOT NULL,     -- last journal record contained
  format        INTEGER NOT NULL,     -- which layout the state has
  register_hash TEXT    NOT NULL,     -- '' before the first register
  register_json TEXT    NOT NULL,
  state         BLOB    NOT NULL,
  results       INTEGER NOT NULL,     -- results computed up to there
  model_updates INTEGER NOT NULL,     -- model update rows computed up to there
  episodes      INTEGER NOT NULL,     -- episode rows computed up to there
  written_ns    INTEGER NOT NULL      -- journal time
);

-- How far those got who take data elsewhere: a result id or a journal position.
CREATE TABLE cursor (
  name     TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) WITHOUT ROWID;

-- The tamper-evident log: a Merkle tree (RFC 9162) with a leaf for each row of result (kind 1),
-- model_update (2), episode (3), register (4), exclusion (5), handover (6), log_key (7), gap (8)
-- and entry (9), in the
-- order in which they came to be. What is hashed: docs/evidence.md. `feedrate log verify` checks it.
CREATE TABLE log_leaf (
  id     INTEGER PRIMARY KEY,         -- the leaf's index, from 0 without gaps
  kind   INTEGER NOT NULL,
  row_id INTEGER NOT NULL,            -- id in the table of that kind; of a handover its era
  hash   BLOB    NOT NULL             -- SHA-256 of 0x00 and the row's text
);

CREATE INDEX log_leaf_rare ON log_leaf (kind, row_id) WHERE kind <> 1;

-- Roots of the perfect subtrees of 256, 65,536, ... leaves, from which proofs are made quickly.
CREATE TABLE log_node (
  height INTEGER NOT NULL,            -- 8, 16, 24, ...
  id     INTEGER NOT NULL,            -- from 0, among those of its height
  hash   BLOB    NOT NULL,
  PRIMARY KEY (height, id)
) WITHOUT ROWID;

-- The tree as it stands: one row, with the roots of its perfect subtrees, the largest first.
CREATE TABLE log_tree (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  size     INTEGER NOT NULL,          -- how many leaves
  frontier BLOB    NOT NULL
);

-- Heads of the tree that were signed; also in the file heads.log.
CREATE TABLE log_head (
  id        INTEGER PRIMARY KEY,
  size      INTEGER NOT NULL,
  note      TEXT    NOT NULL,         -- C2SP checkpoint
  signed_ns INTEGER NOT NULL          -- by the collector's clock
);

-- Keys that sign heads, in the order in which they took over.
CREATE TABLE log_key (
  id                 INTEGER PRIMARY KEY,
  key_id             TEXT    NOT NULL,
  algorithm          TEXT    NOT NULL,
  public_key         BLOB    NOT NULL,
  previous_signature BLOB    NOT NULL, -- the former key's, over this one; empty for the first
  since_ns           INTEGER NOT NULL  -- by the collector's clock
);
