CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Exact bytes by digest; checked whenever they are read.
CREATE TABLE contents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);

-- What the cloud's config instances turned out to be. A refused one has a reason and no digest.
CREATE TABLE instances (
    id TEXT PRIMARY KEY, digest TEXT, content_type TEXT, refusal_code TEXT, refusal_reason TEXT) WITHOUT ROWID;

CREATE TABLE deployments (
    id TEXT PRIMARY KEY, release TEXT NOT NULL, target TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    reason TEXT, failures INTEGER NOT NULL, retry_at INTEGER, applied_sequence INTEGER) WITHOUT ROWID;

CREATE TABLE deployment_configs (
    deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    instance_id TEXT NOT NULL, config_type_name TEXT NOT NULL, file_path TEXT NOT NULL,
    PRIMARY KEY (deployment_id, position)) WITHOUT ROWID;

-- The current snapshot.
CREATE TABLE current_configs (
    slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL, deployment_id TEXT NOT NULL,
    release TEXT NOT NULL, format TEXT NOT NULL, file_path TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tombstones (slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;

-- Files the agent wrote and has not removed.
CREATE TABLE owned_files (path TEXT PRIMARY KEY) WITHOUT ROWID;

-- Outbox: told to the cloud in this order, deleted when it has answered.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    deployed_at INTEGER, archived_at INTEGER);
