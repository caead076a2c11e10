package io.allo.sip.auth;

import io.allo.core.random.RandomSource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Gives nonces and says whether one that comes back may still be used. A nonce carries its time and is sealed with HMAC-SHA-256, so
 * handing one out keeps no state: only nonces with which a password was proved are remembered, with the counts ({@code nc}) seen, and no
 * more than {@code maxUsed} of them. When room is made for a new one, every nonce that is not remembered and no younger than the
 * forgotten one becomes stale, so that forgetting never lets a request be replayed. RFC 7616 sections 3.3, 3.4 and 5.4, 5.5. Owned by
 * the SIP loop.
 */
public final class NonceBook {
    /** What may be done with a nonce that came back. */
    public enum Standing {
        /** Ours, young enough, and that count has not been used. */
        GOOD,
        /** Ours but too old, or forgotten: the client is to take a new one. */
        STALE,
        /** That count was used before, or is too far behind to tell. */
        REPLAYED,
        /** Not made by this book: guessed, or given before a restart. */
        UNKNOWN
    }

    /** How many nonces in use are remembered, unless told otherwise. */
    public static final int DEFAULT_MAX_USED = 100_000;

    /** How long a nonce holds, unless told otherwise. */
    public static final long DEFAULT_LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** How far behind the highest count a reordered request may be. */
    static final int WINDOW = Long.SIZE;

    private static final int SEALED_BYTES = 16;
    private static final int CLIENT_AT = 12;
    private static final int SEAL_BYTES = 16;
    private static final String HMAC = "HmacSHA256";

    /** Counts seen with one nonce: bit i of {@code seen} stands for {@code highest - i}. */
    private static final class Use {
        final long issuedNanos;
        long highest;
        long seen;

        Use(long issuedNanos) {
            this.issuedNanos = issuedNanos;
        }

        boolean take(long count) {
            long behind = highest - count;
            if (count <= 0 || behind >= WINDOW || (behind >= 0 && (seen & (1L << behind)) != 0)) {
                return false;
            }
            if (behind >= 0) {
                seen |= 1L << behind;
            } else {
                seen = -behind >= WINDOW ? 1 : (seen << -behind) | 1;
                highest = count;
            }
            return true;
        }
    }

    private final long lifetimeNanos;
    private final int maxUsed;
    private final RandomSource random;
    private final Mac seal;
    private final LinkedHashMap<String, Use> used = new LinkedHashMap<>();
    private boolean forgot;
    private long forgotNanos;

    /** A book with the default lifetime and size. */
    public NonceBook(RandomSource random) {
        this(DEFAULT_LIFETIME_NANOS, DEFAULT_MAX_USED, random);
    }

    /**
     * Nonces hold for {@code lifetimeNanos}; of at most {@code maxUsed} the nonce counts are remembered.
     *
     * @throws IllegalArgumentException if one of them is not positive
     */
    public NonceBook(long lifetimeNanos, int maxUsed, RandomSource random) {
        if (lifetimeNanos <= 0 || maxUsed <= 0) {
            throw new IllegalArgumentException("lifetime " + lifetimeNanos + " ns, " + maxUsed + " nonces");
        }
        this.lifetimeNanos = lifetimeNanos;
        this.maxUsed = maxUsed;
        this.random = random;
        this.seal = seal(random);
    }

    /** A new nonce for anybody. */
    public String issue(long nowNanos) {
        return issue(0, nowNanos);
    }

    /** A new nonce: its time, 32 random bits, whom it is for ({@code client} stands for an address), and their seal, in base64url. */
    public String issue(int client, long nowNanos) {
        var bytes = ByteBuffer.allocate(SEALED_BYTES + SEAL_BYTES);
        bytes.putLong(nowNanos).putInt((int) random.nextLong()).putInt(client);
        bytes.put(sealOf(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Notes that {@code nonce} came back with the count {@code nc} and a right password, and says whether that was allowed. To be asked
     * only after the digest was found right: strangers leave no trace here.
     */
    public Standing use(String nonce, long nc, long nowNanos) {
        byte[] bytes = opened(nonce);
        if (bytes == null) {
            return Standing.UNKNOWN;
        }
        long issuedNanos = ByteBuffer.wrap(bytes).getLong();
        if (nowNanos - issuedNanos > lifetimeNanos || nowNanos < issuedNanos) {
            used.remove(nonce);
            return Standing.STALE;
        }
        Use use = used.get(nonce);
        if (use == null) {
            if (forgot && issuedNanos - forgotNanos <= 0) {
                return Standing.STALE;
            }
            use = new Use(issuedNanos);
            makeRoom(nowNanos);
            used.put(nonce, use);
        }
        return use.take(nc) ? Standing.GOOD : Standing.REPLAYED;
    }

    /** Whether the nonce was given to that client, however old it is: whoever returns it receives what is sent to that address. */
    public boolean isFor(String nonce, int client) {
        byte[] bytes = opened(nonce);
        return bytes != null && ByteBuffer.wrap(bytes).getInt(CLIENT_AT) == client;
    }

    /** How many nonces are remembered. */
    public int size() {
        return used.size();
    }

    /** Drops what has grown old, and if the book is full all the same, the nonce that came into use first. */
    private void makeRoom(long nowNanos) {
        for (Iterator<Map.Entry<String, Use>> i = used.entrySet().iterator(); i.hasNext(); ) {
            Use eldest = i.next().getValue();
            boolean old = nowNanos - eldest.issuedNanos > lifetimeNanos;
            if (!old && used.size() < maxUsed) {
                return;
            }
            if (!old) {
                forgotNanos = forgot ? Math.max(forgotNanos, eldest.issuedNanos) : eldest.issuedNanos;
                forgot = true;
            }
            i.remove();
        }
    }

    /** The bytes of a nonce of ours, null for anything else. */
    private byte @Nullable [] opened(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return null;
        }
        boolean ours = bytes.length == SEALED_BYTES + SEAL_BYTES
                && MessageDigest.isEqual(sealOf(bytes), Arrays.copyOfRange(bytes, SEALED_BYTES, bytes.length));
        return ours ? bytes : null;
    }

    private byte[] sealOf(byte[] bytes) {
        seal.update(bytes, 0, SEALED_BYTES);
        return Arrays.copyOf(seal.doFinal(), SEAL_BYTES);
    }

    private static Mac seal(RandomSource random) {
        try {
            byte[] key = new byte[32];
            random.nextBytes(key);
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }
}
