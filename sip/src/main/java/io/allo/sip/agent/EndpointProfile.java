package io.allo.sip.agent;

import io.allo.sip.auth.Accounts;
import io.allo.sip.auth.Credentials;
import io.allo.sip.auth.DigestPolicy;
import io.allo.sip.session.SessionSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent has to know of an endpoint whose request came in. {@code credentials} is who may speak for it, null where nobody has to
 * prove anything; {@code digest} how that is asked for, null for the agent's own realm and MD5. {@code aors} are the addresses of record
 * it may register. {@code rewriteContact}: its Contact is taken to be where its messages come from; {@code forceRport}: it is answered where
 * its requests come from, asked for or not. {@code contactUser} is the user part of our Contact towards it, null for the one it called.
 * {@code accounts} answer its challenges to our requests within its calls.
 */
public record EndpointProfile(
        String name,
        @Nullable Credentials credentials,
        @Nullable DigestPolicy digest,
        List<String> aors,
        boolean rewriteContact,
        boolean forceRport,
        SessionSettings session,
        @Nullable String contactUser,
        Accounts accounts) {

    public EndpointProfile {
        aors = List.copyOf(aors);
    }

    /** An endpoint whose challenges we don't answer. */
    public EndpointProfile(
            String name,
            @Nullable Credentials credentials,
            @Nullable DigestPolicy digest,
            List<String> aors,
            boolean rewriteContact,
            boolean forceRport,
            SessionSettings session,
            @Nullable String contactUser) {
        this(
                name,
                credentials,
                digest,
                aors,
                rewriteContact,
                forceRport,
                session,
                contactUser,
                OutgoingProfile.NO_ACCOUNTS);
    }

    /** An endpoint that proves nothing and registers nothing. */
    public static EndpointProfile open(String name) {
        return new EndpointProfile(name, null, null, List.of(), false, false, SessionSettings.DEFAULT, null);
    }
}
