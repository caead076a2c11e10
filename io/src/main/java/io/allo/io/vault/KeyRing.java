package io.allo.io.vault;

import io.allo.core.random.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a key file: one a line, its name (16 hexadecimal digits), a blank, 32 octets in base64. The last one seals; all of them open,
 * so that keys can be changed and old files still be read. Lines that begin with # are remarks. Immutable.
 */
public final class KeyRing {

    static final int KEY_BYTES = 32;
    static final int NAME_BYTES = 8;
    private static final String NAME = "[0-9a-f]{16}";

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path file;
    private final Map<String, byte[]> keys;

    private KeyRing(Path file, Map<String, byte[]> keys) {
        this.file = file;
        this.keys = keys;
    }

    /** The keys of this file, which is made with one key, for its owner alone, if it is not there. */
    public static KeyRing openOrMake(Path file, RandomSource random) throws IOException {
        if (!Files.exists(file)) {
            var first = new LinkedHashMap<String, byte[]>();
            put(first, random);
            write(file, first);
        }
        return open(file);
    }

    /**
     * The keys of this file.
     *
     * @throws VaultException if others than its owner may read or write it, or it has no key or a wrong line
     */
    public static KeyRing open(Path file) throws IOException {
        if (isOpenToOthers(file)) {
            throw new VaultException(file + " may be used by others ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + "): chmod 600 " + file);
        }
        var keys = new LinkedHashMap<String, byte[]>();
        var number = 0;
        for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                read(file, number, line.strip(), keys);
            }
        }
        if (keys.isEmpty()) {
            throw new VaultException(file + " has no key");
        }
        return new KeyRing(file, keys);
    }

    /** What is wrong with a key file; empty where it can be used. */
    public static Optional<KeyFileFault> fault(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(new KeyFileFault(KeyFileFault.Kind.MISSING, 0));
        }
        try {
            if (isOpenToOthers(file)) {
                return Optional.of(new KeyFileFault(KeyFileFault.Kind.OPEN_TO_OTHERS, 0));
            }
            var keys = 0;
            var number = 0;
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    keys++;
                    var kind = lineFault(line.strip());
                    if (kind.isPresent()) {
                        return Optional.of(new KeyFileFault(kind.get(), number));
                    }
                }
            }
            return keys > 0 ? Optional.empty() : Optional.of(new KeyFileFault(KeyFileFault.Kind.EMPTY, 0));
        } catch (IOException unreadable) {
            return Optional.of(new KeyFileFault(KeyFileFault.Kind.UNREADABLE, 0));
        }
    }

    private static Optional<KeyFileFault.Kind> lineFault(String line) {
        var words = line.split("\\s+", -1);
        try {
            var length = Base64.getDecoder().decode(words[words.length - 1]).length;
            if (words.length != 2 || !words[0].matches(NAME)) {
                return Optional.of(KeyFileFault.Kind.NO_KEY);
            }
            return length == KEY_BYTES ? Optional.empty() : Optional.of(KeyFileFault.Kind.LENGTH);
        } catch (IllegalArgumentException notBase64) {
            return Optional.of(KeyFileFault.Kind.NO_KEY);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    /** Adds a key, with which is sealed from now on; what was sealed before is still opened. */
    public KeyRing renewed(RandomSource random) throws IOException {
        var more = new LinkedHashMap<>(keys);
        put(more, random);
        write(file, more);
        return new KeyRing(file, more);
    }

    /** The name of the key that seals. */
    public String current() {
        return keys.keySet().stream().reduce((one, next) -> next).orElseThrow();
    }

    /** How many keys there are. */
    public int size() {
        return keys.size();
    }

    byte[] key(Path sealed, String name) throws VaultException {
        var key = keys.get(name);
        if (key == null) {
            throw new VaultException(sealed + " is sealed with key " + name + ", which " + file
                    + " does not have: add the line of that key from your copy of the key file");
        }
        return key;
    }

    private static void put(Map<String, byte[]> keys, RandomSource random) {
        var name = new byte[NAME_BYTES];
        var key = new byte[KEY_BYTES];
        random.nextBytes(name);
        random.nextBytes(key);
        keys.put(HexFormat.of().formatHex(name), key);
    }

    private static void read(Path file, int number, String line, Map<String, byte[]> keys) throws VaultException {
        var words = line.split("\\s+", -1);
        try {
            var key = Base64.getDecoder().decode(words[words.length - 1]);
            if (words.length == 2 && words[0].matches(NAME) && key.length == KEY_BYTES) {
                keys.put(words[0], key);
                return;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new VaultException(file + ":" + number + ": not a key: a name and base64 are", notBase64);
        }
        throw new VaultException(
                file + ":" + number + ": not a key: 16 hexadecimal digits and 32 octets in base64 are");
    }

    /** Whole or not at all, and never readable by others, not for a moment. */
    private static void write(Path file, Map<String, byte[]> keys) throws IOException {
        var text =
                new StringBuilder("# Keys of sealed recordings and voicemail. The last one seals, all of them open.\n"
                        + "# Without this file nothing sealed can be heard again: keep a copy elsewhere.\n");
        keys.forEach((name, key) -> text.append(name)
                .append(' ')
                .append(Base64.getEncoder().encodeToString(key))
                .append('\n'));
        var directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var made = Files.createTempFile(directory, "keys", ".new", owner);
        try {
            try (var channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
