package io.allo.sip.agent;

import io.allo.sip.address.NameAddress;
import io.allo.sip.auth.Accounts;
import io.allo.sip.session.SessionSettings;
import org.jspecify.annotations.Nullable;

/**
 * As whom we call: the From (without a tag), the accounts that answer challenges, how the session is held, the user part of our Contact
 * (null: the From's), whether the other side's Contact is taken to be where its messages come from, and the name of the endpoint that is
 * called, which has to prove a password for what comes within the call from another address.
 */
public record OutgoingProfile(
        NameAddress from,
        Accounts accounts,
        SessionSettings session,
        @Nullable String contactUser,
        boolean rewriteContact,
        String endpoint) {
    /** No account anywhere: a challenge is a refusal. */
    public static final Accounts NO_ACCOUNTS = realm -> null;

    /** Towards an endpoint whose name is not known: what comes within the call from another address is refused. */
    public OutgoingProfile(
            NameAddress from,
            Accounts accounts,
            SessionSettings session,
            @Nullable String contactUser,
            boolean rewriteContact) {
        this(from, accounts, session, contactUser, rewriteContact, "");
    }

    /** A caller without credentials. */
    public static OutgoingProfile of(NameAddress from) {
        return new OutgoingProfile(from, NO_ACCOUNTS, SessionSettings.DEFAULT, null, false);
    }
}
