// The enduring tables, migration by migration: each is closed over itself, plain SQL and no live code, and is never
// changed once a file may have gone through it.

/** The statements of each migration; a file's version is how many of them it has gone through. */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    // What this workspace is: role, names, year, own key.
    `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    // Everything that happened, named by the SHA-256 of its body.
    `CREATE TABLE artifact (
      hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
      kind TEXT NOT NULL CHECK (kind IN ('form', 'assignment', 'revision')),
      body TEXT NOT NULL
    ) STRICT`,
    `CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    `CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    // INSERT OR REPLACE fires no DELETE trigger by itself; a doubled hash is refused before it can replace anything.
    `CREATE TRIGGER artifact_no_replace BEFORE INSERT ON artifact WHEN EXISTS (SELECT 1 FROM artifact WHERE hash = NEW.hash)
      BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    // Pointer: which assignment of a sheet is in force, and its place in the list.
    `CREATE TABLE ref (
      sheet TEXT PRIMARY KEY,
      assignment TEXT NOT NULL REFERENCES artifact (hash),
      position INTEGER NOT NULL
    ) STRICT`,
    // Revisions that belong to a sheet here, with the cells (JSON array of addresses) that were not taken from them.
    `CREATE TABLE accepted (
      revision TEXT PRIMARY KEY REFERENCES artifact (hash),
      sheet TEXT NOT NULL,
      refused TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX accepted_by_sheet ON accepted (sheet)`,
    // Typed and not yet in a revision: one row a cell, and the revisions that it was typed on top of.
    `CREATE TABLE draft (
      sheet TEXT NOT NULL,
      address TEXT NOT NULL,
      content TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (sheet, address)
    ) STRICT`,
    // What the last filled sheet taken in left over, and the questions that it raised.
    `CREATE TABLE intake (sheet TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT`,
    `CREATE TABLE signer (
      print TEXT PRIMARY KEY CHECK (length(print) = 30),
      public_key TEXT NOT NULL,
      unit TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('trusted', 'revoked')),
      at TEXT NOT NULL
    ) STRICT`,
    // Packages taken in or set aside; those set aside keep their file whole.
    `CREATE TABLE received (
      payload TEXT PRIMARY KEY CHECK (length(payload) = 64),
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'quarantined')),
      kind TEXT NOT NULL,
      print TEXT NOT NULL,
      public_key TEXT NOT NULL,
      unit TEXT NOT NULL,
      epoch TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      previous TEXT,
      made_at TEXT NOT NULL,
      received_at TEXT NOT NULL,
      file TEXT NOT NULL,
      -- JSON array of the sheets it carries
      sheets TEXT NOT NULL,
      envelope BLOB
    ) STRICT`,
    `CREATE INDEX received_by_print ON received (print, sequence)`,
    // Own packages in their sequence; `delivered` is set once the file is proved to be written.
    `CREATE TABLE sent (
      sequence INTEGER PRIMARY KEY,
      epoch TEXT NOT NULL,
      payload TEXT NOT NULL,
      kind TEXT NOT NULL,
      recipient TEXT NOT NULL,
      heads TEXT NOT NULL,
      at TEXT NOT NULL,
      delivered INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
  ],
  [
    // Kinds of artifacts are the program's matter; the list of them is no longer part of the file.
    `CREATE TABLE artifact_2 (
      hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
      kind TEXT NOT NULL CHECK (length(kind) > 0),
      body TEXT NOT NULL
    ) STRICT`,
    `INSERT INTO artifact_2 SELECT hash, kind, body FROM artifact`,
    `DROP TABLE artifact`,
    `ALTER TABLE artifact_2 RENAME TO artifact`,
    `CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    `CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    `CREATE TRIGGER artifact_no_replace BEFORE INSERT ON artifact WHEN EXISTS (SELECT 1 FROM artifact WHERE hash = NEW.hash)
      BEGIN SELECT RAISE(ABORT, 'artifacts are immutable'); END`,
    // Steps of typing that can be taken back or done again: JSON of the draft's cells before and after.
    `CREATE TABLE journal (
      sheet TEXT NOT NULL,
      step INTEGER NOT NULL,
      cells TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
      PRIMARY KEY (sheet, step)
    ) STRICT`,
    // Remarks that belong to a sheet here. `sent`: the sequence number of the first package that took an own remark
    // along, 0 for remarks that came from outside.
    `CREATE TABLE remark (
      hash TEXT PRIMARY KEY REFERENCES artifact (hash),
      sheet TEXT NOT NULL,
      sent INTEGER
    ) STRICT`,
    `CREATE INDEX remark_by_sheet ON remark (sheet)`,
    // Pointer: the sheet of last year that belongs to one of this year.
    `CREATE TABLE previous (
      sheet TEXT PRIMARY KEY,
      artifact TEXT NOT NULL REFERENCES artifact (hash)
    ) STRICT`,
  ],
  [
    // Keys of which only the digits are known yet, workstations by name, bounds of what counts, and rotation.
    `CREATE TABLE signer_3 (
      print TEXT PRIMARY KEY CHECK (length(print) = 30),
      public_key TEXT,
      unit TEXT NOT NULL,
      station TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('expected', 'trusted', 'retired', 'revoked')),
      -- JSON: the last sequence number that counts, for each epoch that counts; null: no bound
      bound TEXT,
      -- print of the key whose place it took
      follows TEXT,
      at TEXT NOT NULL
    ) STRICT`,
    `INSERT INTO signer_3 SELECT print, public_key, unit, '', state, NULL, NULL, at FROM signer`,
    `DROP TABLE signer`,
    `ALTER TABLE signer_3 RENAME TO signer`,
    // Own keys that others have taken the place of; what was sealed for them can still be opened.
    `CREATE TABLE former_key (
      print TEXT PRIMARY KEY CHECK (length(print) = 30),
      public_key TEXT NOT NULL,
      private_key TEXT NOT NULL,
      -- JSON: the signed statement by which the next key follows
      rotation TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT`,
    // Revisions, remarks and confirmations that stand here by themselves, whatever becomes of packages: made here, or
    // taken in by a program that kept no account of what a package brought. In the order in which they came.
    `CREATE TABLE own (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE REFERENCES artifact (hash),
      sheet TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX own_by_sheet ON own (sheet)`,
    `INSERT INTO own (hash, sheet) SELECT revision, sheet FROM accepted ORDER BY rowid`,
    `INSERT INTO own (hash, sheet) SELECT hash, sheet FROM remark WHERE sent IS NOT NULL ORDER BY rowid`,
    // A package that was taken in can be undone: `brought` (JSON) says what it carries of what counts here.
    `CREATE TABLE received_3 (
      payload TEXT PRIMARY KEY CHECK (length(payload) = 64),
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'quarantined', 'undone')),
      kind TEXT NOT NULL,
      print TEXT NOT NULL,
      public_key TEXT NOT NULL,
      unit TEXT NOT NULL,
      station TEXT NOT NULL,
      epoch TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      previous TEXT,
      made_at TEXT NOT NULL,
      received_at TEXT NOT NULL,
      file TEXT NOT NULL,
      -- JSON array of the sheets it carries
      sheets TEXT NOT NULL,
      -- code of the problem for which it was set aside
      reason TEXT,
      brought TEXT,
      envelope BLOB
    ) STRICT`,
    `INSERT INTO received_3 SELECT payload, outcome, kind, print, public_key, unit, '', epoch, sequence, previous, made_at,
      received_at, file, sheets, NULL, NULL, envelope FROM received`,
    `DROP TABLE received`,
    `ALTER TABLE received_3 RENAME TO received`,
    `CREATE INDEX received_by_print ON received (print, epoch, sequence)`,
    // A sequence counts what went to one recipient in one epoch.
    `CREATE TABLE sent_3 (
      id INTEGER PRIMARY KEY,
      print TEXT NOT NULL,
      epoch TEXT NOT NULL,
      recipient TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      payload TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      heads TEXT NOT NULL,
      at TEXT NOT NULL,
      delivered INTEGER NOT NULL DEFAULT 0,
      -- the last of what was made here when it was sealed
      made INTEGER NOT NULL,
      -- the signed file, gzipped, for as long as the other side may still need it again
      envelope BLOB,
      UNIQUE (epoch, recipient, sequence)
    ) STRICT`,
    `INSERT INTO sent_3 SELECT sequence, json_extract((SELECT value FROM meta WHERE name = 'print'), '$'), epoch, recipient,
      sequence, payload, kind, heads, at, delivered, (SELECT COALESCE(MAX(id), 0) FROM own), NULL FROM sent`,
    `DROP TABLE sent`,
    `ALTER TABLE sent_3 RENAME TO sent`,
    // Own remarks that had not gone out count as made after every package.
    `INSERT INTO own (hash, sheet) SELECT hash, sheet FROM remark WHERE sent IS NULL ORDER BY rowid`,
    `ALTER TABLE remark DROP COLUMN sent`,
    // age recipients under which packages for the owner of a key are sealed, as its own packages announced them.
    `CREATE TABLE seal (
      print TEXT NOT NULL CHECK (length(print) = 30),
      recipient TEXT NOT NULL,
      PRIMARY KEY (print, recipient)
    ) STRICT`,
    // What the other side said of own packages, each word with the package that said it; the newest counts.
    `CREATE TABLE acknowledged (
      payload TEXT NOT NULL CHECK (length(payload) = 64),
      print TEXT NOT NULL,
      epoch TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      reason TEXT,
      received_at TEXT NOT NULL,
      receipt TEXT NOT NULL,
      PRIMARY KEY (payload, receipt)
    ) STRICT`,
    // What the office decided of sheets that were handed in. `payload`: the return; `seen`: the places that it judged (JSON).
    `CREATE TABLE decision (
      id INTEGER PRIMARY KEY,
      sheet TEXT NOT NULL,
      payload TEXT NOT NULL,
      body TEXT NOT NULL,
      seen TEXT NOT NULL,
      at TEXT NOT NULL,
      UNIQUE (sheet, payload)
    ) STRICT`,
    // The section heads' words that belong to a sheet here.
    `CREATE TABLE confirmation (
      hash TEXT PRIMARY KEY REFERENCES artifact (hash),
      sheet TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX confirmation_by_sheet ON confirmation (sheet)`,
    // The export register: what was carried out on which medium by whom, and when somebody said that it was erased.
    `CREATE TABLE carried (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      person TEXT NOT NULL,
      medium TEXT NOT NULL,
      place TEXT NOT NULL,
      kind TEXT NOT NULL,
      recipient TEXT NOT NULL,
      sequence INTEGER,
      payload TEXT,
      file TEXT NOT NULL,
      sheets INTEGER NOT NULL,
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      erased_at TEXT,
      erased_by TEXT
    ) STRICT`,
    // What this workspace is set to do on this machine, as JSON by name.
    `CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    // Alarms that a person has seen, by what they are about.
    `CREATE TABLE noted (alarm TEXT PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL) STRICT`,
    // Signed statements by which others' keys handed their place on (JSON), by the key that hands it on.
    `CREATE TABLE rotation (origin TEXT PRIMARY KEY CHECK (length(origin) = 30), body TEXT NOT NULL) STRICT`,
    // Payloads that a package taken in names as gone before it: what is inside a bound and late is known by that.
    `CREATE TABLE vouched (
      payload TEXT NOT NULL,
      voucher TEXT NOT NULL,
      PRIMARY KEY (payload, voucher)
    ) STRICT`,
    // The office's registry as each of its keys told it last (JSON): what is said of the own department's workstations.
    `CREATE TABLE registry (
      print TEXT PRIMARY KEY CHECK (length(print) = 30),
      epoch TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
  ],
  [
    // What was published, counted from 1 without gaps.
    `CREATE TABLE publication (
      number INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE REFERENCES artifact (hash)
    ) STRICT`,
  ],
  [
    // Sheets of a package that were not taken as a whole, each with the reason (JSON).
    `ALTER TABLE received ADD COLUMN refused TEXT NOT NULL DEFAULT '[]'`,
    // Prints of the keys that the sender's follows from, and its own (JSON); [] where none was noted.
    `ALTER TABLE received ADD COLUMN line TEXT NOT NULL DEFAULT '[]'`,
    `ALTER TABLE acknowledged ADD COLUMN refused TEXT NOT NULL DEFAULT '[]'`,
    `CREATE INDEX ref_by_position ON ref (position)`,
  ],
];
