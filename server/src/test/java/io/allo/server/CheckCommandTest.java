package io.allo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final String PHONE = """
            [transport-udp]
            type=transport
            protocol=udp
            bind=0.0.0.0
            [101]
            type=endpoint
            context=office
            auth=101
            aors=101
            disallow=all
            allow=alaw
            [101]
            type=auth
            username=101
            password=only-for-this-test
            [101]
            type=aor
            max_contacts=1
            """;

    private static final String DIALPLAN = """
            [office]
            exten => 600,1,Answer()
             same => n,Playback(hello-world)
             same => n,Set(CALLERID(num)=5)
             same => n,Hangup()
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void aSoundConfigurationHasNoProblems() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN);
        assertEquals(0, check("--language", "en"), this::said);
        assertEquals("no problems", out.toString().strip());
    }

    @Test
    void aKeyFileThatCanNotSealIsNamedInBothLanguages() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN);
        write("recording.conf", "[general]\nseal = yes\n");
        Path state = directory.resolve("state");
        Path keys = state.resolve("seal.keys");
        assertSeals(state, 0, "no problems", "aucun problème");
        Files.createDirectories(state);
        assertSeals(state, 3, keys + ": warning: seal=yes, but the key file is not there", "n'existe pas");
        String key = "0123456789abcdef " + "A".repeat(43) + "=\n";
        Files.writeString(keys, key);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
        assertSeals(state, 3, "others than its owner may read or write", "d'autres que son propriétaire");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        assertSeals(state, 0, "no problems", "aucun problème");
        Files.writeString(keys, "# a remark\n" + key + "0123456789abcdee AAAA\n");
        assertSeals(state, 3, keys + ":3: warning: the key has not 32 octets", "la clé n'a pas 32 octets");
        Files.writeString(keys, "secret\n");
        assertSeals(state, 3, keys + ":1: warning: not a key", "pas une clé");
        Files.writeString(keys, "# nothing\n");
        assertSeals(state, 3, "the key file has no key", "ne contient aucune clé");
        write("recording.conf", "[general]\nseal = no\n");
        assertSeals(state, 0, "no problems", "aucun problème");
    }

    private void assertSeals(Path state, int status, String english, String french) {
        for (String language : List.of("en", "fr")) {
            out.getBuffer().setLength(0);
            assertEquals(status, check("--language", language, "--state", state.toString()), this::said);
            assertTrue(out.toString().contains(language.equals("en") ? english : french), this::said);
        }
    }

    @Test
    void everyProblemHasItsFileAndLineAndASuggestion() throws IOException {
        write("pjsip.conf", PHONE.replace("\nallow=alaw", "\nallow=alaw\nalow=ulaw"));
        write("extensions.conf", DIALPLAN.replace("Playback", "Playbck"));
        write("rtp.conf", "[general]\nrtpstart=20000\nrtpend=10000\n");
        assertEquals(1, check("--language", "en"));
        assertTrue(out.toString().contains(directory.resolve("pjsip.conf") + ":12: warning:"), this::said);
        assertTrue(out.toString().contains("did you mean \"allow\""), this::said);
        assertTrue(out.toString().contains(directory.resolve("extensions.conf") + ":3: warning:"), this::said);
        assertTrue(out.toString().contains("Playback"), this::said);
        assertTrue(out.toString().contains(directory.resolve("rtp.conf") + ":3: error:"), this::said);
        assertTrue(out.toString().contains("1 error, 2 warnings; allo does not start with it"), this::said);
    }

    @Test
    void mistakesAboutMailboxesAreFound() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN + "exten => 8,1,VoiceMail(110@default)\n same => n,VoiceMail(${EXTEN})\n");
        write("voicemail.conf", "[general]\nmaxsec=60\n[default]\n111 => 4242,Anna,,,atach=yes\n");
        write("mail.conf", "[smtp]\nhost=mail.example.com\nsecurity=maybe\n");
        assertEquals(1, check("--language", "en"));
        assertTrue(out.toString().contains(directory.resolve("voicemail.conf") + ":2: warning:"), this::said);
        assertTrue(out.toString().contains("did you mean \"maxsecs\""), this::said);
        assertTrue(out.toString().contains("did you mean \"attach\""), this::said);
        assertTrue(out.toString().contains("there is no mailbox 110@default"), this::said);
        assertTrue(out.toString().contains("did you mean \"111@default\""), this::said);
        assertTrue(out.toString().contains(directory.resolve("mail.conf") + ":3: error:"), this::said);
    }

    @Test
    void withWarningsAloneTheStatusIsThree() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN.replace("Hangup()", "NoSuchThing()"));
        assertEquals(3, check("--language", "en"));
        assertTrue(out.toString().contains("1 warning; allo starts with it"), this::said);
    }

    @Test
    void problemsAreToldInFrenchIfThatIsAskedFor() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN.replace("Hangup()", "NoSuchThing()"));
        assertEquals(3, check("--language", "fr_FR.UTF-8"));
        assertTrue(out.toString().contains("attention : allo n'a pas d'application NoSuchThing"), this::said);
        assertTrue(out.toString().contains("1 avertissement ; allo démarre ainsi"), this::said);
    }

    @Test
    void anAsteriskConfElsewhereNamesTheDirectory() throws IOException {
        write("pjsip.conf", PHONE);
        write("extensions.conf", DIALPLAN);
        var file = Files.createDirectory(directory.resolve("elsewhere")).resolve("my.conf");
        Files.writeString(file, "[directories]\nastetcdir => " + directory + "\n[options]\nverbos = 3\n");
        assertEquals(3, run("check", "-C", file.toString(), "--language", "en"), this::said);
        assertTrue(out.toString().contains(file + ":4: warning:"), this::said);
        assertTrue(out.toString().contains("did you mean \"verbose\""), this::said);
    }

    @Test
    void missingFilesAreErrors() {
        assertEquals(1, check("--language", "en"));
        assertTrue(out.toString().contains("pjsip.conf"), this::said);
        assertTrue(out.toString().contains("extensions.conf"), this::said);
        assertFalse(out.toString().contains("rtp.conf"), this::said);
    }

    @Test
    void aMissingDirectoryIsSaidWithStatusTwo() {
        assertEquals(2, run("check", directory.resolve("nowhere").toString()));
        assertTrue(err.toString().contains("nowhere"), this::said);
    }

    private String said() {
        return out + "\n" + err;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private int check(String... options) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("check", directory.toString()));
        arguments.addAll(java.util.List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
