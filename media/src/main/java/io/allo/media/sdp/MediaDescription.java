package io.allo.media.sdp;

import io.allo.media.sdp.SessionDescription.Bandwidth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One {@code m=} line and the lines under it. RFC 8866 5.14. Port 0 means refused or ended (RFC 3264 5.1, 6); {@code
 * portCount} is 1 unless the line says {@code port/count}. Immutable.
 */
public record MediaDescription(
        String type,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        Optional<Connection> connection,
        List<Bandwidth> bandwidths,
        Attributes attributes) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public MediaDescription {
        formats = List.copyOf(formats);
        bandwidths = List.copyOf(bandwidths);
    }

    /** Sound, the only medium that is agreed upon here. */
    public boolean isAudio() {
        return type.equalsIgnoreCase("audio");
    }

    /** RTP in some profile: the formats are payload types. */
    public boolean isRtp() {
        return protocol.toUpperCase(Locale.ROOT).contains("RTP/");
    }

    /**
     * The payload types of this line in the order of its formats, each once. A format that is no payload type, or a
     * dynamic one without {@code a=rtpmap}, is left out: nobody can say what it means.
     */
    public List<RtpMap> rtpMaps() {
        Map<Integer, RtpMap> written = writtenMaps();
        Map<Integer, String> parameters = parameters();
        var maps = new LinkedHashMap<Integer, RtpMap>();
        for (String format : formats) {
            SdpNumbers.payloadType(format).ifPresent(payloadType -> {
                Optional<RtpMap> map = Optional.ofNullable(written.get(payloadType));
                map.or(() -> staticMap(payloadType))
                        .map(m -> m.withFmtp(parameters.getOrDefault(payloadType, "")))
                        .ifPresent(m -> maps.put(payloadType, m));
            });
        }
        return List.copyOf(maps.values());
    }

    /** What this payload type stands for here; empty if it is not among the formats or means nothing. */
    public Optional<RtpMap> rtpMap(int payloadType) {
        return rtpMaps().stream().filter(m -> m.payloadType() == payloadType).findFirst();
    }

    private Optional<RtpMap> staticMap(int payloadType) {
        return isAudio() ? RtpMap.ofStatic(payloadType) : Optional.empty();
    }

    private Map<Integer, RtpMap> writtenMaps() {
        var maps = new HashMap<Integer, RtpMap>();
        for (String value : attributes.all("rtpmap")) {
            RtpMap.ofAttribute(value).ifPresent(m -> maps.putIfAbsent(m.payloadType(), m));
        }
        return maps;
    }

    private Map<Integer, String> parameters() {
        var parameters = new HashMap<Integer, String>();
        for (String value : attributes.all("fmtp")) {
            String[] words = BLANKS.split(value.strip(), 2);
            if (words.length == 2) {
                SdpNumbers.payloadType(words[0])
                        .ifPresent(payloadType -> parameters.putIfAbsent(payloadType, words[1]));
            }
        }
        return parameters;
    }

    /** {@code a=ptime} in milliseconds: how long a packet the writer likes to receive. */
    public OptionalInt ptimeMs() {
        return attributes.number("ptime");
    }

    /** {@code a=maxptime} in milliseconds: the longest packet the writer can receive. */
    public OptionalInt maxPtimeMs() {
        return attributes.number("maxptime");
    }

    /** RTP and RTCP on one port, RFC 5761 5.1.1. */
    public boolean rtcpMux() {
        return attributes.has("rtcp-mux");
    }

    /** The port of {@code a=rtcp} (RFC 3605); empty if absent or unreadable. */
    public OptionalInt rtcpPort() {
        return attributes
                .first("rtcp")
                .map(value -> SdpNumbers.number(BLANKS.split(value.strip(), 2)[0], MAX_PORT))
                .orElse(OptionalInt.empty());
    }

    /** The address in {@code a=rtcp:port IN IP4 address} (RFC 3605); empty if the media's own address is meant. */
    public Optional<Connection> rtcpConnection() {
        String[] words = BLANKS.split(attributes.first("rtcp").orElse("").strip());
        return words.length == 4 ? Optional.of(new Connection(words[1], words[2], words[3])) : Optional.empty();
    }

    static final int MAX_PORT = 65535;
}
