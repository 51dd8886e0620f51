-- Times are microseconds since 1970; uuids are 16 bytes, big-endian.

CREATE TABLE cluster (
    id                    INTEGER PRIMARY KEY CHECK (id = 1),
    name                  TEXT NOT NULL,
    shard_count           INTEGER NOT NULL,
    hash_version          INTEGER NOT NULL,
    stats_generation      INTEGER NOT NULL,
    generation_started_at INTEGER NOT NULL,
    pause_reason          TEXT,
    pause_author          TEXT,
    pause_at              INTEGER,
    pause_until           INTEGER
) STRICT;

CREATE TABLE node (
    incarnation BLOB PRIMARY KEY,
    name        TEXT NOT NULL,
    advertise   TEXT NOT NULL,
    roles       TEXT NOT NULL,
    classes     TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('joining', 'up', 'leaving', 'dead')),
    beat        INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    version     TEXT NOT NULL,
    started_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX node_name ON node (name) WHERE status <> 'dead';

CREATE TABLE shard (
    id        INTEGER PRIMARY KEY,
    owner     BLOB,
    epoch     INTEGER NOT NULL,
    successor BLOB,
    adopted   INTEGER NOT NULL,
    taken_at  INTEGER
) STRICT;

-- Jobs are read when the node starts, all of them in one pass, so nothing looks them up by shard.
CREATE TABLE job (
    id             TEXT PRIMARY KEY,
    shard          INTEGER NOT NULL,
    definition     TEXT NOT NULL,
    name           TEXT NOT NULL,
    owner          TEXT,
    category       TEXT,
    queue          TEXT NOT NULL,
    version        INTEGER NOT NULL,
    source         TEXT NOT NULL,
    pause_reason   TEXT,
    pause_author   TEXT,
    pause_at       INTEGER,
    pause_until    INTEGER,
    created_at     INTEGER NOT NULL,
    created_no     INTEGER NOT NULL,
    scheduled_from INTEGER NOT NULL,
    shares_series  INTEGER NOT NULL
) STRICT;

-- The rows lie in the order of the key, so new ones go to the right edge and no second tree is needed to find them.
CREATE TABLE execution (
    scheduled_at  INTEGER NOT NULL,
    job_id        TEXT NOT NULL,
    attempt       INTEGER NOT NULL,
    shard         INTEGER NOT NULL,
    trigger_kind  INTEGER NOT NULL,
    planned_no    INTEGER NOT NULL,
    started_no    INTEGER,
    finished_no   INTEGER,
    epoch         INTEGER,
    due_at        INTEGER NOT NULL,
    started_at    INTEGER,
    finished_at   INTEGER,
    duration_us   INTEGER,
    outcome       INTEGER,
    final         INTEGER,
    node          BLOB,
    cause         INTEGER NOT NULL,
    reason        TEXT,
    error_type    TEXT,
    error_message TEXT,
    error_stack   TEXT,
    error_fingerprint INTEGER,
    payload       TEXT,
    trace_parent  TEXT,
    output        TEXT,
    losses        INTEGER NOT NULL DEFAULT 0,
    first_started_at INTEGER,
    PRIMARY KEY (scheduled_at, job_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX execution_open ON execution (shard) WHERE finished_no IS NULL;
CREATE INDEX execution_window ON execution (job_id, finished_no) WHERE finished_no IS NOT NULL;
CREATE INDEX execution_finished ON execution (finished_at) WHERE finished_no IS NOT NULL;
-- Success is the rule, so these are small, cost the writer nearly nothing, and find the exceptions at once.
CREATE INDEX execution_trouble ON execution (outcome, finished_at) WHERE final AND outcome > 1;
CREATE INDEX execution_trouble_job ON execution (job_id, outcome, finished_no) WHERE final AND outcome > 1;
-- The rare ends that may have made a duplicate, for the audit.
CREATE INDEX execution_repeated ON execution (finished_at) WHERE attempt > 1 AND finished_no IS NOT NULL;
-- Errors of all attempts, those that were retried too, are counted by kind from these alone.
CREATE INDEX execution_error ON execution (finished_at, error_fingerprint, job_id) WHERE error_fingerprint IS NOT NULL;
CREATE INDEX execution_error_job ON execution (job_id, finished_at, error_fingerprint)
  WHERE error_fingerprint IS NOT NULL;

CREATE TABLE occurrence_run (
    job_id  TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at   INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    shard   INTEGER NOT NULL,
    no      INTEGER NOT NULL,
    PRIMARY KEY (job_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_run_no ON occurrence_run (job_id, no);
CREATE INDEX occurrence_run_to ON occurrence_run (to_at);

CREATE TABLE trigger_key (
    job_id       TEXT NOT NULL,
    key          TEXT NOT NULL,
    shard        INTEGER NOT NULL,
    scheduled_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (job_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX trigger_key_shard ON trigger_key (shard);
CREATE INDEX trigger_key_expires ON trigger_key (expires_at);

CREATE TABLE snapshot (
    shard           INTEGER NOT NULL,
    job_id          TEXT NOT NULL,
    created_no      INTEGER NOT NULL,
    through_no      INTEGER NOT NULL,
    planned_through INTEGER,
    state           BLOB NOT NULL,
    PRIMARY KEY (shard, job_id, created_no)
) STRICT;

-- A minute or an hour of one job may have several parts, which add up; each is named by the first fact folded in.
CREATE TABLE rollup_minute (
    job_id      TEXT NOT NULL,
    start       INTEGER NOT NULL,
    first_no    INTEGER NOT NULL,
    shard       INTEGER NOT NULL,
    through_no  INTEGER NOT NULL,
    category    TEXT NOT NULL,
    queue       TEXT NOT NULL,
    succeeded   INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    timed_out   INTEGER NOT NULL,
    cancelled   INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    misfired    INTEGER NOT NULL,
    lost        INTEGER NOT NULL,
    retries     INTEGER NOT NULL,
    durations   INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    state       BLOB NOT NULL,
    PRIMARY KEY (job_id, start, first_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_minute_start ON rollup_minute (start);

CREATE TABLE rollup_hour (
    job_id      TEXT NOT NULL,
    start       INTEGER NOT NULL,
    first_no    INTEGER NOT NULL,
    shard       INTEGER NOT NULL,
    through_no  INTEGER NOT NULL,
    category    TEXT NOT NULL,
    queue       TEXT NOT NULL,
    succeeded   INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    timed_out   INTEGER NOT NULL,
    cancelled   INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    misfired    INTEGER NOT NULL,
    lost        INTEGER NOT NULL,
    retries     INTEGER NOT NULL,
    durations   INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    state       BLOB NOT NULL,
    PRIMARY KEY (job_id, start, first_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_hour_start ON rollup_hour (start);

-- Operations and instruments of the host app. A digest stands for the labels.
CREATE TABLE metric_series (
    shard     INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    name      TEXT NOT NULL,
    labels_id BLOB NOT NULL,
    state     BLOB NOT NULL,
    PRIMARY KEY (shard, kind, name, labels_id)
) STRICT;

CREATE TABLE metric_source (
    shard       INTEGER NOT NULL,
    incarnation BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    is_home     INTEGER NOT NULL,
    PRIMARY KEY (shard, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE operation_rollup (
    name      TEXT NOT NULL,
    span      INTEGER NOT NULL,
    start_at  INTEGER NOT NULL,
    labels_id BLOB NOT NULL,
    shard     INTEGER NOT NULL,
    state     BLOB NOT NULL,
    PRIMARY KEY (name, span, start_at, labels_id)
) STRICT;
CREATE INDEX operation_rollup_start ON operation_rollup (span, start_at);

-- How far the records of a shard have been audited, and what was found.
CREATE TABLE shard_audit (
    shard           INTEGER PRIMARY KEY,
    through         INTEGER NOT NULL,
    duplicates      INTEGER NOT NULL,
    missed          INTEGER NOT NULL,
    last_finding_at INTEGER
) STRICT;

CREATE TABLE audit_finding (
    job_id       TEXT NOT NULL,
    scheduled_at INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    found_at     INTEGER NOT NULL,
    evidence     TEXT NOT NULL,
    PRIMARY KEY (job_id, scheduled_at, kind, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_finding_found ON audit_finding (found_at);
