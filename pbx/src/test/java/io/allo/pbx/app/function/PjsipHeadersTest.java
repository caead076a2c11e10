package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamReport;
import io.allo.pbx.call.sip.IncomingCalls;
import io.allo.pbx.call.sip.SipSessions;
import io.allo.pbx.call.sip.SipSwitch;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.SessionId;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipParser;
import io.allo.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Headers of a real SIP channel, made by an INVITE; what it sends is looked at as the user agent would get it. */
class PjsipHeadersTest {
    private static final String PHONE = """
            [transport-udp]
            type=transport
            protocol=udp
            bind=0.0.0.0
            [alice]
            type=endpoint
            context=a
            allow=alaw
            """;

    private static final String INVITE = """
            INVITE sip:100@192.0.2.9 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
            From: "Alice" <sip:alice@192.0.2.9>;tag=f1
            To: <sip:100@192.0.2.9>
            Call-ID: c1@192.0.2.1
            CSeq: 1 INVITE
            Max-Forwards: 70
            Contact: <sip:alice@192.0.2.1>
            X-Tenant: acme
            X-Two: first
            X-Two: second
            User-Agent: Phone 1
            Content-Length: 0

            """;

    private final FunctionKit kit = new FunctionKit();
    private final List<UserAgentCommand> sent = new ArrayList<>();

    /** Sound that is never heard: ports open and close. */
    private static final class Deaf implements MediaPlane {
        private final Map<PortId, Consumer<MediaEvent>> open = new HashMap<>();

        @Override
        public OpenedPort open(PortRequest request, Consumer<MediaEvent> listener) {
            var port = new PortId(open.size() + 1);
            open.put(port, listener);
            return new OpenedPort(port, "192.0.2.9", 10_000, 10_001);
        }

        @Override
        public PortPair openPair(Consumer<MediaEvent> first, Consumer<MediaEvent> second) {
            throw new AssertionError("no Local channel here");
        }

        @Override
        public PortId openMix(io.allo.media.mix.MixSettings settings, Consumer<MediaEvent> listener) {
            throw new AssertionError("no conference here");
        }

        @Override
        public void post(MediaCommand command) {
            if (command instanceof MediaCommand.Close close) {
                Objects.requireNonNull(open.get(close.port()))
                        .accept(new MediaEvent.Closed(
                                close.port(), new StreamReport("alaw", 9, 7, 0, 0, -1, -1, 0, 4.3)));
            }
        }
    }

    private List<String> invited(String... lines) {
        kit.files.put("pjsip.conf", PHONE);
        var text = new StringBuilder("[a]\nexten => 100,1,NoOp()\n");
        for (var line : lines) {
            text.append(" same => n,").append(line).append('\n');
        }
        kit.prepare(text.toString());
        var pjsip = new ConfParser(ConfSource.of(kit.files)).parse("pjsip.conf");
        var directory = new EndpointDirectory(PjsipConf.read(pjsip, problem -> {}));
        var incoming = new IncomingCalls(new SipSwitch(
                sent::add,
                kit.calls,
                kit.runner,
                new Deaf(),
                kit.contacts,
                () -> directory,
                remote -> "192.0.2.9",
                "192.0.2.9"::equals,
                new SipSessions(),
                kit.time,
                RandomSource.seeded(2),
                "en"));
        var invite = (SipRequest) SipParser.parse(INVITE.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        var flow = new Flow(Flow.UDP, HostPort.parse("192.0.2.9:5060"), HostPort.parse("192.0.2.1:5060"), 1);
        var profile = Objects.requireNonNull(directory.identify(invite, flow));
        incoming.incoming(new UserAgentEvent.IncomingCall(new SessionId(1), profile, invite, flow, null));
        return kit.said;
    }

    private UserAgentCommand.Answer answer() {
        return (UserAgentCommand.Answer) sent.stream()
                .filter(UserAgentCommand.Answer.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatTheInviteSaidIsRead() {
        assertEquals(
                List.of("acme first second second [] 70", "X-Tenant,X-Two acme"),
                invited(
                        "Say(${PJSIP_HEADER(read,x-tenant)} ${PJSIP_HEADER(read,X-Two)} ${PJSIP_HEADER(read,X-Two,2)}"
                                + " ${PJSIP_HEADER(read,X-Two,-1)} [${PJSIP_HEADER(read,X-None)}]"
                                + " ${PJSIP_HEADER(read,Max-Forwards)})",
                        "Say(${PJSIP_HEADERS(X-)} ${SIP_HEADER(X-Tenant)})"));
        assertEquals(List.of(), kit.problems);
    }

    @Test
    void whatIsAddedUpdatedAndRemovedGoesOutInTheAnswer() {
        invited(
                "Set(PJSIP_HEADER(add,X-Keep)=1)",
                "Set(PJSIP_HEADER(add,X-Change)=old)",
                "Set(PJSIP_HEADER(update,X-Change)=new)",
                "Set(PJSIP_HEADER(add,X-Gone-1)=x)",
                "Set(PJSIP_HEADER(add,X-Gone-2)=x)",
                "Set(PJSIP_HEADER(remove,X-Gone*)=)",
                "Set(SIP_HEADER(X-Old)=style)",
                "Answer()");
        var headers = answer().extra();
        assertEquals("1", headers.first("X-Keep"));
        assertEquals("new", headers.first("X-Change"));
        assertEquals("style", headers.first("X-Old"));
        assertEquals(3, headers.size());
        assertEquals(List.of(), kit.problems);
    }

    @Test
    void whatChanSipAddedIsForTheCallsThatAreMadeAndInheritedByTheirChannels() {
        assertEquals(
                List.of("Call-Info: <sip:x>;answer-after=0", "[] X-A: 2"),
                invited(
                        "SIPAddHeader(Call-Info: <sip:x>\\;answer-after=0)",
                        "SIPAddHeader(X-A: 2)",
                        "Say(${SIPADDHEADER01})",
                        "SIPRemoveHeader(call-info:)",
                        "Say([${SIPADDHEADER01}] ${SIPADDHEADER02})",
                        "Answer()"));
        assertEquals(0, answer().extra().size(), "not of its own answer");
        assertEquals(List.of(), kit.problems);
    }

    @Test
    void aHeaderOfTheStackOrAForgedLineIsNotLet() {
        invited(
                "Set(PJSIP_HEADER(add,Via)=SIP/2.0/UDP evil)",
                "Set(PJSIP_HEADER(add,X A)=b)",
                "Set(X=${BASE64_DECODE(YQ0KVmlhOiBi)})",
                "Set(PJSIP_HEADER(add,X-A)=${X})",
                "Answer()");
        assertEquals(2, kit.problems.size());
        assertEquals(1, answer().extra().size());
        assertEquals("a Via: b", answer().extra().first("X-A"));
    }

    @Test
    void theChannelTellsOfItsSession() {
        assertEquals(
                List.of("c1@192.0.2.1 sip:100@192.0.2.9 sip:alice@192.0.2.9 Phone 1 PJSIP alice", "1"),
                invited(
                        "Say(${CHANNEL(pjsip,call-id)} ${CHANNEL(pjsip,request_uri)} ${CHANNEL(pjsip,remote_uri)}"
                                + " ${CHANNEL(useragent)} ${CHANNEL(channeltype)} ${CALLERID(num)})",
                        "Say(${REGEX(\"^192.0.2.1\" ${CHANNEL(peerip)})})"));
        assertTrue(kit.problems.isEmpty(), kit.problems::toString);
    }

    @Test
    void theStreamsTotalsAreThereInTheHangupExtension() {
        invited("Answer()", "Say([${CHANNEL(rtcp,rxcount)}])", "Hangup()\nexten => h,1,Say(${CHANNEL(rtcp,rxcount)})");
        assertEquals(List.of("[]", "7"), kit.said);
    }
}
