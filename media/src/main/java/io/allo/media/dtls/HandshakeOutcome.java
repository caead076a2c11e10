package io.allo.media.dtls;

import io.allo.media.sdes.StreamKeys;

/** How a handshake ended. Immutable. */
public sealed interface HandshakeOutcome {

    /** What it was made for. */
    DtlsAgreement agreement();

    /** The other side has proved itself by a certificate with the fingerprint from SDP: the keys hold. */
    record Keyed(DtlsAgreement agreement, StreamKeys keys) implements HandshakeOutcome {}

    /** There are no keys, and why, in words a person at the phone system understands. */
    record Failed(DtlsAgreement agreement, Reason reason) implements HandshakeOutcome {}

    /** Why there are no keys. */
    enum Reason {
        /** The certificate is not the one that the description named: somebody may be in between. */
        WRONG_FINGERPRINT(
                "the phone proved itself with another certificate than its call announced (a=fingerprint): somebody may be"
                        + " listening in, so there is no sound",
                "le téléphone s'est présenté avec un autre certificat que celui annoncé par son appel (a=fingerprint) :"
                        + " quelqu'un écoute peut-être, donc pas de son"),
        /** Nothing or not enough came in time. */
        TIMEOUT(
                "the phone did not finish the encryption handshake (DTLS) in time: a firewall may drop it",
                "le téléphone n'a pas terminé à temps la négociation du chiffrement (DTLS) : un pare-feu la bloque"
                        + " peut-être"),
        /** Nothing in common, or a broken message. */
        NO_AGREEMENT(
                "the phone and allo found no common encryption (DTLS-SRTP)",
                "le téléphone et allo n'ont trouvé aucun chiffrement commun (DTLS-SRTP)"),
        /** More handshakes at once than are allowed. */
        TOO_MANY(
                "too many encryption handshakes (DTLS) are running at once",
                "trop de négociations de chiffrement (DTLS) sont en cours à la fois");

        private final String english;
        private final String french;

        Reason(String english, String french) {
            this.english = english;
            this.french = french;
        }

        /** For the log of the call. */
        public String english() {
            return english;
        }

        /** For the log of the call. */
        public String french() {
            return french;
        }
    }
}
