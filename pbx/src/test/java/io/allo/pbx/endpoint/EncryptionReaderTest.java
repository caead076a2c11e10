package io.allo.pbx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.sdes.MediaEncryption;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionReaderTest {

    private final List<ConfProblem> problems = new ArrayList<>();

    private MediaEncryption read(String protocol, String lines) {
        var text = "[t]\ntype=transport\nprotocol=" + protocol
                + "\nbind=127.0.0.1\n[a]\ntype=auth\nusername=a\npassword=x\n"
                + "[a]\ntype=endpoint\nauth=a\nallow=ulaw\n" + lines;
        var conf = PjsipConf.read(
                new ConfParser(ConfSource.of(Map.of("pjsip.conf", text))).parse("pjsip.conf"), problems::add);
        return conf.endpoints().get("a").capabilities().encryption();
    }

    private List<String> codes() {
        return problems.stream()
                .map(ConfProblem::code)
                .filter(code -> code.startsWith("keys") || code.startsWith("dtls") || code.startsWith("option"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', PREFERRED",
        "'media_encryption=no\n', NO",
        "'media_encryption=sdes\n', SDES",
        "'media_encryption=SDES\nmedia_encryption_optimistic=yes\n', SDES_OPTIMISTIC",
        "'media_encryption=sdes\nmedia_encryption_optimistic=no\n', SDES",
        "'media_encryption=no\nmedia_encryption_optimistic=yes\n', NO",
        "'media_encryption_optimistic=yes\n', PREFERRED"
    })
    void whatTheFileSaysHoldsAndWhereItSaysNothingEncryptionIsPreferred(String lines, MediaEncryption expected) {
        assertEquals(expected, read("tls", lines));
        assertEquals(List.of(), codes());
    }

    @Test
    void readableKeysAreAWarning() {
        assertEquals(MediaEncryption.SDES, read("udp", "transport=t\nmedia_encryption=sdes\n"));
        assertEquals(List.of("keys-readable"), codes());
        problems.clear();
        assertEquals(MediaEncryption.SDES, read("tcp", "media_encryption=sdes\n"));
        assertEquals(List.of("keys-readable"), codes());
        problems.clear();
        assertEquals(MediaEncryption.PREFERRED, read("udp", ""));
        assertEquals(List.of(), codes());
    }

    @Test
    void aHandshakeIsSafeOverEveryTransport() {
        assertEquals(MediaEncryption.DTLS, read("udp", "media_encryption=dtls\n"));
        assertEquals(
                MediaEncryption.DTLS_OPTIMISTIC,
                read("tls", "media_encryption=dtls\nmedia_encryption_optimistic=yes\n"));
        assertEquals(List.of(), codes());
        assertEquals(List.of(), problems.stream().filter(ConfProblem::isError).toList());
    }

    @Test
    void whatCannotBeTurnedOffSafelyIsSaidToHaveNoEffect() {
        read("udp", "media_encryption=dtls\ndtls_verify=no\ndtls_setup=passive\ndtls_cert_file=/etc/x.pem\n");
        assertEquals(
                1,
                problems.stream()
                        .filter(p -> p.message().en().contains("always compared with the fingerprint"))
                        .count(),
                problems.toString());
    }

    @Test
    void anotherWordIsAnError() {
        read("tls", "media_encryption=zrtp\n");
        assertTrue(problems.stream().anyMatch(p -> p.isError() && p.line() == 13), problems.toString());
    }
}
