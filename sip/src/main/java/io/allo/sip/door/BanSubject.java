package io.allo.sip.door;

import org.jspecify.annotations.Nullable;

/**
 * Who is shut out: an address with all its users, a user coming from one address, or a user from all unknown addresses. {@code source} is null
 * for every address, {@code user} empty for every user.
 */
public record BanSubject(@Nullable Source source, String user) {
    /** How much of a user's name is kept. */
    public static final int USER_LIMIT = 80;

    public BanSubject {
        user = user.length() > USER_LIMIT ? user.substring(0, USER_LIMIT) : user;
        if (source == null && user.isEmpty()) {
            throw new IllegalArgumentException("nobody can't be banned");
        }
    }

    /** All that comes from an address. */
    public static BanSubject of(Source source) {
        return new BanSubject(source, "");
    }

    /** A user, from unknown addresses. */
    public static BanSubject of(String user) {
        return new BanSubject(null, user);
    }

    /** {@code 192.0.2.1}, {@code 101} or {@code 101@192.0.2.1}. */
    @Override
    public String toString() {
        if (source == null) {
            return user;
        }
        return user.isEmpty() ? source.toString() : user + "@" + source;
    }

    /**
     * What {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where the part behind the last @ is no address
     */
    public static BanSubject parse(String text) {
        int at = text.lastIndexOf('@');
        if (at > 0) {
            return new BanSubject(Source.of(text.substring(at + 1)), text.substring(0, at));
        }
        boolean address = text.indexOf(':') >= 0 || text.matches("[0-9]+(\\.[0-9]+){3}");
        return address ? of(Source.of(text)) : of(text);
    }
}
