-- Who is shut out (sip.door Ban), with the bans of the last week that are over; times are milliseconds since 1970.
CREATE TABLE ban (
    subject  TEXT PRIMARY KEY,
    reason   TEXT NOT NULL,
    detail   TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    times    INTEGER NOT NULL
) WITHOUT ROWID;
