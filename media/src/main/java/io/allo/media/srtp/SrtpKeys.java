package io.allo.media.srtp;

import java.util.Arrays;

/**
 * The session keys of a master key: AES-CM pseudo-random function, RFC 3711 4.3 (256-bit: RFC 6188 3, GCM: RFC 7714 11), with a
 * key derivation rate of 0, so derived once. Made once per key; the arrays are not copied.
 */
final class SrtpKeys {

    /** What a session key is for, by the label of RFC 3711 4.3.1 and 4.3.2. */
    enum Label {
        RTP_ENCRYPTION,
        RTP_AUTHENTICATION,
        RTP_SALT,
        RTCP_ENCRYPTION,
        RTCP_AUTHENTICATION,
        RTCP_SALT
    }

    /** Length of the HMAC-SHA1 session key, in bytes: n_a of RFC 3711 5.2. */
    static final int AUTHENTICATION_BYTES = 20;

    private static final int LABEL_AT = 7;

    private final SrtpMasterKey master;
    private final SrtpScratch scratch;

    SrtpKeys(SrtpMasterKey master, SrtpScratch scratch) {
        this.master = master;
        this.scratch = scratch;
    }

    /** How RTP packets are sealed under this key. */
    PacketCipher rtp() {
        return cipher(
                Label.RTP_ENCRYPTION,
                Label.RTP_AUTHENTICATION,
                Label.RTP_SALT,
                master.suite().tagBytes(),
                false);
    }

    /** How RTCP packets are sealed under this key. */
    PacketCipher rtcp() {
        return cipher(
                Label.RTCP_ENCRYPTION,
                Label.RTCP_AUTHENTICATION,
                Label.RTCP_SALT,
                master.suite().controlTagBytes(),
                true);
    }

    private PacketCipher cipher(Label encryption, Label authentication, Label salt, int tagBytes, boolean control) {
        var suite = master.suite();
        var key = derive(encryption, suite.keyBytes());
        var sessionSalt = derive(salt, suite.saltBytes());
        return suite.isAead()
                ? new GcmCipher(key, sessionSalt, control, scratch)
                : new CounterCipher(key, derive(authentication, AUTHENTICATION_BYTES), sessionSalt, tagBytes, scratch);
    }

    /** This many bytes of the key stream that the label names. */
    byte[] derive(Label label, int bytes) {
        var iv = Arrays.copyOf(master.salt(), AesCounter.BLOCK_BYTES);
        iv[LABEL_AT] ^= (byte) label.ordinal();
        var out = new byte[bytes];
        var counter = new AesCounter(master.key(), scratch);
        counter.start(iv);
        counter.apply(out, 0, bytes);
        return out;
    }
}
