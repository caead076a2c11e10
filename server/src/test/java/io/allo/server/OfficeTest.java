package io.allo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.io.loop.SystemClock;
import io.allo.sip.auth.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficeTest {

    @TempDir
    Path directory;

    @Test
    void theCompanyIsAConfigurationWithoutAnyProblem() throws IOException {
        var configuration = Configuration.read(prepare("a"), directory.resolve("a"));
        assertEquals(List.of(), configuration.problems());
        assertEquals(List.of(), Applications.check(configuration, new SystemClock()));
        assertEquals(
                Set.of("101", "102", "103", "104", "105"),
                configuration.pjsip().endpoints().keySet());
    }

    @Test
    void itsPhonesHearTheLanguageOfWhoStartedIt() throws IOException {
        var config = Office.prepare(directory.resolve("f"), RandomSource.secure(), "fr_FR.UTF-8");
        var endpoints =
                Configuration.read(config, directory.resolve("f")).pjsip().endpoints();
        assertEquals("fr", endpoints.get("105").behaviour().language());
    }

    @Test
    void everyUserOfEveryCompanyHasAPasswordOfItsOwn() throws IOException {
        var all = passwords("a");
        all.addAll(passwords("b"));
        assertEquals(10, all.size());
        assertTrue(all.stream().allMatch(password -> password.length() >= 16), all::toString);
    }

    @Test
    void theConfigurationHasOnlyHashesOfThem() throws IOException {
        var passwords = passwords("a");
        var text = Files.readString(prepare("a").resolve("pjsip.conf"));
        assertTrue(passwords.stream().noneMatch(text::contains));
        var line = Files.readAllLines(Office.passwords(prepare("a"))).getFirst().split(" ");
        var auth = Configuration.read(prepare("a"), directory.resolve("a"))
                .pjsip()
                .auths()
                .get(line[0]);
        assertEquals(
                DigestAlgorithm.SHA_256.hash(line[0] + ":asterisk:" + line[1]),
                auth.secret().ha1(DigestAlgorithm.SHA_256, line[0], "asterisk"));
    }

    @Test
    void nobodyElseMayReadThePasswords() throws IOException {
        var config = prepare("a");
        assertEquals("rwx------", mode(config));
        for (var name : List.of("pjsip.conf", "passwords.txt")) {
            assertEquals("rw-------", mode(config.resolve(name)));
        }
        assertFalse(Files.readString(config.resolve("pjsip.conf")).contains("@PASSWORD@"));
    }

    @Test
    void everyMailboxHasAPinOfItsOwn() throws IOException {
        var config = prepare("a");
        var boxes = Configuration.read(config, directory.resolve("a"))
                .voicemail()
                .boxes()
                .sorted();
        assertEquals(5, boxes.size());
        assertTrue(boxes.stream().allMatch(box -> box.pin().matches("\\d{6}")));
        var listed = Files.readAllLines(config.resolve("pins.txt"));
        assertEquals(
                boxes.stream().map(box -> box.name().box() + " " + box.pin()).toList(), listed);
        assertEquals("rw-------", mode(config.resolve("pins.txt")));
    }

    @Test
    void whatWasChangedThereStays() throws IOException {
        var config = prepare("a");
        Files.writeString(config.resolve("extensions.conf"), "[office]\n");
        assertEquals(config, prepare("a"));
        assertEquals("[office]\n", Files.readString(config.resolve("extensions.conf")));
    }

    private Path prepare(String state) throws IOException {
        return Office.prepare(directory.resolve(state), RandomSource.secure(), "en");
    }

    private Set<String> passwords(String state) throws IOException {
        return Files.readAllLines(Office.passwords(prepare(state))).stream()
                .map(line -> line.split(" ")[1])
                .collect(Collectors.toSet());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
