package io.allo.media.sdp;

import io.allo.media.sdp.SessionDescription.Bandwidth;
import io.allo.media.sdp.SessionDescription.Timing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session description (RFC 8866, RFC 4566) as phones really write it.
 *
 * <p>Required: {@code v=0} first, an {@code o=} line, and lines of the form {@code letter=value}. Forgiven: LF or CR
 * alone, blank lines, NULs at the end, spaces around a value, missing {@code s=} and {@code t=}, lines out of order,
 * letters nobody knows, a user name with spaces in {@code o=}, an {@code m=} line without formats. A {@code b=} or
 * {@code t=} line that can't be read is passed over, since no call depends on it. Everything larger than the limits
 * below is an error. One parser reads one body; it is not shared.
 */
public final class SdpParser {
    private static final Pattern BLANKS = Pattern.compile("[ \t\0]+");

    /** The largest body, in bytes (UTF-8) or characters. */
    public static final int MAX_SIZE = 65_536;

    /** The longest line, in characters. */
    public static final int MAX_LINE_LENGTH = 4_096;

    /** The most lines of one body. */
    public static final int MAX_LINES = 2_048;

    /** The most {@code m=} lines. */
    public static final int MAX_MEDIA = 32;

    /** The most formats of one {@code m=} line: all payload types there are. */
    public static final int MAX_FORMATS = 128;

    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private int lineNumber;
    private boolean versionSeen;
    private @Nullable Origin origin;
    private @Nullable String sessionName;
    private @Nullable Connection connection;
    private @Nullable Timing timing;
    private @Nullable OpenMedia openMedia;

    private SdpParser() {}

    /**
     * Reads the body of a message as UTF-8 (RFC 8866 5).
     *
     * @throws SdpParseException if it is too large or no description
     */
    public static SessionDescription parse(byte[] body) throws SdpParseException {
        if (body.length > MAX_SIZE) {
            throw new SdpParseException(0, "larger than " + MAX_SIZE + " bytes");
        }
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    /**
     * Reads a description from text whose lines end with CRLF, or LF alone.
     *
     * @throws SdpParseException if it is too large or no description
     */
    public static SessionDescription parse(String body) throws SdpParseException {
        if (body.length() > MAX_SIZE) {
            throw new SdpParseException(0, "larger than " + MAX_SIZE + " characters");
        }
        return new SdpParser().read(body);
    }

    private SessionDescription read(String body) throws SdpParseException {
        int start = 0;
        int length = body.length();
        while (start < length) {
            int end = start;
            while (end < length && body.charAt(end) != '\n' && body.charAt(end) != '\r') {
                end++;
            }
            lineNumber++;
            if (lineNumber > MAX_LINES) {
                throw error("more than " + MAX_LINES + " lines");
            }
            if (end - start > MAX_LINE_LENGTH) {
                throw error("longer than " + MAX_LINE_LENGTH + " characters");
            }
            line(body.substring(start, end));
            start = end + 1;
            if (end + 1 < length && body.charAt(end) == '\r' && body.charAt(end + 1) == '\n') {
                start++;
            }
        }
        return finish();
    }

    private SessionDescription finish() throws SdpParseException {
        closeMedia();
        if (!versionSeen) {
            throw new SdpParseException(0, "empty: there is no v= line");
        }
        if (origin == null) {
            throw new SdpParseException(0, "there is no o= line");
        }
        return new SessionDescription(
                origin,
                sessionName == null ? "-" : sessionName,
                Optional.ofNullable(connection),
                bandwidths,
                timing == null ? Timing.UNBOUNDED : timing,
                new Attributes(attributes),
                media);
    }

    private void line(String raw) throws SdpParseException {
        String line = strip(raw);
        if (line.isEmpty()) {
            return;
        }
        int equals = line.indexOf('=');
        if (equals < 0 || !strip(line.substring(1, Math.max(equals, 1))).isEmpty() || equals == 0) {
            throw error("not of the form letter=value: " + shown(line));
        }
        char type = line.charAt(0);
        String value = strip(line.substring(equals + 1));
        if (!versionSeen) {
            version(type, value);
            return;
        }
        switch (type) {
            case 'o' -> origin(value);
            case 's' -> sessionName = sessionName == null && !value.isEmpty() ? value : sessionName;
            case 'c' -> connection(value);
            case 'b' -> bandwidth(value);
            case 't' -> timing(value);
            case 'a' -> attribute(value);
            case 'm' -> media(value);
            default -> {
                // i, u, e, p, r, z, k and letters of no known meaning say nothing to a call
            }
        }
    }

    private void version(char type, String value) throws SdpParseException {
        if (type != 'v') {
            throw error("the first line must be v=0, not " + type + "=");
        }
        if (!value.equals("0")) {
            throw error("version 0 is the only one: " + shown(value));
        }
        versionSeen = true;
    }

    /** {@code o=user id version IN IP4 address}, read from its end because phones put names with spaces first. */
    private void origin(String value) throws SdpParseException {
        if (origin != null) {
            return;
        }
        String[] words = words(value);
        int n = words.length;
        if (n < 6) {
            throw error("o= needs user, id, version, network, address type and address: " + shown(value));
        }
        var address = new Connection(words[n - 3], words[n - 2], words[n - 1]);
        String username = String.join(" ", List.of(words).subList(0, n - 5));
        origin = new Origin(username, words[n - 5], words[n - 4], address);
    }

    private void connection(String value) throws SdpParseException {
        String[] words = words(value);
        if (words.length < 3) {
            throw error("c= needs network, address type and address: " + shown(value));
        }
        var read = new Connection(words[0], words[1], words[2]);
        if (openMedia != null) {
            openMedia.connection = openMedia.connection == null ? read : openMedia.connection;
        } else if (connection == null) {
            connection = read;
        }
    }

    private void bandwidth(String value) {
        int colon = value.indexOf(':');
        if (colon <= 0) {
            return;
        }
        String type = strip(value.substring(0, colon));
        long number = longNumber(strip(value.substring(colon + 1)));
        if (number >= 0 && !type.isEmpty()) {
            (openMedia != null ? openMedia.bandwidths : bandwidths).add(new Bandwidth(type, number));
        }
    }

    private void timing(String value) {
        String[] words = words(value);
        if (timing != null || words.length < 2) {
            return;
        }
        long start = longNumber(words[0]);
        long stop = longNumber(words[1]);
        timing = start >= 0 && stop >= 0 ? new Timing(start, stop) : null;
    }

    private void attribute(String value) throws SdpParseException {
        int colon = value.indexOf(':');
        String name = strip(colon < 0 ? value : value.substring(0, colon));
        if (name.isEmpty()) {
            throw error("an attribute without a name");
        }
        var read = new Attribute(name, colon < 0 ? "" : strip(value.substring(colon + 1)));
        (openMedia != null ? openMedia.attributes : attributes).add(read);
    }

    /** {@code m=audio 49170/2 RTP/AVP 0 8 101}. */
    private void media(String value) throws SdpParseException {
        closeMedia();
        if (media.size() == MAX_MEDIA) {
            throw error("more than " + MAX_MEDIA + " media");
        }
        String[] words = words(value);
        if (words.length < 3) {
            throw error("m= needs type, port and protocol: " + shown(value));
        }
        if (words.length - 3 > MAX_FORMATS) {
            throw error("more than " + MAX_FORMATS + " formats");
        }
        int slash = words[1].indexOf('/');
        var port = SdpNumbers.number(slash < 0 ? words[1] : words[1].substring(0, slash), MediaDescription.MAX_PORT);
        var count = slash < 0
                ? OptionalInt.of(1)
                : SdpNumbers.number(words[1].substring(slash + 1), MediaDescription.MAX_PORT);
        if (port.isEmpty() || count.isEmpty() || count.getAsInt() == 0) {
            throw error("no port: " + shown(words[1]));
        }
        openMedia = new OpenMedia(
                words[0],
                port.getAsInt(),
                count.getAsInt(),
                words[2],
                List.of(words).subList(3, words.length));
    }

    private void closeMedia() {
        if (openMedia != null) {
            media.add(openMedia.close());
        }
        openMedia = null;
    }

    private SdpParseException error(String reason) {
        return new SdpParseException(lineNumber, reason);
    }

    private static String[] words(String value) {
        return value.isEmpty() ? new String[0] : BLANKS.split(value);
    }

    /** Without the spaces, tabs and NULs around it. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isPadding(text.charAt(start))) {
            start++;
        }
        while (end > start && isPadding(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isPadding(char c) {
        return c == ' ' || c == '\t' || c == 0;
    }

    /** The decimal number, or -1. */
    private static long longNumber(String text) {
        if (text.isEmpty() || text.length() > MAX_LONG_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(text);
    }

    private static String shown(String text) {
        return '"' + (text.length() > SHOWN_LENGTH ? text.substring(0, SHOWN_LENGTH) + "..." : text) + '"';
    }

    /** The media description being read. */
    private static final class OpenMedia {
        private final String type;
        private final int port;
        private final int portCount;
        private final String protocol;
        private final List<String> formats;
        private final List<Bandwidth> bandwidths = new ArrayList<>();
        private final List<Attribute> attributes = new ArrayList<>();
        private @Nullable Connection connection;

        OpenMedia(String type, int port, int portCount, String protocol, List<String> formats) {
            this.type = type;
            this.port = port;
            this.portCount = portCount;
            this.protocol = protocol;
            this.formats = formats;
        }

        MediaDescription close() {
            return new MediaDescription(
                    type,
                    port,
                    portCount,
                    protocol,
                    formats,
                    Optional.ofNullable(connection),
                    bandwidths,
                    new Attributes(attributes));
        }
    }

    private static final int MAX_LONG_DIGITS = 18;
    private static final int SHOWN_LENGTH = 60;
}
