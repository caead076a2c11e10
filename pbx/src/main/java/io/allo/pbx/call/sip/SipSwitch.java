package io.allo.pbx.call.sip;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.media.dtls.LocalDtls;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.DialplanEntry;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.agent.UserAgentCommand;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the SIP side of calls is joined to; made once by the wiring. Immutable, any thread.
 *
 * @param agent where commands for the user agent are posted
 * @param directory the endpoints as configured now
 * @param localAddress the local address (text) from which a remote one is reached, for SDP
 * @param ownAddress whether an address (text) is this machine's
 * @param defaultLanguage of channels whose endpoint names none
 * @param dtls our side of handshakes for keys, by what an endpoint says of them
 */
public record SipSwitch(
        Consumer<UserAgentCommand> agent,
        Calls calls,
        DialplanEntry dialplan,
        MediaPlane media,
        Contacts contacts,
        Supplier<EndpointDirectory> directory,
        Function<String, String> localAddress,
        Predicate<String> ownAddress,
        SipSessions sessions,
        Clock clock,
        RandomSource random,
        String defaultLanguage,
        Function<EndpointSettings.Dtls, LocalDtls> dtls) {

    /** A switch without handshakes for keys. */
    public SipSwitch(
            Consumer<UserAgentCommand> agent,
            Calls calls,
            DialplanEntry dialplan,
            MediaPlane media,
            Contacts contacts,
            Supplier<EndpointDirectory> directory,
            Function<String, String> localAddress,
            Predicate<String> ownAddress,
            SipSessions sessions,
            Clock clock,
            RandomSource random,
            String defaultLanguage) {
        this(
                agent,
                calls,
                dialplan,
                media,
                contacts,
                directory,
                localAddress,
                ownAddress,
                sessions,
                clock,
                random,
                defaultLanguage,
                settings -> LocalDtls.NONE);
    }
}
