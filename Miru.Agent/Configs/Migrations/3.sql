-- Every row carries a seal over its values: what the disk damages is noticed when it is read.
ALTER TABLE meta ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instances ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deployments ADD COLUMN config_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deployments ADD COLUMN hold TEXT NOT NULL DEFAULT 'none';
ALTER TABLE deployments ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deployment_configs ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE current_configs ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tombstones ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE owned_files ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE applies ADD COLUMN file_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE applies ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE apply_files ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;

-- Rows of a deployment, or of an apply, that are all intact may still be too few.
UPDATE deployments SET config_count = (SELECT COUNT(*) FROM deployment_configs WHERE deployment_id = deployments.id);
UPDATE applies SET file_count = (SELECT COUNT(*) FROM apply_files);

UPDATE meta SET seal = seal('meta', name, value);
UPDATE instances SET seal = seal('instances', id, digest, content_type, refusal_code, refusal_reason);
UPDATE deployments SET seal = seal('deployments', id, release, target, activity, error, reason, failures, retry_at, applied_sequence, retry_wait, config_count, hold);
UPDATE deployment_configs SET seal = seal('deployment_configs', deployment_id, position, instance_id, config_type_name, file_path);
UPDATE current_configs SET seal = seal('current_configs', slug, sequence, digest, deployment_id, release, format, file_path);
UPDATE tombstones SET seal = seal('tombstones', slug, sequence);
UPDATE owned_files SET seal = seal('owned_files', path, digest);
UPDATE reports SET seal = seal('reports', deployment_id, activity, error, deployed_at, archived_at);
UPDATE applies SET seal = seal('applies', deployment_id, committed, file_count);
UPDATE apply_files SET seal = seal('apply_files', path, digest, staged, slug, format, config_type_name, content_type);

-- What happened, for people; bounded.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, deployment_id TEXT, sequence INTEGER, detail TEXT,
    seal INTEGER NOT NULL);
