package io.allo.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The value of an {@code a=fingerprint} line: the hash of the certificate that its writer proves himself with, RFC 8122 5.
 * Compared in constant time. Immutable.
 */
public final class Fingerprint {

    /** The attribute's name in SDP. */
    public static final String NAME = "fingerprint";

    /** The strongest first. MD2 and MD5 must not be used (RFC 8122 5): whoever names nothing else has named nothing. */
    private static final List<String> HASHES = List.of("sha-512", "sha-384", "sha-256", "sha-224", "sha-1");

    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    private final String hash;
    private final byte[] digest;

    private Fingerprint(String hash, byte[] digest) {
        this.hash = hash;
        this.digest = digest;
    }

    /** The fingerprint of a certificate in DER by this hash ({@code sha-256}), whose name is written as in SDP. */
    public static Fingerprint of(String hash, byte[] certificate) {
        try {
            return new Fingerprint(
                    hash, MessageDigest.getInstance(algorithm(hash)).digest(certificate));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalArgumentException("no hash " + hash, impossible);
        }
    }

    /** The line with this value, hash and hexadecimal pairs in any case of letters; empty if it is none that can be used. */
    public static Optional<Fingerprint> parse(String value) {
        var words = value.strip().split("[ \\t]+");
        var hash = words[0].toLowerCase(Locale.ROOT);
        if (words.length != 2 || !HASHES.contains(hash)) {
            return Optional.empty();
        }
        try {
            var digest = HEX.parseHex(words[1].toUpperCase(Locale.ROOT));
            return digest.length == bytes(hash) ? Optional.of(new Fingerprint(hash, digest)) : Optional.empty();
        } catch (IllegalArgumentException notHexadecimal) {
            // the other side's mistake: a line of no use
            return Optional.empty();
        }
    }

    /**
     * Whether a certificate is one of those named. Of several hashes the strongest that was named decides, and any line with it
     * may match: RFC 8122 5.
     */
    public static boolean matches(List<Fingerprint> named, byte[] certificate) {
        for (var hash : HASHES) {
            var ofHash = named.stream().filter(f -> f.hash.equals(hash)).toList();
            if (!ofHash.isEmpty()) {
                return ofHash.contains(of(hash, certificate));
            }
        }
        return false;
    }

    /** The hash's name in SDP, in small letters. */
    public String hash() {
        return hash;
    }

    private static String algorithm(String hash) {
        return hash.toUpperCase(Locale.ROOT);
    }

    private static int bytes(String hash) {
        return hash.equals("sha-1") ? 20 : Integer.parseInt(hash.substring(4)) / 8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that
                && hash.equals(that.hash)
                && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The value as it stands in SDP. */
    @Override
    public String toString() {
        return hash + " " + HEX.formatHex(digest);
    }
}
