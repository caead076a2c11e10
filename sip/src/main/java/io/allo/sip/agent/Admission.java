package io.allo.sip.agent;

/** How it went with somebody who asked to be let in: for the security log. */
public enum Admission {
    /** A password was proved. */
    PROVED,
    /** A password is asked for. */
    CHALLENGED,
    /** The user does not exist, or is none of that endpoint's. */
    UNKNOWN_USER,
    /** The password is wrong. */
    WRONG_PASSWORD,
    /** The user is banned, whatever the password. */
    BARRED,
    /** An access list shuts the address out. */
    ADDRESS_REFUSED,
    /** An access list shuts the contact out. */
    CONTACT_REFUSED,
    /** It could not be read. */
    MALFORMED,
    /** The user may not do that. */
    NOT_ALLOWED,
    /** Too many requests came. */
    TOO_MANY,
    /** It is a scanner, and says so. */
    SCANNER
}
