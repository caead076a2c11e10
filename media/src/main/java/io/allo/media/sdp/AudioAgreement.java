package io.allo.media.sdp;

import io.allo.media.codec.OpusFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares one audio line of the peer with what we allow: the part that reading an offer and reading an answer share.
 * Made for one exchange and then dropped.
 */
final class AudioAgreement {

    private final SessionDescription remote;
    private final int index;
    private final MediaDescription line;
    private final Capabilities capabilities;

    AudioAgreement(SessionDescription remote, int index, Capabilities capabilities) {
        this.remote = remote;
        this.index = index;
        this.line = remote.media().get(index);
        this.capabilities = capabilities;
    }

    /**
     * The stream, or why it can't be.
     *
     * @param remoteMaps the peer's payload types, in its order
     * @param receiveNumber the payload type under which we receive an encoding of the peer's; empty if we do not
     * @param localAddress our own literal address
     * @param wanted the direction that we want, or have offered
     * @param offered the peer is the one who offers, so its direction is its own will and no answer to ours
     * @param security the keys agreed upon, or the handshake for them
     */
    Negotiation stream(
            List<RtpMap> remoteMaps,
            Function<RtpMap, OptionalInt> receiveNumber,
            String localAddress,
            Direction wanted,
            boolean offered,
            StreamSecurity security) {
        var connection = remote.connectionOf(line);
        if (connection.isEmpty()) {
            return Refusal.noAddress();
        }
        Connection address = connection.get();
        if (address.isMulticast()) {
            return Refusal.multicast(address.address());
        }
        if (!address.isBlackHole()
                && address.isIp6() != Connection.of(localAddress).isIp6()) {
            return Refusal.addressFamily(address.address(), localAddress);
        }
        List<NegotiatedCodec> codecs = codecs(remoteMaps, receiveNumber);
        if (codecs.isEmpty()) {
            return noCodec(remoteMaps);
        }
        return stream(address, line.port(), codecs, events(remoteMaps, receiveNumber), wanted, offered)
                .secured(security.keys(), security.dtls());
    }

    /** The stream after the peer has ended it with port 0. */
    NegotiatedMedia ended() {
        Connection address = remote.connectionOf(line).orElse(Connection.of("0.0.0.0"));
        return stream(address, 0, List.of(), List.of(), Direction.INACTIVE, true);
    }

    private NegotiatedMedia stream(
            Connection address,
            int port,
            List<NegotiatedCodec> codecs,
            List<NegotiatedEvents> events,
            Direction wanted,
            boolean offered) {
        Direction will = remoteDirection(address, port);
        boolean mux = capabilities.rtcpMux() && line.rtcpMux();
        String rtcpHost = line.rtcpConnection()
                .filter(c -> !mux && !c.isMulticast() && c.isIp6() == address.isIp6())
                .orElse(address)
                .address();
        int rtcpPort = mux ? port : line.rtcpPort().orElse(port == MediaDescription.MAX_PORT ? 0 : port + 1);
        return new NegotiatedMedia(
                index,
                address.address(),
                port,
                rtcpHost,
                port == 0 ? 0 : rtcpPort,
                mux,
                capabilities.symmetric(),
                codecs,
                events,
                capabilities.dtmf().resolved(!events.isEmpty()),
                wanted.intersection(will.reverse()),
                !will.canReceive() && (offered || wanted.canSend()),
                codecs.isEmpty() ? capabilities.ptimeMs() : ptimeMs(codecs.getFirst()));
    }

    /** The peer's direction; an address that takes nothing (RFC 3264 8.4, RFC 6157 5.1) can at most send. */
    private Direction remoteDirection(Connection address, int port) {
        if (port == 0) {
            return Direction.INACTIVE;
        }
        Direction said = remote.directionOf(line);
        return address.isBlackHole() ? said.intersection(Direction.SENDONLY) : said;
    }

    private List<NegotiatedCodec> codecs(List<RtpMap> remoteMaps, Function<RtpMap, OptionalInt> receiveNumber) {
        var codecs = new ArrayList<NegotiatedCodec>();
        Set<CodecName> seen = EnumSet.noneOf(CodecName.class);
        for (RtpMap map : remoteMaps) {
            var codec = CodecName.ofRtpMap(map).filter(capabilities.codecs()::contains);
            var receive = receiveNumber.apply(map);
            if (codec.isPresent() && receive.isPresent() && seen.add(codec.get())) {
                codecs.add(new NegotiatedCodec(codec.get(), map.payloadType(), receive.getAsInt(), map.fmtp()));
            }
        }
        if (capabilities.ourOrder()) {
            List<CodecName> order = capabilities.codecs().codecs();
            codecs.sort(Comparator.comparingInt(c -> order.indexOf(c.codec())));
        }
        return codecs;
    }

    private List<NegotiatedEvents> events(List<RtpMap> remoteMaps, Function<RtpMap, OptionalInt> receiveNumber) {
        var events = new ArrayList<NegotiatedEvents>();
        Set<Integer> clockRates = new HashSet<>();
        for (RtpMap map : remoteMaps) {
            var receive = map.isTelephoneEvent() ? receiveNumber.apply(map) : OptionalInt.empty();
            if (capabilities.dtmf().usesTelephoneEvents() && receive.isPresent() && clockRates.add(map.clockRate())) {
                events.add(new NegotiatedEvents(map.clockRate(), map.payloadType(), receive.getAsInt()));
            }
        }
        return events;
    }

    /** What the peer likes to receive, within 10 to 60 ms and its own maxptime, in whole frames. */
    private int ptimeMs(NegotiatedCodec first) {
        CodecName codec = first.codec();
        int asked = said("ptime", line.ptimeMs());
        int wanted = asked > 0
                ? Math.clamp(asked, Capabilities.MIN_PTIME_MS, Capabilities.MAX_PTIME_MS)
                : Math.min(capabilities.ptimeMs(codec), Capabilities.MAX_PTIME_MS);
        int most = said("maxptime", line.maxPtimeMs());
        if (codec == CodecName.OPUS) { // browsers and others put both into a=fmtp
            var format = OpusFormat.parse(first.sendFmtp());
            wanted = Math.clamp(Math.max(wanted, format.minPtimeMs()), 0, Capabilities.MAX_PTIME_MS);
            most = most > 0 ? most : format.maxPtimeMs();
        }
        return codec.wholeFramesMs(most > 0 ? Math.min(wanted, most) : wanted);
    }

    /** The number of the line, else that of the session, where some phones put it; 0 if neither. */
    private int said(String name, OptionalInt ofLine) {
        return ofLine.orElse(remote.attributes().number(name).orElse(0));
    }

    private Refusal noCodec(List<RtpMap> remoteMaps) {
        if (capabilities.codecs().choices().isEmpty()) {
            return Refusal.noCodecAllowed();
        }
        String offered = remoteMaps.stream()
                .filter(m -> !m.isTelephoneEvent() && !m.isComfortNoise())
                .map(AudioAgreement::shown)
                .distinct()
                .collect(Collectors.joining(", "));
        return Refusal.noCommonCodec(offered.isEmpty() ? "no known codec" : offered, capabilities.codecs());
    }

    /** Asterisk's name of a codec, as the setting would spell it, else SDP's. */
    private static String shown(RtpMap map) {
        return CodecName.ofRtpMap(map)
                .map(CodecName::asteriskName)
                .orElseGet(() -> map.encoding().toLowerCase(Locale.ROOT) + "/" + map.clockRate());
    }
}
