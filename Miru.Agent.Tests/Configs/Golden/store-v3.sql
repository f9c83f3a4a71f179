-- A store as miru-agent wrote it with schema 3: that of schema 2, migrated, after one more attempt to apply dpl_3 on a read-only disk.
-- Dumped as sqlite3's .dump does. Never edit.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE applies (deployment_id TEXT NOT NULL, committed INTEGER NOT NULL, file_count INTEGER NOT NULL DEFAULT 0, seal INTEGER NOT NULL DEFAULT 0);
CREATE TABLE apply_files (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, staged INTEGER NOT NULL,
    slug TEXT NOT NULL, format TEXT NOT NULL, config_type_name TEXT NOT NULL, content_type TEXT, seal INTEGER NOT NULL DEFAULT 0);
CREATE TABLE contents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO "contents" VALUES('sha256:387041d509631ee31c72f2552732c403aa0ea2bf45ad76d5bae5fa29850931e3',X'7B2266726F6D223A22696E73745F64706C5F315F6D6F74696F6E227D');
INSERT INTO "contents" VALUES('sha256:03441afc8c6f95fa8f47249750f739e05741dc1e3bf4d71f2b649852441dbbea',X'7B2266726F6D223A22696E73745F64706C5F315F766973696F6E227D');
INSERT INTO "contents" VALUES('sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a',X'7B2266726F6D223A22696E73745F64706C5F325F6D6F74696F6E227D');
INSERT INTO "contents" VALUES('sha256:31db41d8e1442d233d33bb86f77c7f40c365bd85da55feaaefbd64a5c019766f',X'7B2266726F6D223A22696E73745F64706C5F335F6D6F74696F6E227D');
INSERT INTO "contents" VALUES('sha256:c83bb2cfebc99c20d548a13671fcddfcd77dd41410f80faac699504d9247a57e',X'7B2266726F6D223A22696E73745F64706C5F335F6D6170227D');
CREATE TABLE current_configs (
    slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL, digest TEXT NOT NULL, deployment_id TEXT NOT NULL,
    release TEXT NOT NULL, format TEXT NOT NULL, file_path TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "current_configs" VALUES('motion',2,'sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a','dpl_2','v2','json','/srv/miru/motion.json',1748094308949781181);
CREATE TABLE deployment_configs (
    deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    instance_id TEXT NOT NULL, config_type_name TEXT NOT NULL, file_path TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (deployment_id, position)) WITHOUT ROWID;
INSERT INTO "deployment_configs" VALUES('dpl_1',0,'inst_dpl_1_motion','motion','/srv/miru/motion.json',-6650262540798268020);
INSERT INTO "deployment_configs" VALUES('dpl_1',1,'inst_dpl_1_vision','vision','/srv/miru/vision.json',3015139137553906059);
INSERT INTO "deployment_configs" VALUES('dpl_2',0,'inst_dpl_2_motion','motion','/srv/miru/motion.json',-3238753355725856150);
INSERT INTO "deployment_configs" VALUES('dpl_3',0,'inst_dpl_3_motion','motion','/srv/miru/motion.json',-7662784508344676183);
INSERT INTO "deployment_configs" VALUES('dpl_3',1,'inst_dpl_3_map','map','/srv/miru/map.json',5525053112495634630);
INSERT INTO "deployment_configs" VALUES('dpl_4',0,'inst_dpl_4_huge','huge','/srv/miru/huge.json',-4322497923916349383);
CREATE TABLE deployments (
    id TEXT PRIMARY KEY, release TEXT NOT NULL, target TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    reason TEXT, failures INTEGER NOT NULL, retry_at INTEGER, applied_sequence INTEGER, retry_wait INTEGER, config_count INTEGER NOT NULL DEFAULT 0, hold TEXT NOT NULL DEFAULT 'none', seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "deployments" VALUES('dpl_1','v1','archived','archived','none',NULL,0,NULL,1,NULL,2,'none',1123557283405221973);
INSERT INTO "deployments" VALUES('dpl_2','v2','archived','deployed','none',NULL,0,NULL,2,NULL,1,'none',-1846514209936133020);
INSERT INTO "deployments" VALUES('dpl_3','v3','deployed','queued','retrying','the disk is read-only',3,1795410060000,NULL,60000,2,'none',-4848220314051724544);
INSERT INTO "deployments" VALUES('dpl_4','v4','staged','archived','none',NULL,0,NULL,NULL,NULL,1,'none',5969066742099471717);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, deployment_id TEXT, sequence INTEGER, detail TEXT,
    seal INTEGER NOT NULL);
CREATE TABLE instances (
    id TEXT PRIMARY KEY, digest TEXT, content_type TEXT, refusal_code TEXT, refusal_reason TEXT, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "instances" VALUES('inst_dpl_1_motion','sha256:387041d509631ee31c72f2552732c403aa0ea2bf45ad76d5bae5fa29850931e3','application/json',NULL,NULL,1801774594037739122);
INSERT INTO "instances" VALUES('inst_dpl_1_vision','sha256:03441afc8c6f95fa8f47249750f739e05741dc1e3bf4d71f2b649852441dbbea','application/json',NULL,NULL,-2818257641185561213);
INSERT INTO "instances" VALUES('inst_dpl_2_motion','sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a','application/json',NULL,NULL,7192010091311983006);
INSERT INTO "instances" VALUES('inst_dpl_3_map','sha256:c83bb2cfebc99c20d548a13671fcddfcd77dd41410f80faac699504d9247a57e','application/json',NULL,NULL,-3384560063848564200);
INSERT INTO "instances" VALUES('inst_dpl_3_motion','sha256:31db41d8e1442d233d33bb86f77c7f40c365bd85da55feaaefbd64a5c019766f','application/json',NULL,NULL,-1974120925307989827);
INSERT INTO "instances" VALUES('inst_dpl_4_huge',NULL,NULL,'too_large','has more than the 4128768 bytes of configs.max-config-size',-979125160737148018);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "meta" VALUES('commits','3',-1416176238290011585);
INSERT INTO "meta" VALUES('epoch','52bd26fa011c16bb',5232156863102341372);
INSERT INTO "meta" VALUES('oldest_tombstone','0',-8365027154261363984);
INSERT INTO "meta" VALUES('schema','3:736b9815ae635315',-5909104821419046500);
INSERT INTO "meta" VALUES('sequence','2',-6073241873889855883);
INSERT INTO "meta" VALUES('snapshot','d2f103345eaae97d',6064201307049401293);
CREATE TABLE owned_files (path TEXT PRIMARY KEY, digest TEXT, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "owned_files" VALUES('/srv/miru/motion.json','sha256:4f8d5d814457346b96d1a85f8498a447932c81cf81b45ce81fc63703868e518a',5962459649289864076);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL, activity TEXT NOT NULL, error TEXT NOT NULL,
    deployed_at INTEGER, archived_at INTEGER, seal INTEGER NOT NULL DEFAULT 0);
INSERT INTO "reports" VALUES(2,'dpl_1','archived','none',NULL,1777809600000,7073016905897010210);
INSERT INTO "reports" VALUES(3,'dpl_2','deployed','none',1777809600000,NULL,4168200384873298083);
INSERT INTO "reports" VALUES(4,'dpl_3','queued','retrying',NULL,NULL,5176010126833560857);
INSERT INTO "reports" VALUES(5,'dpl_4','archived','none',NULL,1795361729491,6012064454471556126);
CREATE TABLE tombstones (slug TEXT PRIMARY KEY, sequence INTEGER NOT NULL, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "tombstones" VALUES('vision',2,3125915313572745100);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('reports',5);
COMMIT;
PRAGMA user_version = 3;
