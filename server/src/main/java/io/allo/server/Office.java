package io.allo.server;

import io.allo.core.random.RandomSource;
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
 * start with a password of its own for each user. No state.
 */
final class Office {

    private static final List<String> FILES = List.of("pjsip.conf", "extensions.conf", "rtp.conf", "cdr.conf");
    private static final String PASSWORDS = "passwords.txt";
    private static final Pattern USER = Pattern.compile("username = (?<user>\\S+)\\R(?<key>password = )@PASSWORD@");
    /** Without those that are read for one another. 20 of 55 are 115 bits. */
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int PASSWORD_LENGTH = 20;

    private Office() {}

    /** The company's configuration below the state directory; made whole or not at all, if it is not there. */
    static Path prepare(Path state, RandomSource random) throws IOException {
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
                text = withPasswords(text, random, passwords);
                write(made.resolve(PASSWORDS), passwords.toString());
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
            var password = password(random);
            list.append(match.group("user")).append(' ').append(password).append('\n');
            return Matcher.quoteReplacement(match.group().replace("@PASSWORD@", password));
        });
    }

    private static String password(RandomSource random) {
        var password = new StringBuilder();
        for (var i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
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
