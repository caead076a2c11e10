-- What each user has called the public network on each day (pbx.fraud): a restart gives no new allowance.
CREATE TABLE spent (
    day     TEXT NOT NULL,
    payer   TEXT NOT NULL,
    calls   INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (day, payer)
) WITHOUT ROWID;

-- Calls from abroad that rang once and gave up.
CREATE TABLE one_ring (
    number TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    at_ms  INTEGER NOT NULL
) WITHOUT ROWID;
