package io.allo.sip.agent;

import io.allo.sip.flow.Flow;
import io.allo.sip.session.InviteSession;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session with what the agent knows of it: its name above, the user part of our Contact, whether the other side's Contact is taken from
 * where it is seen, the endpoint at the other end, and its requests under way by their numbers. Owned by the SIP loop.
 */
final class HeldSession {
    final SessionId id;
    final InviteSession session;
    final @Nullable String contactUser;
    final boolean rewriteContact;

    /** With which endpoint; "" where that is not known. */
    final String endpoint;

    final @Nullable String listenerName;

    /** The flow that the first INVITE was told to take, which is used whatever the URI says while it is open. */
    final @Nullable Flow placedOver;

    final Map<Long, OutgoingRequest> requests = new HashMap<>();

    /** Those above know of it, and are to be told its end. */
    boolean known;

    HeldSession(
            SessionId id,
            InviteSession session,
            @Nullable String contactUser,
            boolean rewriteContact,
            String endpoint,
            @Nullable String listenerName,
            @Nullable Flow placedOver) {
        this.id = id;
        this.session = session;
        this.contactUser = contactUser;
        this.rewriteContact = rewriteContact;
        this.endpoint = endpoint;
        this.listenerName = listenerName;
        this.placedOver = placedOver;
    }
}
