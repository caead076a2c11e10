package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.dialplan.run.BareChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupAndLookupTest {
    private final FunctionKit kit = new FunctionKit();

    private static final String PHONES = """
            [transport-udp]
            type=transport
            protocol=udp
            bind=0.0.0.0
            [alice]
            type=endpoint
            context=phones
            aors=alice
            allow=alaw,ulaw
            language=fr
            callerid=Alice <101>
            [alice]
            type=aor
            max_contacts=3
            contact=sip:alice@192.0.2.1:5066
            contact=sip:alice@192.0.2.2
            [bob]
            type=endpoint
            context=phones
            aors=bob
            allow=alaw
            [bob]
            type=aor
            max_contacts=1
            """;

    @Test
    void channelsAreCountedByGroup() {
        assertEquals(
                List.of("out 1 1 0 1 out trunk@line", "1"),
                kit.lines(
                        "Set(GROUP()=out)",
                        "Set(GROUP(line)=trunk)",
                        "Say(${GROUP()} ${GROUP_COUNT()} ${GROUP_COUNT(out)} ${GROUP_COUNT(in)} ${GROUP_COUNT(trunk@line)}"
                                + " ${GROUP_LIST()})",
                        "Say(${GROUP_MATCH_COUNT(^t.*k$@line)})"));
    }

    @Test
    void aChannelThatIsHungUpCountsNoMore() {
        var other = new BareChannel("Bare/22", kit.calls.newLog("1.7"), kit.time, new DialplanLocation("x", "s", 1));
        kit.steps.put("Join", (call, data) -> {
            call.adopt(other);
            call.runOn(other, () -> kit.runner.assign(call, "GROUP()=out"));
        });
        kit.steps.put("Drop", (call, data) -> other.hangUp(HangupCause.NORMAL_CLEARING));
        assertEquals(
                List.of("2", "1"),
                kit.lines(
                        "Set(GROUP()=out)",
                        "Join()",
                        "Say(${GROUP_COUNT(out)})",
                        "Drop()",
                        "Say(${GROUP_COUNT(out)})"));
    }

    @Test
    void placesInTheDialplanAreFound() {
        kit.run("""
                [a]
                exten => 100,1,Say(${DIALPLAN_EXISTS(a)} ${DIALPLAN_EXISTS(b)} ${DIALPLAN_EXISTS(a,100)}
                exten => 100,2,Say(${DIALPLAN_EXISTS(a,_1XX,1)} ${DIALPLAN_EXISTS(a,100,2)} ${DIALPLAN_EXISTS(a,100,9)})
                exten => 100,3(here),Say(${DIALPLAN_EXISTS(a,100,here)} ${DIALPLAN_EXISTS(a,100,there)} ${VALID_EXTEN(a,100)})
                """);
        assertEquals(List.of("1 0 1", "0 1 0", "1 0 1"), kit.said);
    }

    @Test
    void devicesAndExtensionsHaveStates() {
        kit.files.put("pjsip.conf", PHONES);
        kit.run("""
                [a]
                exten => 100,1,Say(${DEVICE_STATE(PJSIP/alice)} ${DEVICE_STATE(PJSIP/bob)} ${DEVICE_STATE(PJSIP/eve)})
                 same => n,Say(${DEVICE_STATE(Custom:night)} ${EXTENSION_STATE(200@a)} ${EXTENSION_STATE(9)})
                 same => n,Set(DEVICE_STATE(Custom:night)=INUSE)
                 same => n,Say(${DEVICE_STATE(Custom:night)} ${EXTENSION_STATE(200)} ${HINT(200@a)} [${HINT(9@a)}])
                 same => n,Set(DEVICE_STATE(Custom:night)=ASLEEP)
                 same => n,Set(DEVICE_STATE(PJSIP/bob)=BUSY)
                exten => 200,hint,PJSIP/alice&Custom:night
                """);
        assertEquals(
                List.of(
                        "NOT_INUSE UNAVAILABLE INVALID",
                        "UNKNOWN NOT_INUSE UNKNOWN",
                        "INUSE INUSE PJSIP/alice&Custom:night []"),
                kit.said);
        assertEquals(2, kit.problems.size());
    }

    @Test
    void endpointsAndTheirContactsAreRead() {
        kit.files.put("pjsip.conf", PHONES);
        assertEquals(
                List.of(
                        "PJSIP/alice/sip:alice@192.0.2.1:5066&PJSIP/alice/sip:alice@192.0.2.2 []",
                        "PJSIP/alice/sip:7@192.0.2.1:5066&PJSIP/alice/sip:7@192.0.2.2",
                        "phones alice (alaw|ulaw) fr 3"),
                kit.lines(
                        "Say(${PJSIP_DIAL_CONTACTS(alice)} [${PJSIP_DIAL_CONTACTS(bob)}])",
                        "Say(${PJSIP_DIAL_CONTACTS(alice,alice,7)})",
                        "Say(${PJSIP_ENDPOINT(alice,context)} ${PJSIP_ENDPOINT(alice,aors)} ${PJSIP_ENDPOINT(alice,allow)}"
                                + " ${PJSIP_ENDPOINT(alice,language)} ${PJSIP_AOR(alice,max_contacts)})"));
    }

    @Test
    void aUriIsTakenApart() {
        assertEquals(
                List.of("Al bob 192.0.2.1 5070 tcp sip"),
                kit.lines(
                        "Set(U=\"Al\" <sip:bob@192.0.2.1:5070\\;transport=tcp>)",
                        "Set(U=${FILTER(a-zA-Z0-9:@.=<>\\x22 \\x3b,${U})})",
                        "Say(${PJSIP_PARSE_URI_FROM(U,display)} ${PJSIP_PARSE_URI(${U},user)} ${PJSIP_PARSE_URI(${U},host)}"
                                + " ${PJSIP_PARSE_URI(${U},port)} ${PJSIP_PARSE_URI(${U},transport_param)}"
                                + " ${PJSIP_PARSE_URI(${U},scheme)})"));
    }

    @Test
    void aSipHeaderOfAChannelThatIsNotSipIsReported() {
        assertEquals(List.of("[]"), kit.lines("Say([${PJSIP_HEADER(read,X-A)}])"));
        assertEquals(List.of("PJSIP_HEADER(): Bare/1 is no SIP channel"), kit.problems);
    }
}
