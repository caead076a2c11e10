package io.allo.pbx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.acme.AcmeSettings;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlloSettingsTest {

    private final List<ConfProblem> problems = new ArrayList<>();

    private Optional<AcmeSettings> acme(String text) {
        var file = new ConfParser(ConfSource.of(Map.of("allo.conf", text))).parse("allo.conf");
        return AlloSettings.read(file, Path.of("/etc/asterisk"), problems::add).acme();
    }

    private List<String> codes() {
        return problems.stream().map(ConfProblem::code).toList();
    }

    @Test
    void namesAndAgreementAreEnoughForLetsEncrypt() {
        var acme = acme("[acme]\nnames = pbx.example.com, sip.example.com\nagree_terms = yes\n")
                .orElseThrow();
        assertEquals(List.of("pbx.example.com", "sip.example.com"), acme.names());
        assertEquals(AcmeSettings.LETS_ENCRYPT, acme.directory());
        assertEquals("0.0.0.0", acme.http().getAddress().getHostAddress());
        assertEquals(80, acme.http().getPort());
        assertTrue(acme.agreesTerms());
        assertEquals(List.of(), codes());
    }

    @Test
    void everythingCanBeSaid() {
        var acme = acme("""
                [acme]
                directory_url = https://ca.example.net:9000/acme/acme/directory
                names = pbx.example.net
                email = admin@example.net
                http_bind = 192.0.2.7
                http_port = 8080
                ca_file = keys/ca.pem
                agree_terms = yes
                """).orElseThrow();
        assertEquals("ca.example.net", acme.directory().getHost());
        assertEquals("admin@example.net", acme.email());
        assertEquals("192.0.2.7", acme.http().getAddress().getHostAddress());
        assertEquals(8080, acme.http().getPort());
        assertEquals(Optional.of(Path.of("/etc/asterisk/keys/ca.pem")), acme.caFile());
        assertEquals(List.of(), codes());
    }

    @Test
    void whatIsWrongIsReported() {
        assertEquals(Optional.empty(), acme("[acme]\nagree_terms=yes\n"));
        assertEquals(List.of("option-missing"), codes());
        problems.clear();
        acme("[acme]\nnames=*.example.com\ndirectory_url=http://x/\nhttp_bind=999.1.1.1\nhttp_prot=80\n");
        assertEquals(List.of("option-value", "acme-terms", "option-value", "option-value", "unknown-option"), codes());
        problems.clear();
        acme("[acmee]\n");
        assertEquals(List.of("section-unknown"), codes());
    }
}
