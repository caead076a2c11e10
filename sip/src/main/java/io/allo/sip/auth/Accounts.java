package io.allo.sip.auth;

import org.jspecify.annotations.Nullable;

/** The question who we are in a realm, asked upward when a server challenges us. */
@FunctionalInterface
public interface Accounts {
    /** The account to use, null where we have none there. */
    @Nullable
    Account account(String realm);
}
