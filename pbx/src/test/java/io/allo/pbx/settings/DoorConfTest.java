package io.allo.pbx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.sip.address.AddressBytes;
import io.allo.sip.door.ConnectionLimits;
import io.allo.sip.door.FailureLimits;
import io.allo.sip.door.Rate;
import io.allo.sip.door.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorConfTest {

    private final List<ConfProblem> problems = new ArrayList<>();

    private DoorConf read(String text) {
        return DoorConf.read(
                new ConfParser(ConfSource.of(Map.of("door.conf", text))).parse("door.conf"), problems::add);
    }

    private List<String> codes() {
        return problems.stream().map(ConfProblem::code).toList();
    }

    private static boolean trusts(DoorConf conf, String address) {
        return conf.trusts(AddressBytes.of(address));
    }

    @Test
    void anEmptyFileChangesNothing() {
        assertEquals(DoorConf.DEFAULT, read(""));
        assertEquals(DoorConf.DEFAULT, read("[general]\n[strangers]\n[known]\n[bans]\n[connections]\n"));
        assertEquals(List.of(), codes());
    }

    @Test
    void everythingCanBeSaid() {
        var conf = read("""
                [general]
                trust = 198.51.100.7, 10.20.0.0/16   ; the proxy and the office
                trust = 2001:db8::/32
                [strangers]
                register = 5/50
                invite = 2.5/10
                connection = unlimited
                all = 100/400
                all_connections = 50/60
                [known]
                options = 900 / 5000
                [bans]
                stranger_failures = 3
                familiar_failures = 6
                user_failures = 7
                user_failures_anywhere = 8
                forgive = 10m
                free_failures = 0
                first_delay = 100ms
                longest_delay = 2
                first_ban = 1h
                longest_ban = 30d
                longest_user_ban = 2h
                [connections]
                all = 20000
                known = 5000
                stranger = 10
                """);
        assertEquals(List.of(), codes());
        for (var address : List.of("198.51.100.7", "10.20.255.1", "::ffff:10.20.0.1", "2001:db8:7::1")) {
            assertTrue(trusts(conf, address), address);
        }
        for (var address : List.of("198.51.100.8", "10.21.0.1", "2001:db9::1")) {
            assertFalse(trusts(conf, address), address);
        }
        var strangers = conf.rates().strangers();
        assertEquals(new Rate(5, 50), strangers.get(RequestKind.REGISTER));
        assertEquals(new Rate(2.5, 10), strangers.get(RequestKind.INVITE));
        assertEquals(new Rate(10, 60), strangers.get(RequestKind.OPTIONS));
        assertEquals(Rate.UNLIMITED, strangers.get(RequestKind.CONNECTION));
        assertEquals(new Rate(100, 400), conf.rates().allStrangers());
        assertEquals(new Rate(50, 60), conf.rates().allStrangersConnections());
        assertEquals(new Rate(900, 5000), conf.rates().known().get(RequestKind.OPTIONS));
        assertEquals(new Rate(500, 2500), conf.rates().known().get(RequestKind.INVITE));
        assertEquals(new ConnectionLimits(20_000, 5_000, 10), conf.connections());
        assertEquals(
                new FailureLimits(
                        3,
                        6,
                        7,
                        8,
                        TimeUnit.MINUTES.toNanos(10),
                        0,
                        TimeUnit.MILLISECONDS.toNanos(100),
                        TimeUnit.SECONDS.toNanos(2),
                        TimeUnit.HOURS.toNanos(1),
                        TimeUnit.DAYS.toNanos(30),
                        TimeUnit.HOURS.toNanos(2),
                        FailureLimits.DEFAULT.table()),
                conf.failures());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[general]\ntrust = 0.0.0.0/0",
                "[general]\ntrust = ::/0",
                "[general]\ntrust = 10.0.0.1, proxy.example.com",
                "[general]\ntrust = 10.0.0.1/33",
                "[strangers]\nregister = 20",
                "[strangers]\nregister = 0/5",
                "[strangers]\ninvite = 5/0",
                "[known]\ninvite = 1/200000",
                "[bans]\nstranger_failures = 0",
                "[bans]\nfirst_ban = 400d",
                "[connections]\nall = -1",
            })
    void aWrongValueIsAnErrorAndTheDefaultStands(String text) {
        assertEquals(DoorConf.DEFAULT, read(text));
        assertEquals(List.of("option-value"), codes());
        assertTrue(problems.getFirst().isError());
    }

    @Test
    void whatIsMisspeltIsToldWithWhatWasMeant() {
        read("[stranger]\nregister = 5/50\n[bans]\nfirst_bann = 5m\n");
        assertEquals(List.of("unknown-section", "unknown-option"), codes());
        assertTrue(
                problems.get(0).suggestion().en().contains("strangers"),
                problems.get(0).toString());
        assertTrue(
                problems.get(1).suggestion().en().contains("first_ban"),
                problems.get(1).toString());
    }
}
