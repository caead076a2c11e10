package io.allo.pbx.fraud;

/** Where counters and one-ring calls outlive the program: the database. Any thread; nothing waits. */
public interface FraudRecord {

    /** Keeps a user's tally of a day; the greater numbers of this and what is kept count. */
    void keep(Tally tally);

    /** Keeps a one-ring call. */
    void keep(OneRing call);

    /** A call from abroad that rang once and gave up. */
    record OneRing(String number, String region, long atMillis) {}
}
