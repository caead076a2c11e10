package io.allo.pbx.call.sip;

import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.pbx.endpoint.TransportSettings;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The way between us and the other side of a leg: which transport, which of our addresses, which of theirs. By it a leg's sound is bound
 * to the address that its signalling uses, and the right address is named in SDP, for a phone on the LAN, behind a tunnel, or beyond NAT
 * alike (docs/vpn-nat.md). Immutable.
 *
 * @param transport whose external_media_address and local_net hold; null if none is known
 * @param local our address, in text
 * @param remote theirs: an address, or a host name that is still to be looked up
 */
record LegPath(@Nullable TransportSettings transport, String local, String remote) {

    /** Of a call that came over {@code flow}, with this offer if it has one. */
    static LegPath incoming(SipSwitch sip, Flow flow, byte @Nullable [] offer) {
        var path = over(sip, flow);
        var sound = offer == null ? "" : connectionAddress(offer);
        return sound.isEmpty() || path.carries(sound)
                ? path
                : new LegPath(path.transport, sip.localAddress().apply(sound), sound);
    }

    /** Over a flow that is known: ours is the address that the other side has reached. */
    static LegPath over(SipSwitch sip, Flow flow) {
        var local = flow.local().host();
        return new LegPath(
                transport(sip, flow),
                sip.ownAddress().test(local)
                        ? local
                        : sip.localAddress().apply(flow.remote().host()),
                flow.remote().host());
    }

    /** To a target whose flow is still to be found: over the transport that the endpoint names, or the first that speaks its protocol. */
    static LegPath to(SipSwitch sip, SipUri target, @Nullable String transportName, boolean secure) {
        var transports = sip.directory().get().conf().transports();
        var transport = transportName == null ? null : transports.get(transportName);
        if (transport == null) {
            var protocol = secure ? Flow.TLS : "tcp".equalsIgnoreCase(target.transport()) ? Flow.TCP : Flow.UDP;
            transport = transports.values().stream()
                    .filter(each -> each.protocol().equals(protocol))
                    .findFirst()
                    .orElse(null);
        }
        var local = transport == null || isWildcard(transport.bind())
                ? sip.localAddress().apply(target.host())
                : transport.bind().host();
        return new LegPath(transport, local, target.host());
    }

    /** The address to bind for sound, "" for every one: media_address where it is ours, else the one that signalling uses. */
    String bind(SipSwitch sip, EndpointSettings.Media media) {
        if (!media.address().isEmpty()) {
            return media.bindAddress() || sip.ownAddress().test(media.address()) ? media.address() : "";
        }
        var sure = isAddress(remote) && isLoopback(local) == isLoopback(remote) && !isLinkLocal(local);
        return sure && sip.ownAddress().test(local) ? local : "";
    }

    /** The address to name in SDP: media_address, else external_media_address for those beyond local_net, else our own. */
    String announced(EndpointSettings.Media media) {
        if (!media.address().isEmpty()) {
            return media.address();
        }
        return transport == null || transport.externalMedia().isEmpty() || isLocal(transport)
                ? local
                : transport.externalMedia();
    }

    private boolean isLocal(TransportSettings settings) {
        return settings.localNets().stream().anyMatch(net -> net.contains(remote));
    }

    /**
     * Whether our address of the signalling can serve for sound too: not where that is of the other IP version, nor where a proxy on this
     * very machine stands between.
     */
    private boolean carries(String sound) {
        return isIpv6(sound) == isIpv6(local) && (isLoopback(sound) || !isLoopback(local));
    }

    private static @Nullable TransportSettings transport(SipSwitch sip, Flow flow) {
        TransportSettings near = null;
        for (var each : sip.directory().get().conf().transports().values()) {
            var host = isWildcard(each.bind())
                    || each.bind().host().equals(flow.local().host());
            if (host && each.protocol().equals(flow.transport())) {
                if (each.bind().port() == flow.local().port()) {
                    return each;
                }
                near = near == null ? each : near;
            }
        }
        return near; // a connection that we made has a port of its own
    }

    /** Where an offer wants sound, "" if it says so by name or not at all. RFC 8866 section 5.7. */
    private static String connectionAddress(byte[] offer) {
        return new String(offer, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("c=IN IP"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1).strip())
                .filter(address -> isAddress(address) && !address.equals("0.0.0.0") && !address.equals("::"))
                .findFirst()
                .orElse("");
    }

    private static boolean isWildcard(HostPort bind) {
        return bind.host().equals("0.0.0.0") || bind.host().equals("::");
    }

    private static boolean isAddress(String host) {
        return isIpv6(host) || HostPort.of(host).isAddress();
    }

    private static boolean isIpv6(String host) {
        return host.indexOf(':') >= 0;
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("::1");
    }

    private static boolean isLinkLocal(String host) {
        return host.startsWith("fe80:");
    }
}
