package io.allo.sip.locate;

import java.util.List;

/**
 * What the DNS said: the records of the type asked for (aliases already followed), none where the name or the type does not exist, or
 * {@code failed} where no server gave an answer.
 */
public record DnsAnswer(List<DnsRecord> records, boolean failed) {
    /** The name has no such record. */
    public static final DnsAnswer NONE = new DnsAnswer(List.of(), false);

    /** Nobody answered, or the server could not. */
    public static final DnsAnswer FAILED = new DnsAnswer(List.of(), true);

    public DnsAnswer {
        records = List.copyOf(records);
    }

    /** A lookup that succeeded with these records; none means that the name has none of the type. */
    public static DnsAnswer of(DnsRecord... records) {
        return new DnsAnswer(List.of(records), false);
    }
}
