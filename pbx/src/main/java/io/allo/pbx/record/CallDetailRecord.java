package io.allo.pbx.record;

import io.allo.io.store.CdrRow;

/**
 * One call detail record: a channel (party A) and whom it reached (party B), from when to when. Fields by Asterisk's names.
 * Immutable.
 *
 * @param clid {@code "name" <number>} of party A
 * @param dst the last extension party A was in before it left the dialplan
 * @param dstchannel party B's name, empty if there was none
 * @param startMs milliseconds since 1970; so {@code answerMs} (0: never answered) and {@code endMs}
 * @param billsec seconds from answer to end
 */
public record CallDetailRecord(
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
        long billsec,
        Disposition disposition,
        String amaflags,
        String uniqueid,
        String userfield,
        String linkedid,
        String peeraccount) {

    /** Whole seconds from start to end. */
    public long duration() {
        return Math.max(0, endMs - startMs) / 1000;
    }

    /** As it is stored, with its number among all records of this system. */
    public CdrRow row(long sequence) {
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
                duration(),
                billsec,
                disposition.words(),
                amaflags,
                uniqueid,
                userfield,
                linkedid,
                peeraccount,
                sequence);
    }
}
