package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;

/** RAck: the RSeq and CSeq of the reliable provisional response a PRACK acknowledges. RFC 3262 section 7.2. */
public record RAckHeader(long rseq, long cseq, String method) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static RAckHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        int rest = SipText.skipSpace(text, end);
        if (rest == end) {
            throw new SipParseException("Malformed RAck", text, end);
        }
        CSeqHeader cseq = CSeqHeader.parse(text.substring(rest));
        return new RAckHeader(ValueList.number(text.substring(0, end)), cseq.number(), cseq.method());
    }

    @Override
    public String toString() {
        return rseq + " " + cseq + " " + method;
    }
}
