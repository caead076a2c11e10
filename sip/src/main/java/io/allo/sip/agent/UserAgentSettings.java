package io.allo.sip.agent;

import io.allo.sip.locate.LocatorSettings;
import io.allo.sip.transaction.SipTimers;
import java.util.List;

/**
 * What the agent itself is configured with. {@code userAgent} goes into User-Agent and Server (empty: neither is sent), {@code realm} into
 * challenges, {@code maxForwards} into requests. {@code limits} keep memory finite.
 */
public record UserAgentSettings(
        SipTimers timers,
        String userAgent,
        String realm,
        int maxForwards,
        List<SipListener> listeners,
        LocatorSettings locator,
        Limits limits) {

    /** What is refused with 503 and Retry-After once there are that many: sessions, transactions. */
    public record Limits(int sessions, int transactions) {
        /** 20,000 sessions, 100,000 transactions. */
        public static final Limits DEFAULT = new Limits(20_000, 100_000);
    }

    public UserAgentSettings {
        listeners = List.copyOf(listeners);
    }

    /** The RFC's timers, realm {@code allo}, 70 hops. */
    public static UserAgentSettings of(List<SipListener> listeners) {
        return new UserAgentSettings(
                SipTimers.DEFAULT, "allo", "allo", 70, listeners, LocatorSettings.DEFAULT, Limits.DEFAULT);
    }
}
