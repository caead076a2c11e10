package io.allo.media.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one phone's description says to the other phone of a call, beyond us: attributes that no server on the way is to read, as
 * {@code a=zrtp-hash} (RFC 6189 8.1), and the payload types it uses, since packets that pass untouched keep their numbers. Only of
 * a phone that offers end-to-end encryption; others' attributes are between them and us. Immutable.
 *
 * @param lines in the order written
 * @param maps its payload types
 */
public record PassedOn(List<Attribute> lines, List<RtpMap> maps) {

    /** Nothing is passed on. */
    public static final PassedOn NOTHING = new PassedOn(List.of(), List.of());

    /** Attributes that are passed on; of more, the rest is not. */
    public static final int MAX_LINES = 16;

    /** Characters of an attribute that is passed on; longer ones are not. */
    public static final int MAX_LENGTH = 512;

    private static final String ZRTP = "zrtp-hash";

    /** What is settled leg by leg: read or written by us, or about addresses, ports and keys of one leg. */
    private static final Set<String> OF_ONE_LEG = Set.of(
            "rtpmap",
            "fmtp",
            "ptime",
            "maxptime",
            "sendrecv",
            "sendonly",
            "recvonly",
            "inactive",
            "rtcp",
            "rtcp-mux",
            "rtcp-mux-only",
            "rtcp-rsize",
            "rtcp-fb",
            "rtcp-xr",
            "crypto",
            "fingerprint",
            "setup",
            "connection",
            "tls-id",
            "key-mgmt",
            "candidate",
            "remote-candidates",
            "end-of-candidates",
            "ice-ufrag",
            "ice-pwd",
            "ice-options",
            "ice-lite",
            "ice-mismatch",
            "ice-pacing",
            "mid",
            "msid",
            "ssrc",
            "ssrc-group",
            "extmap",
            "extmap-allow-mixed",
            "label",
            "bundle-only",
            "source-filter",
            "alt",
            "altc",
            "acap",
            "tcap",
            "pcfg",
            "acfg",
            "nortpproxy",
            "direction",
            "oldmediaip",
            "oldmediaport");

    public PassedOn {
        lines = List.copyOf(lines);
        maps = List.copyOf(maps);
    }

    /** Of the first line of sound that is not refused. */
    public static PassedOn of(SessionDescription description) {
        return description.media().stream()
                .filter(line -> line.isAudio() && line.port() != 0)
                .findFirst()
                .filter(line -> line.attributes().has(ZRTP))
                .map(line -> new PassedOn(
                        line.attributes().list().stream()
                                .filter(PassedOn::isForTheOther)
                                .limit(MAX_LINES)
                                .toList(),
                        line.rtpMaps()))
                .orElse(NOTHING);
    }

    private static boolean isForTheOther(Attribute attribute) {
        return !OF_ONE_LEG.contains(attribute.name().toLowerCase(Locale.ROOT))
                && attribute.toString().length() <= MAX_LENGTH;
    }

    /** Whether the phone offers to encrypt beyond us. */
    public boolean wantsEndToEnd() {
        return lines.stream().anyMatch(line -> line.named(ZRTP));
    }

    /** The encoding under the number that the other phone has for it, if it has one. */
    RtpMap numbered(RtpMap ours) {
        return maps.stream()
                .filter(theirs -> theirs.sameEncoding(ours))
                .findFirst()
                .map(theirs -> ours.withPayloadType(theirs.payloadType()))
                .orElse(ours);
    }
}
