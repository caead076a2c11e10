package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.pbx.endpoint.GlobalSettings;
import io.allo.server.secret.Passwords;
import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small company that runs where no configuration is named: examples/office, copied into the state directory at the first
 * start with a password of its own for each user: the passwords stand in a list for whoever sets the phones up, the configuration has their hashes. The
 * mailboxes' PINs stand in a list as well. No state.
 */
final class Office {

    private static final List<String> FILES =
            List.of("pjsip.conf", "extensions.conf", "voicemail.conf", "rtp.conf", "cdr.conf");
    private static final String PASSWORDS = "passwords.txt";
    private static final String PINS = "pins.txt";
    private static final String LANGUAGE = "@LANGUAGE@";
    private static final int PIN_BOUND = 1_000_000;
    private static final Pattern MAILBOX = Pattern.compile("(?m)^(?<box>\\d+) => @PIN@");
    private static final Pattern USER = Pattern.compile("username = (?<user>\\S+)\\Rpassword = @PASSWORD@");
    private static final String REALM = GlobalSettings.DEFAULT.realm();

    private Office() {}

    /**
     * The company's configuration below the state directory; made whole or not at all, if it is not there.
     *
     * @param language what its people speak and hear, as LANG has it ("fr_FR.UTF-8"): French, else English
     */
    static Path prepare(Path state, RandomSource random, String language) throws IOException {
        var config = state.resolve("config");
        if (Files.isDirectory(config)) {
            return config;
        }
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(state);
        var made = Files.createTempDirectory(state, "config.new", owner);
        for (var name : FILES) {
            var text = template(name);
            if (name.equals("pjsip.conf")) {
                var passwords = new StringBuilder();
                text = withPasswords(text, random, passwords)
                        .replace(LANGUAGE, language.startsWith("fr") ? "fr" : "en");
                write(made.resolve(PASSWORDS), passwords.toString());
            }
            if (name.equals("voicemail.conf")) {
                var pins = new StringBuilder();
                text = withPins(text, random, pins);
                write(made.resolve(PINS), pins.toString());
            }
            write(made.resolve(name), text);
        }
        Files.move(made, config, StandardCopyOption.ATOMIC_MOVE);
        return config;
    }

    /** Where the users' passwords can be read, if the configuration is the company's. */
    static Path passwords(Path config) {
        return config.resolve(PASSWORDS);
    }

    private static String withPasswords(String text, RandomSource random, StringBuilder list) {
        return USER.matcher(text).replaceAll(match -> {
            var user = match.group("user");
            var password = new DigestSecret.Password(Passwords.next(random));
            list.append(user).append(' ').append(password.password()).append('\n');
            var lines = new StringBuilder("username = ")
                    .append(user)
                    .append("\nrealm = ")
                    .append(REALM);
            for (var algorithm : DigestAlgorithm.values()) {
                lines.append("\npassword_digest = ")
                        .append(algorithm.token())
                        .append(':')
                        .append(password.ha1(algorithm, user, REALM));
            }
            return Matcher.quoteReplacement(lines.toString());
        });
    }

    /** Six digits for each mailbox; owners change theirs by telephone. */
    private static String withPins(String text, RandomSource random, StringBuilder list) {
        return MAILBOX.matcher(text).replaceAll(match -> {
            var pin = "%06d".formatted(random.nextInt(PIN_BOUND));
            list.append(match.group("box")).append(' ').append(pin).append('\n');
            return match.group("box") + " => " + pin;
        });
    }

    private static void write(Path file, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private static String template(String name) throws IOException {
        try (var in = Office.class.getResourceAsStream("office/" + name)) {
            if (in == null) {
                throw new IllegalStateException("office/" + name + " is missing from the program: build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
