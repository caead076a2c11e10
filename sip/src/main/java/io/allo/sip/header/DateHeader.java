package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Date: a moment in GMT, whole seconds, such as {@code Sat, 13 Nov 2010 23:29:00 GMT}. RFC 3261 section 20.17. */
public record DateHeader(Instant moment) {
    private static final DateTimeFormatter RFC1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Reads the value; any zone but GMT is malformed. */
    public static DateHeader parse(String text) {
        try {
            return new DateHeader(Instant.from(RFC1123.parse(text)));
        } catch (DateTimeException malformed) {
            var problem = new SipParseException("Malformed Date", text, 0);
            problem.initCause(malformed);
            throw problem;
        }
    }

    @Override
    public String toString() {
        return RFC1123.format(moment);
    }
}
