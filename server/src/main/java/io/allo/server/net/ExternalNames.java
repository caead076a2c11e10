package io.allo.server.net;

import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.endpoint.TransportSettings;
import io.allo.sip.address.HostPort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host names in external_signaling_address and external_media_address, as of a line whose address changes (dynamic DNS): the address that
 * each has now, looked up again every minute. A name that can't be looked up keeps the address that it had; one that never had any leaves
 * our own address in its place. Any thread.
 */
public final class ExternalNames implements AutoCloseable {

    /** How a name becomes an address. */
    @FunctionalInterface
    public interface Lookup {
        /** An address, in text, of {@code name}, IPv4 first. */
        String address(String name) throws UnknownHostException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExternalNames.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Lookup lookup;
    private final Map<String, String> known = new HashMap<>();
    private @Nullable Thread watching;

    public ExternalNames() {
        this(ExternalNames::ask);
    }

    /** With names looked up otherwise than by the system. */
    public ExternalNames(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The configuration with addresses in place of its external names. May wait for a name server. */
    public PjsipConf resolved(PjsipConf conf) {
        if (conf.transports().values().stream().noneMatch(ExternalNames::hasName)) {
            return conf;
        }
        var transports = new LinkedHashMap<String, TransportSettings>();
        conf.transports().forEach((name, transport) -> transports.put(name, resolved(transport)));
        return conf.withTransports(transports);
    }

    /** Looks all names up again that were asked for; whether one has another address now. */
    public boolean refresh() {
        var changed = false;
        for (var name : names()) {
            var before = known(name);
            var now = look(name);
            if (!now.equals(before)) {
                LOG.info("{} has moved from {} to {}", name, before, now);
                changed = true;
            }
        }
        return changed;
    }

    /** Looks again every minute, and tells when an address has changed. Once. */
    public void watch(Runnable changed) {
        watching = Thread.ofVirtual().name("external names").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Thread.sleep(AGAIN);
                    if (refresh()) {
                        changed.run();
                    }
                } catch (InterruptedException closed) {
                    return;
                } catch (RuntimeException fault) {
                    LOG.error("the external names can't be followed", fault); // and they are looked at again
                }
            }
        });
    }

    @Override
    public void close() {
        var thread = watching;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private TransportSettings resolved(TransportSettings transport) {
        var signaling = transport.externalSignaling();
        if (signaling != null && !signaling.isAddress()) {
            var address = addressOf(transport, "external_signaling_address", signaling.host());
            signaling = address.isEmpty() ? null : new HostPort(address, signaling.port());
        }
        var media = transport.externalMedia();
        if (isName(media)) {
            media = addressOf(transport, "external_media_address", media);
        }
        return transport.withExternal(signaling, media);
    }

    private String addressOf(TransportSettings transport, String option, String name) {
        var before = known(name);
        var address = before == null ? look(name) : before;
        if (address.isEmpty()) {
            LOG.warn(
                    "{}:{}: transport {}: {}={} has no address: our own is named to those outside until it has one",
                    transport.file(),
                    transport.line(),
                    transport.name(),
                    option,
                    name);
        }
        return address;
    }

    /** The address now, that of before where nobody tells, "" if there never was one. */
    private String look(String name) {
        String address;
        try {
            address = lookup.address(name);
        } catch (UnknownHostException unknown) {
            LOG.debug("{}: {}", name, unknown.toString());
            var before = known(name);
            address = before == null ? "" : before;
        }
        synchronized (known) {
            known.put(name, address);
        }
        return address;
    }

    private @Nullable String known(String name) {
        synchronized (known) {
            return known.get(name);
        }
    }

    private List<String> names() {
        synchronized (known) {
            return List.copyOf(known.keySet());
        }
    }

    private static boolean hasName(TransportSettings transport) {
        var signaling = transport.externalSignaling();
        return signaling != null && !signaling.isAddress() || isName(transport.externalMedia());
    }

    private static boolean isName(String host) {
        return !host.isEmpty() && !HostPort.of(host).isAddress();
    }

    private static String ask(String name) throws UnknownHostException {
        var all = InetAddress.getAllByName(name);
        for (var address : all) {
            if (address instanceof Inet4Address) {
                return address.getHostAddress();
            }
        }
        return all[0].getHostAddress();
    }
}
