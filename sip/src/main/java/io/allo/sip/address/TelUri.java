package io.allo.sip.address;

import org.jspecify.annotations.Nullable;

/** A telephone number as a URI: global with a leading plus, or local with a {@code phone-context}. RFC 3966. */
public record TelUri(String number, Parameters parameters) implements Uri {

    static TelUri parseAfterScheme(String text) {
        int semicolon = text.indexOf(';');
        int end = semicolon < 0 ? text.length() : semicolon;
        String number = text.substring(4, end);
        boolean global = number.startsWith("+");
        boolean digits = false;
        for (int i = global ? 1 : 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean digit = c >= '0' && c <= '9' || !global && isLocalDigit(c);
            digits |= digit;
            if (!digit && !isSeparator(c)) {
                throw new SipParseException("Malformed telephone number", text, 4 + i + (global ? 0 : 0));
            }
        }
        if (!digits) {
            throw new SipParseException("Telephone number without digits", text, 4);
        }
        Parameters parameters =
                semicolon < 0 ? Parameters.EMPTY : Parameters.parseUri(text.substring(semicolon + 1), ';');
        return new TelUri(number, parameters);
    }

    @Override
    public String scheme() {
        return "tel";
    }

    /** Whether the number is global: it begins with a plus. */
    public boolean isGlobal() {
        return number.startsWith("+");
    }

    /** The number without visual separators, a leading plus kept. */
    public String digits() {
        var out = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            if (!isSeparator(number.charAt(i))) {
                out.append(number.charAt(i));
            }
        }
        return out.toString();
    }

    /** The {@code phone-context} of a local number, or null. */
    public @Nullable String phoneContext() {
        return parameters.value("phone-context");
    }

    /** Equal by RFC 3966 section 4: digits without separators and all parameters, without regard to case and order. */
    @Override
    public boolean matches(Uri other) {
        if (!(other instanceof TelUri tel)
                || !digits().equalsIgnoreCase(tel.digits())
                || parameters.size() != tel.parameters.size()) {
            return false;
        }
        for (Parameters.Parameter p : parameters) {
            String theirs = tel.parameters.value(p.name());
            if (!tel.parameters.has(p.name())
                    || (p.value() == null ? theirs != null : !p.value().equalsIgnoreCase(theirs))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        var out = new StringBuilder(32).append("tel:");
        SipText.appendEscaped(out, number, NUMBER);
        parameters.appendUri(out, ';', ';', PARAMETER);
        return out.toString();
    }

    private static boolean isLocalDigit(char c) {
        return c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == '*' || c == '#';
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '.' || c == '(' || c == ')';
    }

    private static final boolean[] NUMBER = SipText.alphabet("+-.()*#");
    private static final boolean[] PARAMETER = SipText.alphabet("-_.!~*'()[]/:&+$");
}
