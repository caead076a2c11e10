package io.allo.media.sdp;

/**
 * One {@code a=} line: a property ({@code a=rtcp-mux}, value empty) or a name with a value ({@code a=ptime:20}). RFC
 * 8866 5.13. Names are compared without regard to case, because phones write them in any. Immutable.
 */
public record Attribute(String name, String value) {

    /** An attribute without a value, as {@code a=sendrecv}. */
    public static Attribute property(String name) {
        return new Attribute(name, "");
    }

    /** Whether this is its name, in whatever case. */
    public boolean named(String wanted) {
        return name.equalsIgnoreCase(wanted);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? name : name + ":" + value;
    }
}
