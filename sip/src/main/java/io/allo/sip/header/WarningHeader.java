package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;

/** One Warning value: a code of three digits, the agent that warns, and a text. RFC 3261 section 20.43. */
public record WarningHeader(int code, String agent, String text) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static WarningHeader parse(String value) {
        int agent = SipText.skipSpace(value, 3);
        int space = value.indexOf(' ', agent);
        if (agent == 3 || space < 0 || !value.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SipParseException("Malformed Warning", value, 0);
        }
        int quote = SipText.skipSpace(value, space);
        if (quote == value.length() || value.charAt(quote) != '"') {
            throw new SipParseException("Warning without text", value, quote);
        }
        int end = SipText.endOfQuoted(value, quote);
        if (SipText.skipSpace(value, end) != value.length()) {
            throw new SipParseException("Malformed Warning", value, end);
        }
        return new WarningHeader(
                Integer.parseInt(value.substring(0, 3)),
                value.substring(agent, space),
                SipText.unquote(value, quote, end));
    }

    @Override
    public String toString() {
        return code + " " + agent + " " + SipText.quoted(text);
    }
}
