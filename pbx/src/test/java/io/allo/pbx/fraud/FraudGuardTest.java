package io.allo.pbx.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.call.ring.PublicCall;
import io.allo.pbx.call.ring.PublicCall.Named;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.dialplan.DialplanParser;
import io.allo.pbx.dialplan.run.TurnOfCalls;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.EventBus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls leave the house, for whom they count, and what is noted. */
class FraudGuardTest {
    private static final String PJSIP = """
            [alice]
            type=endpoint
            auth=alice
            aors=alice
            [alice]
            type=auth
            auth_type=userpass
            username=alice
            password=x1
            [alice]
            type=aor
            max_contacts=2
            [provider]
            type=endpoint
            context=from-provider
            outbound_auth=alice
            aors=provider
            [provider]
            type=aor
            contact=sip:sip.provider.example
            [gateway]
            type=endpoint
            context=from-gateway
            aors=gateway
            [gateway]
            type=aor
            contact=sip:192.168.1.9
            [gateway]
            type=identify
            endpoint=gateway
            match=192.168.1.9
            [lyon]
            type=endpoint
            aors=lyon
            [lyon]
            type=aor
            contact=sip:198.51.100.7
            [lyon]
            type=identify
            endpoint=lyon
            match=198.51.100.7
            [anonymous]
            type=endpoint
            context=guests
            [t]
            type=transport
            protocol=udp
            bind=127.0.0.1
            """;
    private static final String FRAUD = """
            [general]
            country=FR
            [lyon]
            type=trunk
            public=no
            [alice]
            type=user
            calls=3
            minutes=5
            [boss]
            type=user
            class=international
            """;

    private final TurnOfCalls time = new TurnOfCalls();
    private final EventBus bus = new EventBus();
    private final Calls calls = new Calls(time, time, bus, 10);
    private final List<Tally> tallies = new ArrayList<>();
    private final List<FraudRecord.OneRing> traps = new ArrayList<>();
    private final List<CallEvent> events = new ArrayList<>();
    private FraudGuard guard;
    private int channels;

    private static EndpointDirectory directory() {
        return new EndpointDirectory(PjsipConf.read(
                new ConfParser(ConfSource.of(Map.of("pjsip.conf", PJSIP))).parse("pjsip.conf"), problem -> {}));
    }

    private static FraudSettings settings(String text) {
        return FraudSettings.read(
                new ConfParser(ConfSource.of(Map.of("fraud.conf", text))).parse("fraud.conf"), problem -> {});
    }

    @BeforeEach
    void build() {
        var settings = settings(FRAUD);
        var rules = FraudGuard.Rules.of(
                settings,
                new HomeCountry("FR", new io.allo.pbx.conf.Text("fraud.conf", "fraud.conf"), false),
                new Trunks(directory(), settings));
        guard = new FraudGuard(() -> rules, calls, time, ZoneId.of("Europe/Paris"), new FraudRecord() {
            @Override
            public void keep(Tally tally) {
                tallies.add(tally);
            }

            @Override
            public void keep(OneRing call) {
                traps.add(call);
            }
        });
        bus.subscribe(guard);
        bus.subscribe(events::add);
    }

    private String call(String payer, String endpoint, String number, String place, Named named) {
        var caller = new Leg(calls.newLog("1." + ++channels));
        try {
            guard.begin(new PublicCall(caller, payer, endpoint, number, place, named, "out" + channels));
            return events.stream().anyMatch(CallEvent.PublicCallJudged.class::isInstance) ? judged() : "not public";
        } catch (DialException refused) {
            assertEquals(403, refused.protocolStatus());
            assertEquals(HangupCause.CALL_REJECTED, refused.hangupCause());
            return refused.code();
        } finally {
            events.clear();
        }
    }

    private String judged() {
        var judged = (CallEvent.PublicCallJudged) events.getFirst();
        return judged.payer() + " " + judged.rule();
    }

    private String number(String payer, String number) {
        return call(payer, "provider", number, "sip.provider.example:5060", Named.NUMBER);
    }

    @Test
    void whatIsATrunkIsKnownWithoutBeingTold() {
        var trunks = new Trunks(directory(), settings(FRAUD));
        assertTrue(trunks.why("provider").orElseThrow().en().contains("outbound_auth"));
        assertTrue(trunks.why("gateway").orElseThrow().en().contains("192.168.1.9"));
        assertEquals(2, trunks.all().size(), "lyon is our own, alice is a phone");
    }

    @Test
    void aPhoneThatRegisteredIsNotThePublicNetwork() {
        assertEquals("not public", call("bob", "alice", "alice", "192.168.1.20:5060", Named.CONTACT));
        assertEquals("not public", call("bob", "alice", "alice", "192.168.1.20:5060", Named.CONTACT_ADDRESS));
        assertEquals("not public", call("bob", "provider", "x", "sip.provider.example:5060", Named.CONTACT));
    }

    @Test
    void anotherOfOurOwnSystemsIsNotThePublicNetwork() {
        assertEquals("not public", call("bob", "lyon", "0899123456", "198.51.100.7:5060", Named.NUMBER));
    }

    @Test
    void aNumberSentThroughAPhoneIsThePublicNetwork() {
        assertEquals("fraud-premium", call("bob", "alice", "0899123456", "192.168.1.20:5060", Named.NUMBER));
    }

    @Test
    void anAddressAnywhereIsThePublicNetwork() {
        assertEquals("fraud-satellite", call("bob", "alice", "+881612345678", "elsewhere.example:5060", Named.ADDRESS));
        assertEquals("fraud-number", call("bob", "alice", "mallory", "elsewhere.example:5060", Named.ADDRESS));
    }

    /** A contact that points at the provider would let calls to alice go out by the trunk, unpaid by anybody. */
    @Test
    void aPhoneThatRegistersAtATrunksAddressPaysItself() {
        assertEquals("fraud-country", call("bob", "alice", "+5371234567", "sip.provider.example:5060", Named.CONTACT));
        assertEquals("alice open", call("bob", "alice", "+33123456789", "sip.provider.example:5060", Named.CONTACT));
        assertEquals("not public", call("bob", "alice", "alice", "sip.provider.example:33333", Named.CONTACT));
    }

    @Test
    void shortNumbersAtASystemOnOurOwnNetworkAreItsExtensions() {
        assertEquals("bob private", call("bob", "gateway", "1001", "192.168.1.9:5060", Named.NUMBER));
        assertEquals("fraud-premium", number("bob", "3975"));
    }

    @Test
    void ceilingsAndEmergencies() {
        assertEquals("alice open", number("alice", "0123456789"));
        assertEquals("alice open", number("alice", "0123456780"));
        assertEquals("alice open", number("alice", "0123456781"));
        assertEquals("fraud-calls", number("alice", "0123456782"));
        assertEquals("alice emergency", number("alice", "112"));
        assertEquals("alice emergency", number("alice", "18"));
        assertEquals(3, guard.today().getFirst().calls());
        assertEquals(2, guard.totals().emergencies());
        assertEquals(1, guard.totals().refused());
    }

    @Test
    void theRuleIsExplainedWithoutCounting() {
        assertEquals("open", guard.explain("alice", "0123456789", "provider").rule());
        assertEquals(
                "country", guard.explain("alice", "+5371234567", "provider").rule());
        assertTrue(guard.explain("alice", "+5371234567", "").why().fr().contains("Cuba"));
        assertEquals("open", guard.explain("boss", "+5371234567", "").rule());
        assertEquals(List.of(), guard.today());
    }

    // ---- one ring and gone

    private void incoming(String caller, long ringMs, boolean answered) {
        var id = "in" + ++channels;
        var at = time.epochMillis();
        bus.publish(new CallEvent.ChannelCreated(
                at, id, id, "PJSIP/provider-1", "provider", true, caller, "", "from-provider", "100", "", ""));
        bus.publish(new CallEvent.DialBegan(at + 100, id, id, "other", "PJSIP/alice"));
        if (answered) {
            bus.publish(new CallEvent.StateChanged(at + 200, id, id, "UP"));
        }
        bus.publish(new CallEvent.HungUp(at + 100 + ringMs, id, id, "PJSIP/provider-1", 16, "", 0));
    }

    @Test
    void aForeignCallThatRingsOnceIsMarkedAndCallingBackSaysSo() {
        incoming("+5371234567", 3_000, false);
        assertEquals("+5371234567", traps.getFirst().number());
        assertEquals("one-ring CU", guard.note("in1").orElseThrow());
        var caller = new Leg(calls.newLog("9.9"));
        guard.begin(new PublicCall(
                caller, "boss", "provider", "005371234567", "sip.provider.example:5060", Named.NUMBER, "out9"));
        assertTrue(events.stream()
                .anyMatch(event -> event instanceof CallEvent.Problem problem
                        && problem.code().equals("one-ring-callback")
                        && problem.english().contains("+5371234567")));
        var refused = assertThrows(
                DialException.class,
                () -> guard.begin(new PublicCall(
                        caller,
                        "alice",
                        "provider",
                        "+5371234567",
                        "sip.provider.example:5060",
                        Named.NUMBER,
                        "out10")));
        assertTrue(String.valueOf(refused.getMessage()).contains("rang once"), refused.getMessage());
    }

    @Test
    void callsThatRingOnOrAreAnsweredOrComeFromHomeAreNot() {
        incoming("+5371234567", 20_000, false);
        incoming("+5371234568", 3_000, true);
        incoming("0123456789", 3_000, false);
        assertEquals(List.of(), traps);
    }

    // ---- home

    @Test
    void theHomeCountryIsFoundOut() {
        var none = DialplanParser.parse(
                        new ConfParser(ConfSource.of(Map.of("extensions.conf", ""))).parse("extensions.conf"))
                .dialplan();
        var french = DialplanParser.parse(
                        new ConfParser(ConfSource.of(Map.of("extensions.conf", "[a]\nexten => _0ZXXXXXXXX,1,NoOp\n")))
                                .parse("extensions.conf"))
                .dialplan();
        assertEquals("DE", home(settings("[general]\ncountry=de\n"), none, "fr", "Europe/Paris", Locale.FRANCE));
        assertEquals("FR", home(FraudSettings.DEFAULT, none, "fr", "Etc/UTC", Locale.US));
        assertEquals("FR", home(FraudSettings.DEFAULT, none, "us", "Europe/Paris", Locale.US));
        assertEquals("FR", home(FraudSettings.DEFAULT, french, "us", "Etc/UTC", Locale.US));
        assertEquals("GB", home(FraudSettings.DEFAULT, none, "", "Etc/UTC", Locale.UK));
        assertEquals("FR", home(FraudSettings.DEFAULT, none, "", "UTC", Locale.FRENCH));
        assertEquals("US", home(FraudSettings.DEFAULT, none, "", "UTC", Locale.ENGLISH));
    }

    private static String home(
            FraudSettings settings, io.allo.pbx.dialplan.Dialplan dialplan, String tones, String zone, Locale locale) {
        return HomeCountry.of(settings, new HomeCountry.Clues(PjsipConf.EMPTY, dialplan, tones, zone, locale, "en"))
                .code();
    }

    // ---- allo check

    @Test
    void checkSaysWhatIsATrunkAndWhereStrangersDialOut() {
        var dialplan = DialplanParser.parse(
                        new ConfParser(ConfSource.of(Map.of("extensions.conf", """
                        [guests]
                        include => out
                        [from-provider]
                        exten => 33123456789,1,Dial(PJSIP/alice)
                        [from-gateway]
                        include => out
                        exten => _1XX,1,Dial(PJSIP/${EXTEN}@provider)
                        [out]
                        exten => _0X.,1,Dial(PJSIP/${EXTEN}@provider,60)
                        exten => _9.,1,Dial(PJSIP/alice)
                        """))).parse("extensions.conf"))
                .dialplan();
        var settings = settings(FRAUD);
        var found = FraudCheck.check(
                        directory(),
                        dialplan,
                        new Trunks(directory(), settings),
                        HomeCountry.of(
                                settings,
                                new HomeCountry.Clues(PjsipConf.EMPTY, dialplan, "", "UTC", Locale.ENGLISH, "en")))
                .stream()
                .map(problem -> problem.code() + " " + problem.file() + ":" + problem.line())
                .toList();
        assertEquals(
                List.of(
                        "trunk pjsip.conf:0",
                        "trunk pjsip.conf:0",
                        "trunk-dials-out extensions.conf:9",
                        "strangers-dial-out extensions.conf:9"),
                found.stream()
                        .sorted(java.util.Comparator.comparing(line -> !line.startsWith("trunk")))
                        .toList());
    }

    /** A caller of no technology: it has variables and a log. */
    private final class Leg extends Channel {
        Leg(io.allo.pbx.event.CallLog log) {
            super("Test/1", log.linkedId(), log, time, new DialplanLocation("a", "100", 1));
        }

        @Override
        public String technology() {
            return "Test";
        }

        @Override
        public String endpoint() {
            return "test";
        }

        @Override
        public @Nullable String technicalItem(String item) {
            return null;
        }

        @Override
        public void dial() {}

        @Override
        public void ring() {}

        @Override
        public void progress() {}

        @Override
        public void answer() {}

        @Override
        public io.allo.media.port.@Nullable PortId media() {
            return null;
        }

        @Override
        public void indicateHold(boolean onHold) {}

        @Override
        public void updateConnectedLine(PartyId party) {}

        @Override
        public void sendDigits(String digits, int durationMs, int gapMs) {}

        @Override
        protected void release(HangupCause cause, boolean farSideEnded) {}

        @Override
        public boolean isReleased() {
            return true;
        }

        @Override
        protected @Nullable ChannelEvent absorb(ChannelEvent event) {
            return event;
        }
    }
}
