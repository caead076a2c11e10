package io.allo.pbx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalAddressCheckTest {

    private static List<String> problems(String text) {
        var problems = new ArrayList<ConfProblem>();
        PjsipConf.read(new ConfParser(ConfSource.of(Map.of("pjsip.conf", text))).parse("pjsip.conf"), problems::add);
        return problems.stream()
                .map(problem -> problem.line() + " " + problem.code())
                .toList();
    }

    private static String transport(String name, String protocol, String... lines) {
        return "[" + name + "]\ntype=transport\nprotocol=" + protocol + "\nbind=0.0.0.0\n" + String.join("\n", lines)
                + "\n";
    }

    @Test
    void nothingIsWrongWithBothAddressesAndLocalNets() {
        assertEquals(
                List.of(),
                problems(transport(
                        "udp",
                        "udp",
                        "external_signaling_address=203.0.113.7",
                        "external_media_address=203.0.113.7",
                        "local_net=192.168.0.0/16",
                        "local_net=10.8.0.0/24")));
        assertEquals(List.of(), problems(transport("udp", "udp")));
        assertEquals(
                List.of(),
                problems(transport(
                        "udp",
                        "udp",
                        "external_signaling_address=office.dyndns.example",
                        "external_media_address=office.dyndns.example",
                        "local_net=192.168.0.0/16")));
    }

    @Test
    void withoutLocalNetPhonesOnTheLanCountAsOutside() {
        assertEquals(
                List.of("6 local-net-missing"),
                problems(transport(
                        "udp", "udp", "external_signaling_address=203.0.113.7", "external_media_address=203.0.113.7")));
    }

    @Test
    void oneOfTheTwoAddressesIsHalf() {
        assertEquals(
                List.of("5 external-half"),
                problems(transport("udp", "udp", "external_media_address=203.0.113.7", "local_net=10.0.0.0/8")));
        assertEquals(
                List.of("5 external-half"),
                problems(transport("udp", "udp", "external_signaling_address=203.0.113.7", "local_net=10.0.0.0/8")));
    }

    @Test
    void aPrivateExternalAddressIsReachedByNobody() {
        assertEquals(
                List.of("5 external-private", "6 external-private", "5 external-local"),
                problems(transport(
                                "udp",
                                "udp",
                                "external_signaling_address=192.168.1.10",
                                "external_media_address=100.64.3.2",
                                "local_net=192.168.1.0/24"))
                        .stream()
                        .sorted(java.util.Comparator.comparing(text -> text.contains("local")))
                        .toList());
    }

    @Test
    void aSecondTransportWithoutThemIsToldApart() {
        assertEquals(
                List.of("8 external-uneven"),
                problems(transport(
                                "udp",
                                "udp",
                                "external_signaling_address=203.0.113.7",
                                "external_media_address=203.0.113.7",
                                "local_net=10.0.0.0/8")
                        + transport("tls", "tls")));
    }
}
