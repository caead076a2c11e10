package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Privacy: what the sender wants hidden, in lower case, such as {@code id} or {@code header}. RFC 3323 section 4.2, RFC 3325 section 9.3. */
public record PrivacyHeader(List<String> values) {
    public PrivacyHeader {
        values = List.copyOf(values);
    }

    /** Reads the values between semicolons (commas are let through). */
    public static PrivacyHeader parse(String text) {
        List<String> values = Arrays.stream(text.split("[;,]", -1))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!values.stream().allMatch(SipText::isToken)) {
            throw new SipParseException("Malformed Privacy", text, 0);
        }
        return new PrivacyHeader(values);
    }

    /** Whether that value is among them, without regard to case. */
    public boolean has(String value) {
        return values.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Whether the caller's identity must not reach the called party. */
    public boolean hidesIdentity() {
        return has("id") || has("user") || has("header");
    }

    @Override
    public String toString() {
        return String.join(";", values);
    }
}
