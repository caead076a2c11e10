package io.allo.io.store;

/**
 * A call detail record as it is stored: Asterisk's columns by Asterisk's names. Immutable.
 *
 * @param startMs milliseconds since 1970; so {@code answerMs} (0: never answered) and {@code endMs}
 * @param duration seconds from start to end
 * @param billsec seconds from answer to end
 * @param disposition ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION
 * @param amaflags OMIT, BILLING or DOCUMENTATION
 */
public record CdrRow(
        String accountcode,
        String src,
        String dst,
        String dcontext,
        String clid,
        String channel,
        String dstchannel,
        String lastapp,
        String lastdata,
        long startMs,
        long answerMs,
        long endMs,
        long duration,
        long billsec,
        String disposition,
        String amaflags,
        String uniqueid,
        String userfield,
        String linkedid,
        String peeraccount,
        long sequence) {

    /** The same record with another user field. */
    public CdrRow withUserfield(String newUserfield) {
        return new CdrRow(
                accountcode,
                src,
                dst,
                dcontext,
                clid,
                channel,
                dstchannel,
                lastapp,
                lastdata,
                startMs,
                answerMs,
                endMs,
                duration,
                billsec,
                disposition,
                amaflags,
                uniqueid,
                newUserfield,
                linkedid,
                peeraccount,
                sequence);
    }
}
