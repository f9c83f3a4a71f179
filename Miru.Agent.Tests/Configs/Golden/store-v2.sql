-- A store as miru-agent wrote it with schema 2: that of schema 1, migrated, after an attempt to apply dpl_3 on a read-only disk.
-- Dumped by sqlite3's .dump. Never edit.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('epoch','52bd26fa011c16bb');
INSERT INTO meta VALUES('oldest_tombstone','0');
INSERT INTO meta VALUES('sequence','2');
CREATE TABLE contents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO contents VALUES('sha256:387041d509631ee31c72f2552732c403aa0ea2bf45ad76d5bae5fa29850931e3',X'7b2266726f6d223a22696e73745f64706c5f315f6d6f74696f6e227d');
INSERT INTO contents VALUES('sha256:03441afc8c6f95fa8f47249750f739e05741dc1e3bf4d71f2b649852441dbbea',X'7b2266726f6d223a22696e73745f64706c5f315f766973696f6e227d');
INSERT INTO contents VALUES('sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a',X'7b2266726f6d223a22696e73745f64706c5f325f6d6f74696f6e227d');
INSERT INTO contents VALUES('sha256:31db41d8e1442d233d33bb86f77c7f40c365bd85da55feaaefbd64a5c019766f',X'7b2266726f6d223a22696e73745f64706c5f335f6d6f74696f6e227d');
INSERT INTO contents VALUES('sha256:c83bb2cfebc99c20d548a13671fcddfcd77dd41410f80faac699504d9247a57e',X'7b2266726f6d223a22696e73745f64706c5f335f6d6170227d');
CREATE TABLE instances (
    id TEXT PRIMARY KEY, digest TEXT, content_type TEXT, refusal_code TEXT, refusal_reason TEXT) WITHOUT ROWID;
INSERT INTO instances VALUES('inst_dpl_1_motion','sha256:387041d509631ee31c72f2552732c403aa0ea2bf45ad76d5bae5fa29850931e3','application/json',NULL,NULL);
INSERT INTO instances VALUES('inst_dpl_1_vision','sha256:03441afc8c6f95fa8f47249750f739e05741dc1e3bf4d71f2b649852441dbbea','application/json',NULL,NULL);
INSERT INTO instances VALUES('inst_dpl_2_motion','sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a','application/json',NULL,NULL);
INSERT INTO instances VALUES('inst_dpl_3_map','sha256:c83bb2cfebc99c20d548a13671fcddfcd77dd41410f80faac699504d9247a57e','application/json',NULL,NULL);
INSERT INTO instances VALUES('inst_dpl_3_motion','sha256:31db41d8e1442d233d33bb86f77c7f40c365bd85da55feaaefbd64a5c019766f','application/json',NULL,NULL);
INSERT INTO instances VALUES('inst_dpl_4_huge',NULL,NULL,'too_large','has more than the 4128768 bytes of configs.max-config-size');
CREATE TABLE deployments (
    id TEXT PRIMARY KEY, release TEXT NOT NULL, target TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    reason TEXT, failures INTEGER NOT NULL, retry_at INTEGER, applied_sequence INTEGER, retry_wait INTEGER) WITHOUT ROWID;
INSERT INTO deployments VALUES('dpl_1','v1','archived','archived','none',NULL,0,NULL,1,NULL);
INSERT INTO deployments VALUES('dpl_2','v2','archived','deployed','none',NULL,0,NULL,2,NULL);
INSERT INTO deployments VALUES('dpl_3','v3','deployed','queued','retrying','cannot create the directory ''/srv/miru'': Read-only file system',2,1795361762330,NULL,32538);
INSERT INTO deployments VALUES('dpl_4','v4','staged','archived','none',NULL,0,NULL,NULL,NULL);
CREATE TABLE deployment_configs (
    deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    instance_id TEXT NOT NULL, config_type_name TEXT NOT NULL, file_path TEXT NOT NULL,
    PRIMARY KEY (deployment_id, position)) WITHOUT ROWID;
INSERT INTO deployment_configs VALUES('dpl_1',0,'inst_dpl_1_motion','motion','/srv/miru/motion.json');
INSERT INTO deployment_configs VALUES('dpl_1',1,'inst_dpl_1_vision','vision','/srv/miru/vision.json');
INSERT INTO deployment_configs VALUES('dpl_2',0,'inst_dpl_2_motion','motion','/srv/miru/motion.json');
INSERT INTO deployment_configs VALUES('dpl_3',0,'inst_dpl_3_motion','motion','/srv/miru/motion.json');
INSERT INTO deployment_configs VALUES('dpl_3',1,'inst_dpl_3_map','map','/srv/miru/map.json');
INSERT INTO deployment_configs VALUES('dpl_4',0,'inst_dpl_4_huge','huge','/srv/miru/huge.json');
CREATE TABLE current_configs (
    slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL, deployment_id TEXT NOT NULL,
    release TEXT NOT NULL, format TEXT NOT NULL, file_path TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO current_configs VALUES('motion',2,'sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a','dpl_2','v2','json','/srv/miru/motion.json');
CREATE TABLE tombstones (slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tombstones VALUES('vision',2);
CREATE TABLE owned_files (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
INSERT INTO owned_files VALUES('/srv/miru/motion.json','sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a');
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    deployed_at INTEGER, archived_at INTEGER);
INSERT INTO reports VALUES(2,'dpl_1','archived','none',NULL,1777809600000);
INSERT INTO reports VALUES(3,'dpl_2','deployed','none',1777809600000,NULL);
INSERT INTO reports VALUES(4,'dpl_3','queued','retrying',NULL,NULL);
INSERT INTO reports VALUES(5,'dpl_4','archived','none',NULL,1795361729491);
CREATE TABLE applies (deployment_id TEXT NOT NULL, committed INTEGER NOT NULL);
CREATE TABLE apply_files (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, staged INTEGER NOT NULL,
    slug TEXT NOT NULL, format TEXT NOT NULL, config_type_name TEXT NOT NULL, content_type TEXT);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('reports',5);
COMMIT;
PRAGMA user_version = 2;
