package io.allo.pbx.call.sip;

import io.allo.media.port.MediaUnavailableException;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.ChannelTechnology;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.call.ring.PublicCall;
import io.allo.pbx.call.ring.PublicCalls;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.event.CallEvent;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.agent.CallTarget;
import io.allo.sip.registrar.Binding;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PJSIP/… in Dial: {@code endpoint} (each of its contacts rings), {@code endpoint/sip:user@host} (this URI, with the
 * endpoint's settings), {@code number@endpoint} (the number at the endpoint's host, for trunks). SIP/… is the same. Any thread.
 */
public final class SipTechnology implements ChannelTechnology {

    private final SipSwitch sip;
    private final PublicCalls rules;

    /**
     * Calls out through {@code sip}: the targets {@code PJSIP/...} and {@code SIP/...}.
     *
     * @param rules asked before each call
     */
    public SipTechnology(SipSwitch sip, PublicCalls rules) {
        this.sip = sip;
        this.rules = rules;
    }

    @Override
    public List<String> names() {
        return List.of("PJSIP", "SIP");
    }

    @Override
    public List<Channel> create(String resource, Channel caller, String payer) {
        var slash = resource.indexOf('/');
        var at = resource.indexOf('@');
        String number = null;
        String uri = null;
        var name = resource;
        if (slash >= 0) {
            name = resource.substring(0, slash);
            uri = resource.substring(slash + 1);
        } else if (at >= 0 && sip.directory().get().endpoint(resource).isEmpty()) {
            number = resource.substring(0, at);
            name = resource.substring(at + 1);
        }
        if (uri != null && !uri.startsWith("sip")) {
            number = uri;
            uri = null;
        }
        var endpoint = sip.directory().get().endpoint(name).orElse(null);
        if (endpoint == null) {
            throw new DialException(
                    HangupCause.NO_ROUTE_DESTINATION,
                    "there is no endpoint " + name + " in pjsip.conf",
                    "il n'y a pas de poste " + name + " dans pjsip.conf");
        }
        var targets = uri != null ? List.of(explicit(uri, endpoint)) : registered(endpoint, number);
        if (targets.isEmpty()) {
            throw new DialException(
                    HangupCause.SUBSCRIBER_ABSENT,
                    name + " is not registered: no contact in its aors " + endpoint.aors(),
                    name + " n'est pas enregistré : aucun contact dans ses aors " + endpoint.aors());
        }
        var named = uri != null
                ? isContact(endpoint, targets.getFirst().requestUri())
                        ? PublicCall.Named.CONTACT_ADDRESS
                        : PublicCall.Named.ADDRESS
                : number != null ? PublicCall.Named.NUMBER : PublicCall.Named.CONTACT;
        return channels(endpoint, targets, caller, payer, named);
    }

    /** One for each target that can be called; none at all is an error. */
    private List<Channel> channels(
            EndpointSettings endpoint, List<CallTarget> targets, Channel caller, String payer, PublicCall.Named named) {
        var channels = new ArrayList<Channel>();
        DialException failed = null;
        for (var target : targets) {
            try {
                channels.add(asked(endpoint, target, caller, payer, named));
            } catch (DialException impossible) {
                failed = impossible;
            }
        }
        if (channels.isEmpty() && failed != null) {
            throw failed;
        }
        return channels;
    }

    /** Whether an address is one that the endpoint has registered, as PJSIP_DIAL_CONTACTS gives them. */
    private boolean isContact(EndpointSettings endpoint, SipUri uri) {
        return endpoint.aors().stream()
                .flatMap(aor -> sip.contacts().of(aor).stream())
                .map(contact -> contact.binding())
                .flatMap(binding -> Stream.of(binding.target(), binding.contact()))
                .anyMatch(contact ->
                        contact.hostPort().equals(uri.hostPort()) && Objects.equals(contact.user(), uri.user()));
    }

    private static CallTarget explicit(String text, EndpointSettings endpoint) {
        if (text.length() > 2 && Uri.parse(text) instanceof SipUri uri) {
            return new CallTarget(uri, null, routes(endpoint), null, transport(endpoint));
        }
        throw new DialException(
                HangupCause.INVALID_NUMBER_FORMAT,
                "\"" + text + "\" is no SIP URI",
                "« " + text + " » n'est pas une URI SIP");
    }

    private List<CallTarget> registered(EndpointSettings endpoint, @Nullable String number) {
        var targets = new ArrayList<CallTarget>();
        for (var aorName : endpoint.aors()) {
            var aor = sip.directory().get().aor(aorName);
            if (aor != null) {
                for (var contact : aor.contacts()) {
                    if (!(sip.contacts().status(new ContactId(aorName, contact))
                            instanceof ContactStatus.Unreachable)) {
                        targets.add(new CallTarget(
                                withNumber(contact, number), null, routes(endpoint), null, transport(endpoint)));
                    }
                }
            }
            for (var contact : sip.contacts().of(aorName)) {
                if (!(contact.status() instanceof ContactStatus.Unreachable)) {
                    targets.add(bound(contact.binding(), endpoint, number));
                }
            }
        }
        return targets;
    }

    private static CallTarget bound(Binding binding, EndpointSettings endpoint, @Nullable String number) {
        var routes = new ArrayList<NameAddress>(routes(endpoint));
        binding.path().forEach(p -> routes.add(NameAddress.parse(p)));
        return new CallTarget(withNumber(binding.target(), number), null, routes, binding.flow(), transport(endpoint));
    }

    private static SipUri withNumber(SipUri uri, @Nullable String number) {
        return number == null ? uri : uri.withUser(number);
    }

    private static List<NameAddress> routes(EndpointSettings endpoint) {
        var proxy = endpoint.nat().outboundProxy();
        return proxy.isEmpty() ? List.of() : List.of(NameAddress.parse(proxy));
    }

    private static @Nullable String transport(EndpointSettings endpoint) {
        return endpoint.transport().isEmpty() ? null : endpoint.transport();
    }

    /** Made only if the rules let it. */
    private Channel asked(
            EndpointSettings endpoint, CallTarget target, Channel caller, String payer, PublicCall.Named named) {
        if (caller.hopsLeft() < 1) {
            throw new DialException(
                    HangupCause.INTERWORKING,
                    "the call has gone through too many servers (Max-Forwards): somewhere it goes in a circle",
                    "l'appel est passé par trop de serveurs (Max-Forwards) : quelque part il tourne en rond");
        }
        var uniqueId = sip.calls().newUniqueId();
        var uri = target.requestUri();
        var user = uri.user(); // whole: what follows a semicolon is sent too
        rules.begin(new PublicCall(
                caller, payer, endpoint.name(), user == null ? "" : user, PublicCall.place(uri), named, uniqueId));
        var made = false;
        try {
            var channel = channel(endpoint, target, caller, uniqueId);
            made = true;
            return channel;
        } finally {
            if (!made) {
                rules.withdraw(uniqueId);
            }
        }
    }

    private Channel channel(EndpointSettings endpoint, CallTarget target, Channel caller, String uniqueId) {
        var flow = target.flow();
        var path = flow != null
                ? LegPath.over(sip, flow)
                : LegPath.to(sip, nextHop(target), target.listenerName(), isSecure(target));
        OutgoingSipChannel channel;
        try {
            channel = new OutgoingSipChannel(
                    sip,
                    endpoint,
                    target,
                    uniqueId,
                    caller.log(),
                    caller.location(),
                    SipChannel.Addresses.of(sip, endpoint, path, path.remote(), isSecure(target)));
        } catch (MediaUnavailableException noPort) {
            throw new DialException(
                    HangupCause.SWITCH_CONGESTION,
                    SipChannel.whyNoPort(noPort),
                    "aucun port RTP n'est libre : élargissez rtpstart et rtpend dans rtp.conf");
        }
        channel.connectedLine(caller.callerId());
        var known = endpoint.identity().callerId();
        channel.callerId(
                known.number().isEmpty() ? known.withNumber(caller.location().extension()) : known);
        if (endpoint.behaviour().language().isEmpty()) {
            channel.language(caller.language());
        }
        if (channel.accountCode().isEmpty()) {
            channel.accountCode(caller.accountCode());
        }
        channel.hopsLeft(caller.hopsLeft() - 1);
        caller.variables().inheritTo(channel.variables());
        channel.pendingHeaders(AddedHeaders.of(channel.variables()));
        caller.log()
                .add(new CallEvent.ChannelCreated(
                        sip.clock().epochMillis(),
                        caller.log().linkedId(),
                        channel.uniqueId(),
                        channel.name(),
                        endpoint.name(),
                        false,
                        caller.callerId().number(),
                        caller.callerId().name(),
                        caller.location().context(),
                        caller.location().extension(),
                        channel.accountCode(),
                        ""));
        return channel;
    }

    /** Whether the INVITE travels encrypted: by the flow, the URI, the first proxy, or the transport that the endpoint names. */
    private boolean isSecure(CallTarget target) {
        if (target.flow() != null) {
            return target.flow().isSecure();
        }
        var listener = target.listenerName() == null
                ? null
                : sip.directory().get().conf().transports().get(target.listenerName());
        var uri = nextHop(target);
        return listener != null && listener.isSecure() || uri.secure() || isTls(uri.transport());
    }

    private static boolean isTls(@Nullable String transport) {
        return transport != null && (transport.equalsIgnoreCase("tls") || transport.equalsIgnoreCase("wss"));
    }

    private static SipUri nextHop(CallTarget target) {
        return !target.routes().isEmpty() && target.routes().getFirst().uri() instanceof SipUri route
                ? route
                : target.requestUri();
    }
}
