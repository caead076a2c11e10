package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;

/** CSeq: a number below 2^31 and the method's name. RFC 3261 sections 8.1.1.5 and 20.16. */
public record CSeqHeader(long number, String method) {
    /** One more than the largest number allowed. */
    public static final long LIMIT = 1L << 31;

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static CSeqHeader parse(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        long number = end == 0 ? LIMIT : ValueList.number(text.substring(0, end));
        if (number >= LIMIT) {
            throw new SipParseException("CSeq number out of range", text, 0);
        }
        int method = SipText.skipSpace(text, end);
        if (method == end || !SipText.isToken(text.substring(method))) {
            throw new SipParseException("Malformed method in CSeq", text, method);
        }
        return new CSeqHeader(number, text.substring(method));
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
