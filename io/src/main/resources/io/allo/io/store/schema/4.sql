-- PINs of mailboxes that their owners have changed (pbx.voicemail): voicemail.conf is never written.
CREATE TABLE voicemail_pin (
    context  TEXT NOT NULL,
    box      TEXT NOT NULL,
    hash     TEXT NOT NULL,
    replaced TEXT NOT NULL,
    PRIMARY KEY (context, box)
) WITHOUT ROWID;
