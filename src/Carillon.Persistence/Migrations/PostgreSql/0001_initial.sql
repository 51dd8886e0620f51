-- Job ids compare by bytes: cheaper, and the same order in every database.

CREATE TABLE cluster (
    id                    smallint PRIMARY KEY CHECK (id = 1),
    name                  text NOT NULL,
    shard_count           integer NOT NULL,
    hash_version          integer NOT NULL,
    stats_generation      bigint NOT NULL,
    generation_started_at timestamptz NOT NULL,
    pause_reason          text,
    pause_author          text,
    pause_at              timestamptz,
    pause_until           timestamptz
);

CREATE TABLE node (
    incarnation uuid PRIMARY KEY,
    name        text NOT NULL,
    advertise   text NOT NULL,
    roles       text[] NOT NULL,
    classes     text[] NOT NULL,
    status      text NOT NULL CHECK (status IN ('joining', 'up', 'leaving', 'dead')),
    beat        bigint NOT NULL,
    lease_until timestamptz NOT NULL,
    version     text NOT NULL,
    started_at  timestamptz NOT NULL
);
-- Dead rows stay as long as history names them; a name is free again once its holder is dead.
CREATE UNIQUE INDEX node_name ON node (name) WHERE status <> 'dead';

-- Updated only when ownership changes; appends lock these rows and leave them as they are.
CREATE TABLE shard (
    id        smallint PRIMARY KEY,
    owner     uuid,
    epoch     bigint NOT NULL,
    successor uuid,
    adopted   integer NOT NULL,
    taken_at  timestamptz
) WITH (fillfactor = 50);

-- A shard is read as a whole, so its jobs are looked up together; an id has one shard.
CREATE TABLE job (
    shard          smallint NOT NULL,
    id             text COLLATE "C" NOT NULL,
    definition     text NOT NULL,
    name           text NOT NULL,
    owner          text,
    category       text,
    queue          text NOT NULL,
    version        bigint NOT NULL,
    source         text NOT NULL,
    pause_reason   text,
    pause_author   text,
    pause_at       timestamptz,
    pause_until    timestamptz,
    created_at     timestamptz NOT NULL,
    created_no     bigint NOT NULL,
    scheduled_from timestamptz NOT NULL,
    shares_series  boolean NOT NULL,
    PRIMARY KEY (shard, id)
);

-- One row per attempt. Wide columns first: no padding. Numbers that are null have not happened; there is no state
-- column, because the numbers say it, and no id column, because the id is a digest of job and time.
CREATE TABLE execution (
    scheduled_at  timestamptz NOT NULL,
    planned_no    bigint NOT NULL,
    started_no    bigint,
    finished_no   bigint,
    epoch         bigint,
    due_at        timestamptz NOT NULL,
    started_at    timestamptz,
    finished_at   timestamptz,
    duration_us   bigint,
    first_started_at timestamptz,
    error_fingerprint bigint,
    shard         smallint NOT NULL,
    attempt       smallint NOT NULL,
    losses        smallint NOT NULL DEFAULT 0,
    trigger_kind  smallint NOT NULL,
    cause         smallint NOT NULL,
    outcome       smallint,
    final         boolean,
    node          uuid,
    job_id        text COLLATE "C" NOT NULL,
    reason        text,
    error_type    text,
    error_message text,
    error_stack   text,
    payload       text,
    trace_parent  text,
    output        text,
    PRIMARY KEY (scheduled_at, job_id, attempt)
) PARTITION BY RANGE (scheduled_at);
CREATE INDEX execution_open ON execution (shard) WHERE finished_no IS NULL;
-- The time is there to be compared without a look at the row: a list of one day passes over all that is newer.
CREATE INDEX execution_window ON execution (job_id, finished_no, scheduled_at) WHERE finished_no IS NOT NULL;
CREATE INDEX execution_finished ON execution USING brin (finished_at) WITH (pages_per_range = 32, autosummarize = on);
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
    job_id  text COLLATE "C" NOT NULL,
    from_at timestamptz NOT NULL,
    to_at   timestamptz NOT NULL,
    count   bigint NOT NULL,
    no      bigint NOT NULL,
    shard   smallint NOT NULL,
    outcome smallint NOT NULL,
    reason  text NOT NULL,
    PRIMARY KEY (job_id, from_at)
);
CREATE INDEX occurrence_run_no ON occurrence_run (job_id, no);
CREATE INDEX occurrence_run_to ON occurrence_run (to_at);

CREATE TABLE trigger_key (
    job_id       text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    shard        smallint NOT NULL,
    scheduled_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (job_id, key)
);
CREATE INDEX trigger_key_shard ON trigger_key (shard);
CREATE INDEX trigger_key_expires ON trigger_key (expires_at);

CREATE TABLE snapshot (
    shard           smallint NOT NULL,
    job_id          text COLLATE "C" NOT NULL,
    created_no      bigint NOT NULL,
    through_no      bigint NOT NULL,
    planned_through timestamptz,
    state           bytea NOT NULL,
    PRIMARY KEY (shard, job_id, created_no)
) WITH (fillfactor = 70);

-- A minute or an hour of one job may have several parts, which add up; each is named by the first fact folded in.
CREATE TABLE rollup_minute (
    start       timestamptz NOT NULL,
    first_no    bigint NOT NULL,
    through_no  bigint NOT NULL,
    succeeded   bigint NOT NULL,
    failed      bigint NOT NULL,
    timed_out   bigint NOT NULL,
    cancelled   bigint NOT NULL,
    skipped     bigint NOT NULL,
    misfired    bigint NOT NULL,
    lost        bigint NOT NULL,
    retries     bigint NOT NULL,
    durations   bigint NOT NULL,
    duration_us bigint NOT NULL,
    shard       smallint NOT NULL,
    job_id      text COLLATE "C" NOT NULL,
    category    text COLLATE "C" NOT NULL,
    queue       text COLLATE "C" NOT NULL,
    state       bytea NOT NULL,
    PRIMARY KEY (job_id, start, first_no)
) WITH (fillfactor = 70);
CREATE INDEX rollup_minute_start ON rollup_minute (start);

CREATE TABLE rollup_hour (
    start       timestamptz NOT NULL,
    first_no    bigint NOT NULL,
    through_no  bigint NOT NULL,
    succeeded   bigint NOT NULL,
    failed      bigint NOT NULL,
    timed_out   bigint NOT NULL,
    cancelled   bigint NOT NULL,
    skipped     bigint NOT NULL,
    misfired    bigint NOT NULL,
    lost        bigint NOT NULL,
    retries     bigint NOT NULL,
    durations   bigint NOT NULL,
    duration_us bigint NOT NULL,
    shard       smallint NOT NULL,
    job_id      text COLLATE "C" NOT NULL,
    category    text COLLATE "C" NOT NULL,
    queue       text COLLATE "C" NOT NULL,
    state       bytea NOT NULL,
    PRIMARY KEY (job_id, start, first_no)
) WITH (fillfactor = 70);
CREATE INDEX rollup_hour_start ON rollup_hour (start);

-- Operations and instruments of the host app, all nodes together. A digest stands for the labels: an index entry of
-- labels in full may be longer than the database allows.
CREATE TABLE metric_series (
    shard     smallint NOT NULL,
    kind      smallint NOT NULL,
    name      text COLLATE "C" NOT NULL,
    labels_id uuid NOT NULL,
    state     bytea NOT NULL,
    PRIMARY KEY (shard, kind, name, labels_id)
) WITH (fillfactor = 70);

CREATE TABLE metric_source (
    shard       smallint NOT NULL,
    is_home     boolean NOT NULL,
    incarnation uuid NOT NULL,
    sequence    bigint NOT NULL,
    PRIMARY KEY (shard, incarnation)
) WITH (fillfactor = 70);

CREATE TABLE operation_rollup (
    name      text COLLATE "C" NOT NULL,
    span      smallint NOT NULL,
    shard     smallint NOT NULL,
    start_at  timestamptz NOT NULL,
    labels_id uuid NOT NULL,
    state     bytea NOT NULL,
    PRIMARY KEY (name, span, start_at, labels_id)
);
CREATE INDEX operation_rollup_start ON operation_rollup (span, start_at);

-- How far the records of a shard have been audited, and what was found.
CREATE TABLE shard_audit (
    shard           smallint PRIMARY KEY,
    through         timestamptz NOT NULL,
    duplicates      bigint NOT NULL,
    missed          bigint NOT NULL,
    last_finding_at timestamptz
) WITH (fillfactor = 50);

CREATE TABLE audit_finding (
    job_id       text COLLATE "C" NOT NULL,
    scheduled_at timestamptz NOT NULL,
    kind         smallint NOT NULL,
    attempt      smallint NOT NULL,
    found_at     timestamptz NOT NULL,
    evidence     text NOT NULL,
    PRIMARY KEY (job_id, scheduled_at, kind, attempt)
);
CREATE INDEX audit_finding_found ON audit_finding (found_at);
