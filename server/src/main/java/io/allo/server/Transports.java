package io.allo.server;

import io.allo.io.sip.SipTransports;
import io.allo.io.sip.TransportConfig;
import io.allo.io.sip.TransportLimits;
import io.allo.io.tls.TlsException;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.server.certificates.Certificates;
import io.allo.server.certificates.TlsOptions;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.SipListener;
import io.allo.sip.flow.Flow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transports of pjsip.conf, as io.sip opens them and as the user agent names them. No state. */
final class Transports {

    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    private Transports() {}

    /** What to open; without any section, UDP and TCP on the usual port. */
    static List<TransportConfig> toOpen(PjsipConf conf, Path directory, Certificates certificates) throws TlsException {
        var limits = TransportLimits.DEFAULT
                .withConnectionsOfDoor()
                .withKeepAliveIntervalMs(conf.global().keepAliveSeconds() * 1000);
        var configs = new ArrayList<TransportConfig>();
        for (var transport : conf.transports().values()) {
            switch (transport.protocol()) {
                case Flow.UDP, Flow.TCP ->
                    configs.add(TransportConfig.of(transport.name(), transport.protocol(), transport.bind())
                            .withLimits(limits));
                case Flow.TLS ->
                    configs.add(TransportConfig.tls(
                                    transport.name(),
                                    transport.bind(),
                                    certificates.open(
                                            transport.name(), TlsOptions.settings(transport.tls(), directory)))
                            .withLimits(limits));
                default ->
                    LOG.warn(
                            "{}:{}: transport {}: {} comes with the browser phone; it does not listen yet",
                            transport.file(),
                            transport.line(),
                            transport.name(),
                            transport.protocol());
            }
        }
        if (configs.isEmpty()) {
            LOG.warn("pjsip.conf has no transport to listen on: UDP and TCP port 5060 on every address are used");
            var everywhere = new HostPort("0.0.0.0", 5060);
            configs.add(
                    TransportConfig.of("transport-udp", Flow.UDP, everywhere).withLimits(limits));
            configs.add(
                    TransportConfig.of("transport-tcp", Flow.TCP, everywhere).withLimits(limits));
        }
        return configs;
    }

    /** What listens, by the names and addresses that messages are to show. */
    static List<SipListener> listeners(PjsipConf conf, List<SipTransports.Listening> listening) {
        return listening.stream().map(each -> listener(conf, each)).toList();
    }

    private static SipListener listener(PjsipConf conf, SipTransports.Listening listening) {
        var config = listening.config();
        var bound = new HostPort(config.bind().host(), listening.bound().port());
        var transport = conf.transports().get(config.name());
        return transport == null
                ? SipListener.of(config.name(), config.protocol(), bound)
                : new SipListener(
                        config.name(), config.protocol(), bound, transport.externalSignaling(), transport.localNets());
    }
}
