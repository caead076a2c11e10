package io.allo.sip.address;

import org.jspecify.annotations.Nullable;

/**
 * A URI with an optional display name and the parameters of the header it stands in: {@code "Alice" <sip:alice@example.com>;tag=1}.
 * RFC 3261 section 20.10 and 25.1 {@code name-addr}, {@code addr-spec}.
 */
public record NameAddress(@Nullable String displayName, Uri uri, Parameters parameters) {

    /** The URI alone. */
    public static NameAddress of(Uri uri) {
        return new NameAddress(null, uri, Parameters.EMPTY);
    }

    /** The URI under a display name. */
    public static NameAddress of(@Nullable String displayName, Uri uri) {
        return new NameAddress(displayName, uri, Parameters.EMPTY);
    }

    /** Reads one value; without angle brackets everything from the first semicolon on belongs to the header. */
    public static NameAddress parse(String text) {
        int i = SipText.skipSpace(text, 0);
        if (i == text.length()) {
            throw new SipParseException("Empty address", text, i);
        }
        if (text.charAt(i) == '"') {
            int end = SipText.endOfQuoted(text, i);
            int open = SipText.skipSpace(text, end);
            if (open == text.length() || text.charAt(open) != '<') {
                throw new SipParseException("Expected \"<\"", text, open);
            }
            return bracketed(SipText.unquote(text, i, end), text, open);
        }
        int open = text.indexOf('<', i);
        int semicolon = text.indexOf(';', i);
        if (open >= 0 && (semicolon < 0 || open < semicolon)) {
            return bracketed(tokens(text, i, open), text, open);
        }
        return bare(text, i, semicolon);
    }

    /** Under that display name, or none for null. */
    public NameAddress withDisplayName(@Nullable String newDisplayName) {
        return new NameAddress(newDisplayName, uri, parameters);
    }

    /** With that URI instead. */
    public NameAddress withUri(Uri newUri) {
        return new NameAddress(displayName, newUri, parameters);
    }

    /** With those header parameters instead. */
    public NameAddress withParameters(Parameters newParameters) {
        return new NameAddress(displayName, uri, newParameters);
    }

    /** With that header parameter set; see {@link Parameters#with}. */
    public NameAddress withParameter(String name, @Nullable String value) {
        return withParameters(parameters.with(name, value));
    }

    /** The {@code tag} parameter of From and To, or null. */
    public @Nullable String tag() {
        return parameters.value("tag");
    }

    /** Always with angle brackets; the display name in quotes. */
    @Override
    public String toString() {
        var out = new StringBuilder(80);
        if (displayName != null) {
            SipText.appendQuoted(out, displayName);
            out.append(' ');
        }
        out.append('<').append(uri).append('>');
        parameters.appendTo(out);
        return out.toString();
    }

    private static NameAddress bracketed(@Nullable String displayName, String text, int open) {
        int close = text.indexOf('>', open);
        if (close < 0) {
            throw new SipParseException("Expected \">\"", text, text.length());
        }
        Uri uri = Uri.parse(text.substring(open + 1, close));
        return new NameAddress(displayName, uri, Parameters.parse(text, close + 1));
    }

    private static NameAddress bare(String text, int from, int semicolon) {
        int end = semicolon < 0 ? text.length() : semicolon;
        while (end > from && SipText.isSpace(text.charAt(end - 1))) {
            end--;
        }
        String address = text.substring(from, end);
        if (address.indexOf('?') >= 0 || address.indexOf(',') >= 0) {
            throw new SipParseException("URI with \"?\" or \",\" needs angle brackets", text, from);
        }
        Parameters parameters = semicolon < 0 ? Parameters.EMPTY : Parameters.parse(text, semicolon);
        return new NameAddress(null, Uri.parse(address), parameters);
    }

    /** The display name of plain words; null where there is none. */
    private static @Nullable String tokens(String text, int from, int open) {
        int end = open;
        while (end > from && SipText.isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (end == from) {
            return null;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!SipText.isTokenChar(c) && !SipText.isSpace(c) && c < 128) {
                throw new SipParseException("Display name needs quotes", text, i);
            }
        }
        return text.substring(from, end);
    }
}
