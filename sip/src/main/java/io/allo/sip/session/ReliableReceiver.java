package io.allo.sip.session;

import io.allo.sip.header.HeaderName;
import io.allo.sip.message.SipResponse;

/**
 * The order of reliable provisional responses at the one who calls, for one early dialog and one INVITE: the first sets the count, the
 * others have to follow it one by one. RFC 3262 section 4. Owned by the SIP loop.
 */
final class ReliableReceiver {
    private static final long NONE_YET = -1;

    private long inviteSequence = NONE_YET;
    private long last = NONE_YET;

    /** Whether the response asks for a PRACK. */
    static boolean isReliable(SipResponse response) {
        return response.isProvisional()
                && response.status() > 100
                && Abilities.requires(response, Abilities.RELIABLE)
                && response.headers().has(HeaderName.RSEQ);
    }

    /** Whether the response is the next one; a retransmission, or one that came too early, is to be dropped. */
    boolean accepts(SipResponse response) {
        long sequence = response.cseq().number();
        long rseq = response.headers().number(HeaderName.RSEQ);
        if (sequence == inviteSequence && last != NONE_YET && rseq != last + 1) {
            return false;
        }
        inviteSequence = sequence;
        last = rseq;
        return true;
    }
}
