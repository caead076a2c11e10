package io.allo.sip.agent;

import io.allo.sip.auth.DigestSecret;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.registrar.AorDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The questions the {@link UserAgent} asks upward: who is this, what may it do. Answered on the SIP loop from an immutable snapshot of
 * the configuration: quickly, without blocking, without side effects.
 */
public interface UserAgentPolicy extends AorDirectory {

    /** Whether anything from there is listened to at all (access lists by address); otherwise its requests get 403. */
    boolean admits(Flow flow);

    /**
     * Whose request this is, by where it comes from or who it says it is from; null where nobody fits. The agent then asks for
     * credentials that nobody has, so that an unknown user can't be told from a wrong password.
     */
    @Nullable
    EndpointProfile identify(SipRequest request, Flow flow);

    /**
     * As which endpoint somebody is judged who is nobody's: one like those that exist, whose credentials give {@link DigestSecret.Decoy}s, so
     * that neither the question nor the time it takes tells who exists; always the same for one name. Null for the agent's own realm and
     * MD5, with credentials that nobody has.
     */
    default @Nullable EndpointProfile standIn(SipRequest request) {
        return null;
    }

    /** The endpoint of that name; null where there is none. */
    default @Nullable EndpointProfile endpoint(String name) {
        return null;
    }

    /** Whether the configuration says that this is where the endpoint of that name is, other than by what it has registered. */
    default boolean speaksFor(String endpoint, Flow flow) {
        return false;
    }

    /** Whether access lists let that endpoint speak from there; otherwise it is treated as a stranger. */
    default boolean admits(EndpointProfile endpoint, Flow flow) {
        return true;
    }

    /** Whether access lists let that endpoint register a contact at {@code host}, an address or a name; otherwise it gets 403. */
    default boolean admitsContact(EndpointProfile endpoint, String host) {
        return true;
    }

    /** The addresses of record whose static contacts are to be qualified, for the start and after a reload. */
    List<AddressOfRecord> aors();

    /** As whom contacts of the address of record are asked with OPTIONS; null for the agent itself, without credentials. */
    @Nullable
    OutgoingProfile qualifier(String aor);

    /**
     * What a SUBSCRIBE of that endpoint to {@code message-summary} is about: a name that {@link UserAgentEvent.Subscribed} brings back; null
     * where it has no mailbox.
     */
    default @Nullable String subscribable(EndpointProfile endpoint, SipRequest subscribe) {
        return null;
    }
}
