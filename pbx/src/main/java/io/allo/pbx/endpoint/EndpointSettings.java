package io.allo.pbx.endpoint;

import io.allo.media.dtls.DtlsSetup;
import io.allo.media.sdp.Capabilities;
import io.allo.pbx.call.PartyId;
import io.allo.sip.session.SessionSettings;
import java.util.List;

/**
 * A section of {@code type=endpoint}: a phone, a user or a trunk. Immutable. Names are Asterisk's, grouped.
 *
 * @param auths sections that say as whom it must prove itself; empty: it need not
 * @param outboundAuths sections that say as whom we prove ourselves to it
 * @param transport the transport to call it from, "" for any
 * @param acl from where it may speak to us, and what its contacts may be
 * @param identifyBy username, auth_username, ip, header
 */
public record EndpointSettings(
        String name,
        String context,
        List<String> aors,
        List<String> auths,
        List<String> outboundAuths,
        String transport,
        List<String> identifyBy,
        Capabilities capabilities,
        SessionSettings session,
        Nat nat,
        Identity identity,
        Media media,
        Behaviour behaviour,
        AclSettings acl) {

    public EndpointSettings {
        aors = List.copyOf(aors);
        auths = List.copyOf(auths);
        outboundAuths = List.copyOf(outboundAuths);
        identifyBy = List.copyOf(identifyBy);
    }

    /** What makes phones behind address translators work. */
    public record Nat(boolean rewriteContact, boolean forceRport, String outboundProxy, String contactUser) {}

    /**
     * Who it is to others and what it may say of itself.
     *
     * @param callerId given to its calls; unknown where the file names none
     * @param fromUser,fromDomain user and host of the From of calls to it, "" for the caller's number and our address
     */
    public record Identity(
            PartyId callerId,
            String fromUser,
            String fromDomain,
            boolean trustInbound,
            boolean trustOutbound,
            boolean sendPai,
            boolean sendRpid,
            boolean sendConnectedLine) {}

    /**
     * Its sound.
     *
     * @param address bound and named in SDP, "" for the address it is reached by
     * @param timeoutSeconds,holdTimeoutSeconds 0 for never
     */
    public record Media(
            String address,
            boolean bindAddress,
            int timeoutSeconds,
            int holdTimeoutSeconds,
            int keepAliveSeconds,
            Dtls dtls) {}

    /**
     * Its handshakes for keys.
     *
     * @param certFile,keyFile PEM files of our certificate and its key, "" for the server's own
     * @param setup who begins where we have the choice
     */
    public record Dtls(String certFile, String keyFile, DtlsSetup setup) {}

    /**
     * How its calls are treated.
     *
     * @param mohPassthrough it is told by re-INVITE that the other side holds it, or takes it back
     * @param followRedirects a 3xx is followed ({@code redirect_method=user} or {@code uri_core}); else it ends the call
     * @param deviceBusyAt calls at which it counts as busy, 0 for never
     */
    public record Behaviour(
            String language,
            String accountCode,
            String toneZone,
            List<Variable> variables,
            boolean inbandProgress,
            boolean mohPassthrough,
            boolean followRedirects,
            boolean allowTransfer,
            int deviceBusyAt,
            String callGroup,
            String pickupGroup,
            String mohSuggest,
            String messageContext,
            List<String> mailboxes) {
        public Behaviour {
            variables = List.copyOf(variables);
            mailboxes = List.copyOf(mailboxes);
        }
    }

    /** A {@code set_var}. */
    public record Variable(String name, String value) {}
}
