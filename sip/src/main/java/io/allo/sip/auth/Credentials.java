package io.allo.sip.auth;

import org.jspecify.annotations.Nullable;

/** The question whose password this is, asked upward: who may be who is not this room's business. */
@FunctionalInterface
public interface Credentials {
    /** What is known of the password of {@code username} in {@code realm}; null for a user who is unknown or may not act here. */
    @Nullable
    DigestSecret secret(String username, String realm);
}
