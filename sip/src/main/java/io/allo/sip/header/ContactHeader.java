package io.allo.sip.header;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.Uri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contact: {@code star} (remove all bindings) or a list of addresses, empty where there is none. RFC 3261 section 20.10. */
public record ContactHeader(boolean star, List<NameAddress> addresses) {
    /** No Contact. */
    public static final ContactHeader NONE = new ContactHeader(false, List.of());

    /** {@code Contact: *}. */
    public static final ContactHeader STAR = new ContactHeader(true, List.of());

    /** What one value that is a star reads as, so that a list can tell it from an address. */
    static final NameAddress STAR_VALUE = NameAddress.of(Uri.parse("contact:*"));

    public ContactHeader {
        addresses = List.copyOf(addresses);
    }

    /** The first address, or null. */
    public @Nullable NameAddress first() {
        return addresses.isEmpty() ? null : addresses.get(0);
    }

    /** Whether there is neither a star nor an address. */
    public boolean isEmpty() {
        return !star && addresses.isEmpty();
    }

    /**
     * The {@code expires} parameter of a contact in seconds, -1 where it is missing; a malformed one counts as 3600, a too large one as
     * 2^32-1. RFC 3261 section 10.2.1.1.
     */
    public static long expires(NameAddress contact) {
        String text = contact.parameters().value("expires");
        return text == null ? -1 : ExpiresValue.seconds(text);
    }

    /** The preference of a contact in thousandths, 1000 where none is given or it is malformed. */
    public static int q(NameAddress contact) {
        return ExpiresValue.thousandths(contact.parameters());
    }

    static ContactHeader of(List<NameAddress> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.stream().noneMatch(ContactHeader::isStar)) {
            return new ContactHeader(false, values);
        }
        if (values.size() > 1) {
            throw new SipParseException("Contact \"*\" among others");
        }
        return STAR;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isStar(NameAddress value) {
        return value == STAR_VALUE;
    }

    static NameAddress parseValue(String text) {
        return text.equals("*") ? STAR_VALUE : NameAddress.parse(text);
    }

    @Override
    public String toString() {
        return star
                ? "*"
                : String.join(
                        ", ", addresses.stream().map(NameAddress::toString).toList());
    }

    /** With a parameter for every address, such as {@code expires}. */
    public ContactHeader withParameter(String name, @Nullable String value) {
        return new ContactHeader(
                star, addresses.stream().map(a -> a.withParameter(name, value)).toList());
    }

    /** The parameters of the first address, or none. */
    public Parameters parameters() {
        NameAddress first = first();
        return first == null ? Parameters.EMPTY : first.parameters();
    }
}
