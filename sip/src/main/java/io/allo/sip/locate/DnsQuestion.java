package io.allo.sip.locate;

/** A question to the DNS: a name without its final dot, and the type of record wanted. */
public record DnsQuestion(String name, Type type) {
    /** The record types that server location asks for. */
    public enum Type {
        NAPTR,
        SRV,
        A,
        AAAA
    }
}
