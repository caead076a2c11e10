package io.allo.media.sdp;

import io.allo.media.sdp.SessionDescription.Bandwidth;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes session descriptions in the order of RFC 8866 5, UTF-8, lines ended with CRLF. Pure functions. */
public final class SdpWriter {

    private SdpWriter() {}

    /** The body of a message: UTF-8, lines ended with CRLF. */
    public static byte[] bytes(SessionDescription session) {
        return write(session).getBytes(StandardCharsets.UTF_8);
    }

    /** The description as text, its lines in the order of RFC 8866 5, ended with CRLF. */
    public static String write(SessionDescription session) {
        var out = new StringBuilder(512);
        var origin = session.origin();
        line(out, 'v', "0");
        line(
                out,
                'o',
                origin.username() + " " + origin.sessionId() + " " + origin.sessionVersion() + " "
                        + connection(origin.address()));
        line(out, 's', session.sessionName());
        session.connection().ifPresent(c -> line(out, 'c', connection(c)));
        bandwidths(out, session.bandwidths());
        line(out, 't', session.timing().start() + " " + session.timing().stop());
        attributes(out, session.attributes());
        session.media().forEach(m -> media(out, m));
        return out.toString();
    }

    private static void media(StringBuilder out, MediaDescription media) {
        String count = media.portCount() == 1 ? "" : "/" + media.portCount();
        String formats = media.formats().isEmpty() ? "" : " " + String.join(" ", media.formats());
        line(out, 'm', media.type() + " " + media.port() + count + " " + media.protocol() + formats);
        media.connection().ifPresent(c -> line(out, 'c', connection(c)));
        bandwidths(out, media.bandwidths());
        attributes(out, media.attributes());
    }

    private static void bandwidths(StringBuilder out, List<Bandwidth> bandwidths) {
        bandwidths.forEach(b -> line(out, 'b', b.type() + ":" + b.value()));
    }

    private static void attributes(StringBuilder out, Attributes attributes) {
        attributes.list().forEach(a -> line(out, 'a', a.toString()));
    }

    private static String connection(Connection connection) {
        return connection.networkType() + " " + connection.addressType() + " " + connection.address();
    }

    private static void line(StringBuilder out, char type, String value) {
        out.append(type).append('=').append(value).append("\r\n");
    }
}
