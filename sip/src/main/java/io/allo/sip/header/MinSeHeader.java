package io.allo.sip.header;

import io.allo.sip.address.Parameters;

/** Min-SE: the least session interval accepted, in seconds. RFC 4028 section 5. */
public record MinSeHeader(long seconds, Parameters parameters) {

    /** Reads one value; throws SipParseException where it is malformed. */
    public static MinSeHeader parse(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return new MinSeHeader(ValueList.number(text.substring(0, end)), Parameters.parse(text, end));
    }

    /** That many seconds. */
    public static MinSeHeader of(long seconds) {
        return new MinSeHeader(seconds, Parameters.EMPTY);
    }

    @Override
    public String toString() {
        var out = new StringBuilder().append(seconds);
        parameters.appendTo(out);
        return out.toString();
    }
}
