package io.allo.io.store;

/**
 * What Master.csv holds: the section {@code [csv]} of cdr.conf.
 *
 * @param utc {@code usegmtime}: times in UTC instead of the system's zone
 * @param uniqueId {@code loguniqueid}: a column with the channel's unique id
 * @param userField {@code loguserfield}: a column with CDR(userfield)
 * @param newColumns {@code newcdrcolumns}: peeraccount, linkedid and sequence
 * @param accountLogs {@code accountlogs}: each account code also has a file of its own
 */
public record CdrCsvSettings(
        boolean utc, boolean uniqueId, boolean userField, boolean newColumns, boolean accountLogs) {
    /** As Asterisk's sample cdr.conf, whose readers expect 18 columns, but with local times. */
    public static final CdrCsvSettings DEFAULT = new CdrCsvSettings(false, true, true, false, true);
}
