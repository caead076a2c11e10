package io.allo.io.mail;

/**
 * The mail server that takes what allo sends. Immutable.
 *
 * @param host its name or address; empty: nothing is sent, letters wait
 * @param port 587 as a rule, 25 on the own machine, 465 with TLS from the start
 * @param security what must be encrypted
 * @param user empty: no login
 * @param caFile certificates (PEM) that the server's is checked against; empty: those of the system
 */
public record SmtpSettings(String host, int port, Security security, String user, String password, String caFile) {

    /** What must be encrypted. */
    public enum Security {
        /** STARTTLS where the server has it. */
        OPTIONAL,
        /** STARTTLS, or nothing is sent. */
        REQUIRED,
        /** TLS from the first byte. */
        IMPLICIT,
        /** In the clear. */
        NONE
    }

    /** The own machine's mail server, as Asterisk's sendmail: port 25, STARTTLS where it has it. */
    public static final SmtpSettings DEFAULT = new SmtpSettings("localhost", 25, Security.OPTIONAL, "", "", "");

    @Override
    public String toString() {
        return host + ":" + port + " " + security; // no password in a log
    }
}
