package io.allo.sip.address;

/** A URI of a scheme the stack does not act on: {@code scheme} in lower case and {@code rest}, everything after the colon, as written. */
public record OtherUri(String scheme, String rest) implements Uri {

    static OtherUri parse(String scheme, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == 0x7f) {
                throw new SipParseException("Character not allowed in a URI", text, i);
            }
        }
        if (from == text.length()) {
            throw new SipParseException("Empty URI", text, from);
        }
        return new OtherUri(scheme, text.substring(from));
    }

    @Override
    public boolean matches(Uri other) {
        return equals(other);
    }

    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
