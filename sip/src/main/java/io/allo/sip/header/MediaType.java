package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A media type with its parameters, as Content-Type and Accept carry it; type and subtype in lower case. RFC 3261 sections 20.1, 20.15. */
public record MediaType(String type, String subtype, Parameters parameters) {
    /** {@code application/sdp}. */
    public static final MediaType SDP = new MediaType("application", "sdp", Parameters.EMPTY);

    public MediaType {
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
    }

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static MediaType parse(String text) {
        int end = SipText.endOfToken(text, 0);
        int slash = SipText.skipSpace(text, end);
        if (end == 0 || slash == text.length() || text.charAt(slash) != '/') {
            throw new SipParseException("Malformed media type", text, end);
        }
        int from = SipText.skipSpace(text, slash + 1);
        int to = SipText.endOfToken(text, from);
        if (to == from) {
            throw new SipParseException("Malformed media type", text, from);
        }
        return new MediaType(text.substring(0, end), text.substring(from, to), Parameters.parse(text, to));
    }

    /** Whether type and subtype are these, without regard to case and parameters. */
    public boolean is(String otherType, String otherSubtype) {
        return type.equalsIgnoreCase(otherType) && subtype.equalsIgnoreCase(otherSubtype);
    }

    /** Whether {@code full}, such as {@code application/sdp}, is this type, without regard to case and parameters. */
    public boolean is(String full) {
        return full.equalsIgnoreCase(full());
    }

    /** Whether this is {@code multipart/...}. */
    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /** Whether {@code other} falls in this range, where a star stands for all. */
    public boolean includes(MediaType other) {
        return (type.equals("*") || type.equals(other.type)) && (subtype.equals("*") || subtype.equals(other.subtype));
    }

    /** The multipart boundary, or null. */
    public @Nullable String boundary() {
        return parameters.value("boundary");
    }

    /** {@code type/subtype} without parameters. */
    public String full() {
        return type + "/" + subtype;
    }

    @Override
    public String toString() {
        var out = new StringBuilder(full());
        parameters.appendTo(out);
        return out.toString();
    }
}
