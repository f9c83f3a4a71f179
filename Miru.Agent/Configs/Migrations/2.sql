-- The apply under way, one at most: written before a file is touched. What is not committed is rolled back at the next start,
-- what is committed is rolled forward.
CREATE TABLE applies (deployment_id TEXT NOT NULL, committed INTEGER NOT NULL);
CREATE TABLE apply_files (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, staged INTEGER NOT NULL,
    slug TEXT NOT NULL, format TEXT NOT NULL, config_type_name TEXT NOT NULL, content_type TEXT);

-- What the agent wrote there, so that somebody else's change is noticed.
ALTER TABLE owned_files ADD COLUMN digest TEXT;
UPDATE owned_files SET digest = (SELECT digest FROM current_configs WHERE file_path = path);

-- The wait that retry_at stands for, in milliseconds: no clock that jumps makes it longer.
ALTER TABLE deployments ADD COLUMN retry_wait INTEGER;
