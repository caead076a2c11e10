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
    public static final SipMethod INVITE = new SipMethod("INVITE");
    public static final SipMethod ACK = new SipMethod("ACK");
    public static final SipMethod BYE = new SipMethod("BYE");
    public static final SipMethod CANCEL = new SipMethod("CANCEL");
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");
    public static final SipMethod REGISTER = new SipMethod("REGISTER");
    public static final SipMethod PRACK = new SipMethod("PRACK");
    public static final SipMethod UPDATE = new SipMethod("UPDATE");
    public static final SipMethod INFO = new SipMethod("INFO");
    public static final SipMethod REFER = new SipMethod("REFER");
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");
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
