package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of a sealed file. A header of 56 octets: {@code ALLOSEAL}, the version (1), three zeros, the chunk's length (4), the key's name (8),
 * a salt by chance (32). Then chunks of 16384 octets, the last one shorter, each as a nonce by chance (12), AES-256-GCM's output, and its tag (16).
 * The file's key is HKDF-SHA256 (RFC 5869) of the named key, with the salt and the header as info. What GCM authenticates beside a
 * chunk is its number (8) and whether it is the last (1), after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015).
 * STREAM counts its nonces; ours are by chance, because a chunk is written again when a recording's header is filled in or when it is gone on
 * with, and a nonce must never serve twice; 2^32 chunks of one file are far away (NIST SP 800-38D section 8.3).
 */
final class ChunkCipher {

    static final int CHUNK_BYTES = 16_384;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;
    static final int SEALED_BYTES = CHUNK_BYTES + OVERHEAD_BYTES;

    private static final byte[] MAGIC = "ALLOSEAL".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 32;
    static final int HEADER_BYTES = 56;
    private static final int KEY_NAME_AT = 16;
    private static final int SALT_AT = 24;

    private final Path path;
    private final SecretKey key;
    private final Cipher cipher;
    private final @Nullable RandomSource random;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final ByteBuffer place = ByteBuffer.allocate(Long.BYTES + 1);

    private ChunkCipher(Path path, byte[] header, byte[] master, @Nullable RandomSource random) {
        this.path = path;
        this.random = random;
        try {
            var derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(master)
                    .addSalt(Arrays.copyOfRange(header, SALT_AT, HEADER_BYTES))
                    .thenExpand(header, KeyRing.KEY_BYTES);
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256 or AES-GCM", missing);
        }
    }

    /** Writes the header of a new file. */
    static ChunkCipher create(Path path, FileChannel file, KeyRing keys, RandomSource random) throws IOException {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put(VERSION)
                .put(new byte[3])
                .putInt(CHUNK_BYTES)
                .put(HexFormat.of().parseHex(keys.current()))
                .put(salt)
                .flip();
        while (header.hasRemaining()) {
            file.write(header);
        }
        return new ChunkCipher(path, header.array(), keys.key(path, keys.current()), random);
    }

    /** Reads the header of a file; {@code random} where it is to be written too. */
    static ChunkCipher open(Path path, FileChannel file, KeyRing keys, @Nullable RandomSource random)
            throws IOException {
        var header = ByteBuffer.allocate(HEADER_BYTES);
        readFully(file, header, 0);
        var bytes = header.array();
        if (header.hasRemaining() || !startsWithMagic(bytes)) {
            throw new VaultException(path + " is no sealed file");
        }
        if (bytes[MAGIC.length] != VERSION || header.getInt(MAGIC.length + 4) != CHUNK_BYTES) {
            throw new VaultException(path + " is sealed in a form that this allo does not know");
        }
        var name = HexFormat.of().formatHex(bytes, KEY_NAME_AT, SALT_AT);
        return new ChunkCipher(path, bytes, keys.key(path, name), random);
    }

    static boolean isSealed(FileChannel file) throws IOException {
        var start = ByteBuffer.allocate(MAGIC.length);
        readFully(file, start, 0);
        return !start.hasRemaining() && startsWithMagic(start.array());
    }

    /** Where a chunk begins in the file. */
    static long offset(long number) {
        return HEADER_BYTES + number * SEALED_BYTES;
    }

    /** How long a chunk of that length is in the file. */
    static int sealedBytes(int length) {
        return length + OVERHEAD_BYTES;
    }

    /** The length of what is sealed in a chunk of that length in the file; negative if it can't be one. */
    static int openBytes(long sealedLength) {
        return (int) sealedLength - OVERHEAD_BYTES;
    }

    /** Seals the first {@code length} octets of {@code plain} into {@code out}. */
    void seal(long number, boolean last, byte[] plain, int length, ByteBuffer out) {
        if (random == null) {
            throw new IllegalStateException(path + " was opened to be read");
        }
        random.nextBytes(nonce);
        try {
            init(Cipher.ENCRYPT_MODE, number, last);
            out.put(nonce);
            cipher.doFinal(ByteBuffer.wrap(plain, 0, length), out);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM failed", broken);
        }
    }

    /** Opens what {@code in} holds into {@code plain}; false if it is not what was sealed there. */
    boolean open(long number, boolean last, ByteBuffer in, byte[] plain) {
        in.get(nonce);
        try {
            init(Cipher.DECRYPT_MODE, number, last);
            cipher.doFinal(in, ByteBuffer.wrap(plain));
            return true;
        } catch (AEADBadTagException changed) {
            return false;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM failed", broken);
        }
    }

    private void init(int mode, long number, boolean last) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        place.clear().putLong(number).put((byte) (last ? 1 : 0)).flip();
        cipher.updateAAD(place);
    }

    private static boolean startsWithMagic(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads until the buffer is full or the file ends. */
    static void readFully(FileChannel file, ByteBuffer into, long from) throws IOException {
        var at = from;
        while (into.hasRemaining()) {
            var count = file.read(into, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }
}
