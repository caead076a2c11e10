package io.allo.sip.auth;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a user's password. Never shown by {@code toString}. */
public sealed interface DigestSecret {
    /** H(A1) for one user name and realm; null where this secret can't give it for that algorithm. */
    @Nullable
    String ha1(DigestAlgorithm algorithm, String username, String realm);

    /** Whether each {@link #ha1} is a digest to be computed, and not one that was made before. */
    default boolean isComputed() {
        return false;
    }

    /** The password itself: serves every algorithm and realm. */
    record Password(String password) implements DigestSecret {
        @Override
        public String ha1(DigestAlgorithm algorithm, String username, String realm) {
            return DigestHash.ha1(algorithm, username, realm, password);
        }

        @Override
        public boolean isComputed() {
            return true;
        }

        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    /**
     * H(A1) of every algorithm for one user name and the realms that we ask for: what a server needs, made from a password that need not stay
     * in memory.
     */
    final class Prepared implements DigestSecret {
        private final String username;
        private final Map<String, Map<DigestAlgorithm, String>> byRealm;

        private Prepared(String username, Map<String, Map<DigestAlgorithm, String>> byRealm) {
            this.username = username;
            this.byRealm = byRealm;
        }

        /** The hashes of {@code password}. */
        public static Prepared of(String username, Set<String> realms, Password password) {
            var byRealm = new HashMap<String, Map<DigestAlgorithm, String>>();
            for (var realm : realms) {
                var hashes = new EnumMap<DigestAlgorithm, String>(DigestAlgorithm.class);
                for (var algorithm : DigestAlgorithm.values()) {
                    hashes.put(algorithm, password.ha1(algorithm, username, realm));
                }
                byRealm.put(realm, hashes);
            }
            return new Prepared(username, byRealm);
        }

        @Override
        public @Nullable String ha1(DigestAlgorithm algorithm, String name, String realm) {
            var hashes = name.equals(username) ? byRealm.get(realm) : null;
            return hashes == null ? null : hashes.get(algorithm);
        }

        @Override
        public String toString() {
            return "Prepared" + byRealm.keySet();
        }
    }

    /**
     * Stands for the password of somebody who is nobody: what it costs is what {@code like} of {@code username} costs, and it is never right,
     * whatever is answered. Whose it really is remains unknown to whoever tries.
     */
    record Decoy(DigestSecret like, String username) implements DigestSecret {
        @Override
        public @Nullable String ha1(DigestAlgorithm algorithm, String name, String realm) {
            return like.ha1(algorithm, username, realm);
        }

        @Override
        public boolean isComputed() {
            return like.isComputed();
        }

        @Override
        public String toString() {
            return "Decoy[hidden]";
        }
    }

    /**
     * Hashes H(username:realm:password) made before, in hexadecimal digits: {@code md5_cred} and {@code password_digest} of pjsip.conf.
     * They hold for the user name and realm that they were made for, which is for the directory to see to.
     */
    record Hashed(Map<DigestAlgorithm, String> hashes) implements DigestSecret {
        public Hashed {
            hashes.forEach(Hashed::check);
            var lower = new EnumMap<DigestAlgorithm, String>(DigestAlgorithm.class);
            hashes.forEach((algorithm, hash) -> lower.put(algorithm, hash.toLowerCase(Locale.ROOT)));
            hashes = Map.copyOf(lower);
        }

        @Override
        public @Nullable String ha1(DigestAlgorithm algorithm, String username, String realm) {
            return hashes.get(algorithm);
        }

        @Override
        public String toString() {
            return "Hashed" + hashes.keySet();
        }

        private static void check(DigestAlgorithm algorithm, String hash) {
            if (hash.length() != algorithm.lengthHexDigits()
                    || !hash.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw new IllegalArgumentException(
                        algorithm.token() + " hash must have " + algorithm.lengthHexDigits() + " hexadecimal digits");
            }
        }
    }
}
