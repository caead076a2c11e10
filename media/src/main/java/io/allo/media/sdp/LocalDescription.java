package io.allo.media.sdp;

import io.allo.media.sdp.SessionDescription.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes our side's descriptions: the live audio line, refused lines, and the frame around them. Pure functions. */
final class LocalDescription {

    private LocalDescription() {}

    /** Our audio line with these payload types, in this order, with these lines about its keys, under the type and protocol that the offer wrote. */
    static MediaDescription audio(
            LocalMedia local,
            String type,
            String protocol,
            List<RtpMap> maps,
            int ptimeMs,
            boolean rtcpMux,
            Direction direction,
            List<Attribute> security) {
        var formats = new ArrayList<String>();
        var attributes = new ArrayList<Attribute>();
        for (RtpMap map : maps) {
            formats.add(Integer.toString(map.payloadType()));
            attributes.add(map.rtpmapAttribute());
            if (!map.fmtp().isEmpty()) {
                attributes.add(new Attribute("fmtp", map.payloadType() + " " + map.fmtp()));
            }
        }
        attributes.add(new Attribute("ptime", Integer.toString(ptimeMs)));
        if (local.rtcpPort() != local.port() + 1) {
            attributes.add(new Attribute("rtcp", Integer.toString(local.rtcpPort())));
        }
        if (rtcpMux) {
            attributes.add(Attribute.property("rtcp-mux"));
        }
        attributes.addAll(security);
        attributes.addAll(local.passed().lines());
        attributes.add(Attribute.property(direction.attributeName()));
        return new MediaDescription(
                type, local.port(), 1, protocol, formats, Optional.empty(), List.of(), new Attributes(attributes));
    }

    /** A line of the same type and protocol with port 0: refused or ended. RFC 3264 6, 8.2. */
    static MediaDescription refused(MediaDescription line) {
        List<String> formats = line.formats().isEmpty() ? List.of("0") : line.formats();
        return new MediaDescription(
                line.type(), 0, 1, line.protocol(), formats, Optional.empty(), List.of(), Attributes.NONE);
    }

    /** The whole description; its version counts up only if it differs from the last one. RFC 3264 8. */
    static SessionDescription session(LocalMedia local, SdpHistory history, List<MediaDescription> media) {
        Origin first = Origin.of(local.sessionId(), local.sessionId(), local.address());
        Origin last = history.local().map(SessionDescription::origin).orElse(first);
        var session = new SessionDescription(
                last,
                "allo",
                Optional.of(Connection.of(local.address())),
                List.of(),
                Timing.UNBOUNDED,
                Attributes.NONE,
                media);
        boolean changed = history.local().isPresent() && !history.local().get().equals(session);
        return changed ? session.withOrigin(last.next()) : session;
    }
}
