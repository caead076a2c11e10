package io.allo.pbx.call.sip;

import io.allo.pbx.call.PartyId;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.TelUri;
import io.allo.sip.address.Uri;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, read from and written to SIP headers: From, P-Asserted-Identity and Privacy (RFC 3323, RFC 3325),
 * Remote-Party-ID (as Asterisk and many phones still use it). Stateless.
 */
final class SipIdentity {

    private static final String ANONYMOUS_HOST = "anonymous.invalid";

    private SipIdentity() {}

    /** Who calls by an INVITE: what the configuration says, else what a trusted phone asserts, else its From. */
    static PartyId caller(SipRequest invite, EndpointSettings endpoint) {
        var configured = endpoint.identity().callerId();
        var claimed = endpoint.identity().trustInbound() ? asserted(invite.headers()) : null;
        if (claimed == null) {
            claimed = party(invite.from());
        }
        var party = configured.number().isEmpty() ? claimed : configured;
        if (party.name().isEmpty() && !configured.name().isEmpty()) {
            party = party.withName(configured.name());
        }
        var presentation = configured.presentation().isAllowed() ? party.presentation() : configured.presentation();
        return party.withPresentation(presentation);
    }

    private static @Nullable PartyId asserted(Headers headers) {
        var pai = headers.first("P-Asserted-Identity");
        var rpid = headers.first("Remote-Party-ID");
        if (pai == null && rpid == null) {
            return null;
        }
        var address = NameAddress.parse(pai != null ? pai : rpid == null ? "" : rpid);
        var party = party(address);
        var hidden = headers.hasToken("Privacy", "id")
                || pai == null && "full".equalsIgnoreCase(address.parameters().value("privacy"));
        return hidden ? party.withPresentation(PartyId.Presentation.PROHIBITED_NOT_SCREENED) : party;
    }

    /** The party that an address names. */
    static PartyId party(NameAddress address) {
        var name = address.displayName() == null ? "" : address.displayName();
        var party = PartyId.UNKNOWN.withName(name).withNumber(WireName.plain(user(address.uri())));
        var anonymous = address.uri() instanceof SipUri uri && uri.host().equalsIgnoreCase(ANONYMOUS_HOST);
        return anonymous ? party.withPresentation(PartyId.Presentation.PROHIBITED_NOT_SCREENED) : party;
    }

    /** The user part of a URI, "" if it has none. */
    static String user(Uri uri) {
        return switch (uri) {
            case SipUri sip -> {
                var user = sip.user();
                if (user == null) {
                    yield "";
                }
                var semicolon = user.indexOf(';');
                yield semicolon < 0 ? user : user.substring(0, semicolon);
            }
            case TelUri tel -> tel.number();
            default -> "";
        };
    }

    /** The From of a call to an endpoint, without a tag. */
    static NameAddress from(PartyId caller, EndpointSettings callee, String localHost) {
        var identity = callee.identity();
        var shown = caller.presentation().isAllowed() || identity.trustOutbound();
        var host = identity.fromDomain().isEmpty() ? localHost : identity.fromDomain();
        if (!shown) {
            var uri = SipUri.of("anonymous", HostPort.of(ANONYMOUS_HOST));
            return NameAddress.of("Anonymous", identity.fromUser().isEmpty() ? uri : uri.withUser(identity.fromUser()));
        }
        var user = !identity.fromUser().isEmpty()
                ? identity.fromUser()
                : caller.number().isEmpty() ? "anonymous" : caller.number();
        return NameAddress.of(caller.name().isEmpty() ? null : caller.name(), SipUri.of(user, HostPort.of(host)));
    }

    /** The headers that tell an endpoint who is at the other end, as far as it is to be told. */
    static Headers identity(PartyId party, EndpointSettings to, String localHost) {
        var identity = to.identity();
        var headers = Headers.builder();
        var allowed = party.presentation().isAllowed();
        if (party.number().isEmpty() || !allowed && !identity.trustOutbound()) {
            return headers.build();
        }
        var host = identity.fromDomain().isEmpty() ? localHost : identity.fromDomain();
        var address = NameAddress.of(
                party.name().isEmpty() ? null : party.name(), SipUri.of(party.number(), HostPort.of(host)));
        if (identity.sendPai()) {
            headers.add("P-Asserted-Identity", address.toString());
            if (!allowed) {
                headers.add("Privacy", "id");
            }
        }
        if (identity.sendRpid()) {
            headers.add(
                    "Remote-Party-ID",
                    address.withParameter("party", "calling")
                            .withParameter("privacy", allowed ? "off" : "full")
                            .withParameter("screen", "no")
                            .toString());
        }
        return headers.build();
    }
}
