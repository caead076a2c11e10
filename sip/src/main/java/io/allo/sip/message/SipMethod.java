package io.allo.sip.message;

import io.allo.sip.address.SipText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request method: one of the known ones or any other token; case counts. RFC 3261 section 7.1. */
public final class SipMethod {
    /** Begins or changes a session. RFC 3261 section 13. */
    public static final SipMethod INVITE = new SipMethod("INVITE");
    /** Confirms the final response to an INVITE. RFC 3261 section 17.1.1.3. */
    public static final SipMethod ACK = new SipMethod("ACK");
    /** Ends a session. RFC 3261 section 15. */
    public static final SipMethod BYE = new SipMethod("BYE");
    /** Takes a pending INVITE back. RFC 3261 section 9. */
    public static final SipMethod CANCEL = new SipMethod("CANCEL");
    /** Asks what a server can do. RFC 3261 section 11. */
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");
    /** Binds an address of record to contacts. RFC 3261 section 10. */
    public static final SipMethod REGISTER = new SipMethod("REGISTER");
    /** Acknowledges a provisional response. RFC 3262. */
    public static final SipMethod PRACK = new SipMethod("PRACK");
    /** Changes a session before or after it is answered. RFC 3311. */
    public static final SipMethod UPDATE = new SipMethod("UPDATE");
    /** Carries application data within a session. RFC 6086. */
    public static final SipMethod INFO = new SipMethod("INFO");
    /** Asks the peer to contact somebody. RFC 3515. */
    public static final SipMethod REFER = new SipMethod("REFER");
    /** Asks to be told of events. RFC 6665. */
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");
    /** Tells of an event. RFC 6665. */
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");
    /** Carries an instant message. RFC 3428. */
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");
    /** Gives event state to a server. RFC 3903. */
    public static final SipMethod PUBLISH = new SipMethod("PUBLISH");

    private static final SipMethod[] ALL = {
        INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, PRACK, UPDATE, INFO, REFER, SUBSCRIBE, NOTIFY, MESSAGE, PUBLISH
    };
    private static final Map<String, SipMethod> KNOWN =
            Stream.of(ALL).collect(Collectors.toUnmodifiableMap(SipMethod::name, Function.identity()));

    private final String name;

    private SipMethod(String name) {
        this.name = name;
    }

    /** The method of that name; throws IllegalArgumentException where it is no token. */
    public static SipMethod of(String name) {
        SipMethod known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        if (!SipText.isToken(name)) {
            throw new IllegalArgumentException("method \"" + name + "\"");
        }
        return new SipMethod(name);
    }

    /** The method in {@code bytes[from, to)}, null where it is no token. */
    static @Nullable SipMethod of(byte[] bytes, int from, int to) {
        for (SipMethod method : ALL) {
            if (method.isAt(bytes, from, to)) {
                return method;
            }
        }
        String name = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return SipText.isToken(name) ? new SipMethod(name) : null;
    }

    /** The token as it is written. */
    public String name() {
        return name;
    }

    /** Whether the stack knows what the method means. */
    public boolean isKnown() {
        return KNOWN.containsKey(name);
    }

    /** Whether a 2xx makes a dialog: INVITE, SUBSCRIBE, REFER, NOTIFY. RFC 3261 section 12, RFC 6665 section 4.4.1. */
    public boolean makesDialog() {
        return equals(INVITE) || equals(SUBSCRIBE) || equals(REFER) || equals(NOTIFY);
    }

    /** Whether a CSeq (or RAck) method names this one. */
    public boolean is(String otherName) {
        return name.equals(otherName);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof SipMethod that && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private boolean isAt(byte[] bytes, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != name.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
