package io.allo.io.sip;

import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import java.util.function.Consumer;

/** Asks the DNS without waiting: the answer comes on any thread, once, {@link DnsAnswer#FAILED} where nobody answered. */
@FunctionalInterface
public interface NameLookup {
    /**
     * Asks, without waiting. {@code answered} is called once, on any thread, also where the lookup failed (then
     * with an answer that says so).
     */
    void lookup(DnsQuestion question, Consumer<DnsAnswer> answered);
}
