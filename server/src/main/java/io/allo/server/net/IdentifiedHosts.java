package io.allo.server.net;

import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.IdentifySettings;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.sip.agent.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host names in {@code match} of {@code type=identify}: looked up when the configuration is taken, all at once, as Asterisk does; a
 * reload looks again. A name without an address identifies nobody, and the log says so. No state.
 */
public final class IdentifiedHosts {

    private static final Logger LOG = LoggerFactory.getLogger(IdentifiedHosts.class);

    private IdentifiedHosts() {}

    /** Who is who by this configuration, with the addresses that its host names have now. */
    public static EndpointDirectory directory(PjsipConf conf) {
        if (conf.identifies().stream().allMatch(identify -> identify.hosts().isEmpty())) {
            return new EndpointDirectory(conf);
        }
        List<Future<IdentifySettings>> lookups;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            lookups = conf.identifies().stream()
                    .map(identify -> threads.submit(() -> resolved(identify)))
                    .toList();
        }
        var identifies = lookups.stream().map(Future::resultNow).toList();
        return new EndpointDirectory(new PjsipConf(
                conf.transports(),
                conf.endpoints(),
                conf.aors(),
                conf.auths(),
                identifies,
                conf.acls(),
                conf.registrations(),
                conf.global()));
    }

    private static IdentifySettings resolved(IdentifySettings identify) {
        var matches = new ArrayList<AddressRange>(identify.matches());
        for (var host : identify.hosts()) {
            matches.addAll(addresses(identify.name(), host));
        }
        return new IdentifySettings(identify.name(), identify.endpoint(), matches, List.of(), identify.header());
    }

    private static List<AddressRange> addresses(String section, String host) {
        try {
            var ranges = new ArrayList<AddressRange>();
            for (var address : InetAddress.getAllByName(host)) {
                ranges.add(AddressRange.parse(address.getHostAddress()));
            }
            return ranges;
        } catch (UnknownHostException unknown) {
            LOG.warn("pjsip.conf [{}]: match={} has no address, so it identifies nobody until a reload", section, host);
            return List.of();
        }
    }
}
