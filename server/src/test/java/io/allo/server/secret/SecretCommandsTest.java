package io.allo.server.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.sip.auth.DigestAlgorithm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SecretCommandsTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object command, String... words) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    @Test
    void aSecretCanBeTypedOnAPhoneAndIsAnotherEachTime() {
        assertEquals(0, run(new SecretCommand()));
        assertEquals(0, run(new SecretCommand()));
        var lines = out.toString().lines().toList();
        assertTrue(lines.getFirst().matches("[a-hjkmnp-z2-9]{20}"), lines::toString);
        assertNotEquals(lines.get(0), lines.get(1));
        assertEquals(2, run(new SecretCommand(), "--length", "5"));
    }

    @Test
    void theLinesThatKeepOnlyTheHashAreReadAndGiveTheDigestOfThePassword() {
        assertEquals(0, run(new SecretCommand(), "--digest", "101", "office", "--language", "en"));
        var text = out.toString();
        var password = text.lines().findFirst().orElseThrow().replaceAll(".* ", "");
        var problems = new ArrayList<ConfProblem>();
        var file = "[t]\ntype=transport\n[101]\ntype=endpoint\nallow=alaw\nauth=101\n[101]\ntype=auth\n" + text;
        var conf = PjsipConf.read(
                new ConfParser(ConfSource.of(Map.of("pjsip.conf", file))).parse("pjsip.conf"), problems::add);
        assertEquals(List.of(), problems);
        for (var algorithm : DigestAlgorithm.values()) {
            assertEquals(
                    algorithm.hash("101:office:" + password),
                    conf.auths().get("101").secret().ha1(algorithm, "101", "office"));
        }
        assertTrue(text.contains("md5_cred = " + DigestAlgorithm.MD5.hash("101:office:" + password)), text);
    }

    @Test
    void aSealedFileIsOpenedWithItsKeyBeforeAndAfterTheKeyIsRenewed() throws Exception {
        var plain = directory.resolve("plain.wav");
        var sealed = directory.resolve("sealed.wav");
        var keys = directory.resolve("keys").toString();
        Files.write(plain, new byte[50_000]);
        assertEquals(0, run(new SealCommand(), "file", plain.toString(), sealed.toString(), "--keys", keys));
        assertEquals(0, run(new SealCommand(), "key", "--keys", keys));
        assertEquals(0, run(new SealCommand(), "renew", "--keys", keys));
        var names = out.toString().lines().toList();
        assertNotEquals(names.get(0), names.get(1));
        var opened = directory.resolve("opened.wav");
        assertEquals(
                0, run(new SealCommand(), "open", sealed.toString(), opened.toString(), "--keys", keys), err::toString);
        assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(opened));
    }

    @Test
    void whatIsNotSealedOrCutOffIsRefusedWithTheReason() throws Exception {
        var plain = directory.resolve("plain.wav");
        var sealed = directory.resolve("sealed.wav");
        var keys = directory.resolve("keys").toString();
        Files.write(plain, new byte[50_000]);
        assertEquals(1, run(new SealCommand(), "open", plain.toString(), "--keys", keys));
        assertEquals(0, run(new SealCommand(), "file", plain.toString(), sealed.toString(), "--keys", keys));
        assertEquals(1, run(new SealCommand(), "open", plain.toString(), "--keys", keys));
        var bytes = Files.readAllBytes(sealed);
        Files.write(sealed, java.util.Arrays.copyOf(bytes, 40_000));
        assertEquals(1, run(new SealCommand(), "open", sealed.toString(), "--keys", keys));
        var opened = directory.resolve("opened.wav").toString();
        assertEquals(0, run(new SealCommand(), "open", sealed.toString(), opened, "--as-it-is", "--keys", keys));
        assertEquals(32_768, Files.size(Path.of(opened)));
        assertEquals(1, run(new SealCommand(), "weld", "--keys", keys));
        var said = err.toString().lines().toList();
        assertTrue(said.get(0).endsWith("keys is not there"), said::toString);
        assertTrue(said.get(1).endsWith("plain.wav is no sealed file"), said::toString);
        assertTrue(said.get(2).contains("never closed or has been cut off"), said::toString);
        assertTrue(said.get(3).contains("not weld"), said::toString);
    }
}
