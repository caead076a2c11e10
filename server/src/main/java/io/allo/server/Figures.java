package io.allo.server;

import io.allo.gate.metrics.Metrics;
import io.allo.io.dtls.DtlsHandshakes;
import io.allo.io.media.LoopMediaPlane;
import io.allo.io.sip.SipCounters;
import io.allo.io.sip.SipLoop;
import io.allo.io.sip.SipTransports;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.pbx.call.Calls;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.fraud.FraudGuard;
import io.allo.sip.door.Door;
import java.util.Locale;
import java.util.Map;

/** What the metrics show of the running system. No state. */
final class Figures {

    private Figures() {}

    static Metrics of(Calls calls, Contacts contacts, LoopMediaPlane media, SipLoop loop, SipTransports transports) {
        var counters = transports.counters();
        return new Metrics()
                .gauge("allo_calls", "Calls in progress.", calls::callCount)
                .counter("allo_calls_started_total", "Calls since the start.", calls::startedTotal)
                .gauge("asterisk_calls_count", "Calls in progress, by Asterisk's name.", calls::callCount)
                .gauge(
                        "allo_channels",
                        "Channels in use.",
                        () -> calls.channels().size())
                .gauge(
                        "asterisk_channels_count",
                        "Channels in use, by Asterisk's name.",
                        () -> calls.channels().size())
                .gauge(
                        "allo_registrations",
                        "Contacts that are registered.",
                        () -> contacts.all().size())
                .gauge("allo_media_ports", "Pairs of RTP ports in use.", media::portsInUse)
                .counter(
                        "allo_media_refused_total",
                        "Packets thrown away at the ports of calls that have ended: from elsewhere, broken or not authentic.",
                        media::packetsRefused)
                .counter(
                        "allo_media_unauthenticated_total",
                        "Encrypted packets of calls that have ended that were forged, broken or sent twice.",
                        media::packetsUnauthenticated)
                .counter("allo_sip_received_total", "SIP messages that came and were let in.", counters.received::sum)
                .counter("allo_sip_sent_total", "SIP messages sent.", counters.sent::sum)
                .counter("allo_sip_malformed_total", "What came and was no message.", counters.malformed::sum)
                .counter("allo_sip_lost_total", "Datagrams lost because too many waited.", counters.lost::sum)
                .counter("allo_sip_keepalives_total", "Keep-alives that came.", counters.keepAlives::sum)
                .gauge("allo_sip_connections", "Connections that are up.", transports::connectionCount)
                .counter("allo_sip_connections_total", "Connections taken or opened.", counters.connections::sum)
                .counter(
                        "allo_sip_connections_refused_total",
                        "Connections refused because too many were open.",
                        counters.connectionsRefused::sum)
                .counter(
                        "allo_sip_slow_peers_total", "Connections whose peer read too slowly.", counters.slowPeers::sum)
                .counter(
                        "allo_sip_hoarders_total",
                        "Connections closed because unfinished messages together took too much memory.",
                        counters.hoarders::sum)
                .gauge(
                        "allo_sip_unfinished_bytes",
                        "What connections hold of messages whose end has not come.",
                        transports::unfinishedBytes)
                .gauge(
                        "allo_sip_inbox",
                        "Steps that wait for the SIP loop.",
                        () -> loop.inbox().size())
                .gauge(
                        "allo_sip_inbox_highest",
                        "Most steps that ever waited.",
                        () -> loop.inbox().highest())
                .gauge("allo_memory_used_bytes", "Memory in use.", Figures::memoryBytes);
    }

    /** Handshakes of encrypted sound and signalling. */
    static void add(Metrics metrics, DtlsHandshakes handshakes, SipCounters counters) {
        add(metrics, counters);
        metrics.counter("allo_dtls_handshakes_total", "DTLS handshakes that gave keys.", handshakes::completed)
                .gauge("allo_dtls_handshakes_under_way", "DTLS handshakes under way.", handshakes::running);
        for (var reason : HandshakeOutcome.Reason.values()) {
            metrics.counter(
                    "allo_dtls_handshakes_failed_total",
                    "DTLS handshakes that gave no keys, by reason.",
                    Map.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    () -> handshakes.failed(reason));
        }
    }

    private static void add(Metrics metrics, SipCounters counters) {
        var help = "TLS handshakes that failed, by reason.";
        var name = "allo_tls_handshakes_failed_total";
        metrics.counter("allo_tls_handshakes_total", "TLS handshakes that were agreed on.", counters.tlsHandshakes::sum)
                .gauge("allo_tls_handshakes_under_way", "TLS handshakes under way.", counters.tlsUnderWay::sum)
                .counter(name, help, Map.of("reason", "timeout"), counters.tlsTimeouts::sum)
                .counter(name, help, Map.of("reason", "refused"), counters.tlsRefused::sum)
                .counter(name, help, Map.of("reason", "cut_off"), counters.tlsCutOff::sum);
    }

    private static double memoryBytes() {
        var runtime = Runtime.getRuntime();
        return (double) runtime.totalMemory() - runtime.freeMemory();
    }

    static void add(Metrics metrics, Gatehouse gatehouse) {
        var door = gatehouse.door();
        var counters = door.counters();
        dropped(metrics, "banned", counters.banned::sum);
        dropped(metrics, "stranger_limit", counters.strangerLimit::sum);
        dropped(metrics, "all_strangers_limit", counters.allStrangersLimit::sum);
        dropped(metrics, "known_limit", counters.knownDropped::sum);
        dropped(metrics, "scanner", counters.scanners::sum);
        metrics.counter(
                        "allo_door_refused_total",
                        "Requests of known addresses answered 503.",
                        counters.knownLimit::sum)
                .counter(
                        "allo_door_connections_refused_total",
                        "Connections refused because too many came.",
                        counters.connections::sum)
                .counter("allo_door_failures_total", "Wrong passwords and unknown users.", counters.failures::sum)
                .counter(
                        "allo_door_unproven_failures_total",
                        "The same, from addresses that may be somebody else's.",
                        counters.unprovenFailures::sum)
                .counter("allo_door_delayed_total", "Answers that had to wait.", counters.delayed::sum)
                .counter("allo_door_bans_total", "Bans made.", counters.bans::sum)
                .gauge(
                        "allo_door_bans",
                        "Bans that hold.",
                        () -> gatehouse.bans().size())
                .counter(
                        "allo_security_log_unwritten_total",
                        "Events that were too many to write.",
                        gatehouse::unwritten);
        tables(metrics, door);
    }

    private static void tables(Metrics metrics, Door door) {
        var help = "Entries of the door's tables.";
        metrics.gauge(
                        "allo_door_table",
                        help,
                        table("addresses"),
                        () -> door.sizes().visitors())
                .gauge(
                        "allo_door_table",
                        help,
                        table("registered"),
                        () -> door.sizes().registered())
                .gauge(
                        "allo_door_table",
                        help,
                        table("failing_addresses"),
                        () -> door.sizes().failingAddresses())
                .gauge(
                        "allo_door_table",
                        help,
                        table("failing_users"),
                        () -> door.sizes().failingUsers())
                .gauge(
                        "allo_door_table",
                        help,
                        table("failing_users_there"),
                        () -> door.sizes().failingUsersThere())
                .gauge(
                        "allo_door_table",
                        help,
                        table("bans"),
                        () -> door.sizes().bans());
    }

    /** Calls to the public network. */
    static void add(Metrics metrics, FraudGuard guard) {
        var help = "Calls to the public network, by what the rules said.";
        metrics.counter(
                        "allo_public_calls_total",
                        help,
                        Map.of("verdict", "allowed"),
                        () -> guard.totals().allowed())
                .counter(
                        "allo_public_calls_total",
                        help,
                        Map.of("verdict", "refused"),
                        () -> guard.totals().refused())
                .counter(
                        "allo_public_calls_total",
                        help,
                        Map.of("verdict", "emergency"),
                        () -> guard.totals().emergencies())
                .counter(
                        "allo_one_ring_calls_total",
                        "Calls from abroad that rang once and gave up.",
                        () -> guard.totals().oneRingCalls())
                .counter(
                        "allo_public_calls_cut_total",
                        "Calls ended far beyond their user's minutes.",
                        () -> guard.totals().cut());
    }

    private static Map<String, String> table(String name) {
        return Map.of("table", name);
    }

    private static void dropped(Metrics metrics, String reason, java.util.function.LongSupplier count) {
        metrics.counter("allo_door_dropped_total", "Messages dropped by the door.", Map.of("reason", reason), count);
    }
}
