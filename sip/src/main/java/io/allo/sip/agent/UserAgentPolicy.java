package io.allo.sip.agent;

import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * The questions the {@link UserAgent} asks upward: who is this, what may it do. Answered on the SIP loop from an immutable snapshot of
 * the configuration: quickly, without blocking, without side effects.
 */
public interface UserAgentPolicy {

    /** Whether anything from there is listened to at all (access lists by address); otherwise its requests get 403. */
    boolean admits(Flow flow);

    /**
     * Whose request this is, by where it comes from or who it says it is from; null where nobody fits. The agent then asks for
     * credentials that nobody has, so that an unknown user can't be told from a wrong password.
     */
    @Nullable
    EndpointProfile identify(SipRequest request, Flow flow);

    /** How contacts of this address of record are watched. */
    Qualification qualification(String aor);
}
