-- Contacts of addresses of record (sip.registrar Binding): phones can be called at once after a restart.
CREATE TABLE binding (
    id            TEXT PRIMARY KEY,
    aor           TEXT NOT NULL,
    contact       TEXT NOT NULL,
    parameters    TEXT NOT NULL,
    rewritten     TEXT,
    transport     TEXT NOT NULL,
    local_address TEXT NOT NULL,
    remote_address TEXT NOT NULL,
    path          TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    call_id       TEXT NOT NULL,
    cseq          INTEGER NOT NULL,
    user_agent    TEXT,
    via_address   TEXT NOT NULL
) WITHOUT ROWID;

-- Call detail records, columns as Asterisk's; times are milliseconds since 1970, 0 for never.
CREATE TABLE cdr (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    accountcode TEXT NOT NULL,
    src         TEXT NOT NULL,
    dst         TEXT NOT NULL,
    dcontext    TEXT NOT NULL,
    clid        TEXT NOT NULL,
    channel     TEXT NOT NULL,
    dstchannel  TEXT NOT NULL,
    lastapp     TEXT NOT NULL,
    lastdata    TEXT NOT NULL,
    start_ms    INTEGER NOT NULL,
    answer_ms   INTEGER NOT NULL,
    end_ms      INTEGER NOT NULL,
    duration    INTEGER NOT NULL,
    billsec     INTEGER NOT NULL,
    disposition TEXT NOT NULL,
    amaflags    TEXT NOT NULL,
    uniqueid    TEXT NOT NULL,
    userfield   TEXT NOT NULL,
    linkedid    TEXT NOT NULL,
    peeraccount TEXT NOT NULL,
    sequence    INTEGER NOT NULL
);

CREATE INDEX cdr_start ON cdr (start_ms);
CREATE INDEX cdr_linkedid ON cdr (linkedid);
CREATE INDEX cdr_sequence ON cdr (sequence);

-- What the dialplan keeps with DB(): path is /family/key, as in Asterisk's astdb.
CREATE TABLE astdb (
    path  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
