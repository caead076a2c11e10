package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code type=transport}. */
final class TransportReader {

    static final Text NOT_YET = new Text("allo has no such part yet", "allo n'a pas encore cette partie");

    static final Text OWN_WAY = new Text("allo decides this by itself", "allo en décide lui-même");

    private static final Map<String, String> PROTOCOLS =
            Map.of("udp", "UDP", "tcp", "TCP", "tls", "TLS", "ws", "WS", "wss", "WSS", "flow", "UDP");

    private TransportReader() {}

    static @Nullable TransportSettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var section = reader.section();
        var protocol = reader.value("protocol", OptionType.oneOf(PROTOCOLS), "UDP");
        var bind = address(reader, "bind", defaultPort(protocol));
        var external = address(reader, "external_signaling_address", -1);
        var externalPort = reader.integer("external_signaling_port", 0, 0, 65_535);
        if (external != null && externalPort > 0) {
            external = external.withPort(externalPort);
        }
        var tls = new TransportSettings.Tls(
                reader.text("cert_file", ""),
                reader.text("priv_key_file", ""),
                reader.text("ca_list_file", ""),
                reader.text("ca_list_path", ""),
                reader.text("method", "").toLowerCase(Locale.ROOT),
                reader.value("cipher", OptionType.LIST, List.of()),
                reader.yesNo("verify_client", false),
                reader.yesNo("verify_server", false),
                reader.yesNo("require_client_cert", false),
                reader.yesNo("allow_wildcard_certs", false),
                reader.text("password", ""));
        var localNets = ranges(reader, "local_net");
        var externalMedia = reader.text("external_media_address", "");
        reader.inert("tos", OWN_WAY);
        reader.inert("cos", OWN_WAY);
        reader.inert("async_operations", OWN_WAY);
        reader.inert(
                "allow_reload", new Text("a reload never cuts a call", "un rechargement ne coupe jamais un appel"));
        reader.inert("domain", OWN_WAY);
        reader.inert("websocket_write_timeout", NOT_YET);
        reader.inert("symmetric_transport", OWN_WAY);
        reader.inert("tcp_keepalive_enable", OWN_WAY);
        reader.inert("tcp_keepalive_idle_time", OWN_WAY);
        reader.inert("tcp_keepalive_interval_time", OWN_WAY);
        reader.inert("tcp_keepalive_probe_count", OWN_WAY);
        if (protocol.startsWith("WS")) {
            reader.entry("protocol")
                    .ifPresent(e -> problems.accept(ConfProblem.warning(
                            e.file(),
                            e.line(),
                            "websocket-later",
                            new Text(
                                    "WebSocket transports are not supported yet; it is ignored",
                                    "les transports WebSocket ne sont pas encore pris en charge ; il est ignoré"),
                            null)));
            return null;
        }
        if (bind == null) {
            bind = new HostPort("0.0.0.0", defaultPort(protocol));
        }
        return new TransportSettings(
                section.name(),
                protocol,
                bind,
                external,
                externalMedia,
                localNets,
                tls,
                section.file(),
                section.line());
    }

    private static int defaultPort(String protocol) {
        return switch (protocol) {
            case "TLS" -> 5061;
            case "WS" -> 80;
            case "WSS" -> 443;
            default -> 5060;
        };
    }

    private static @Nullable HostPort address(SectionReader reader, String option, int defaultPort) {
        var entry = reader.entry(option).orElse(null);
        if (entry == null || entry.value().isBlank()) {
            return null;
        }
        try {
            var parsed = HostPort.parse(bracketed(entry.value().strip()));
            return parsed.port() < 0 ? parsed.withPort(defaultPort) : parsed;
        } catch (RuntimeException wrong) {
            reader.wrong(entry, new Text("an address, with or without :port", "une adresse, avec ou sans :port"));
            return null;
        }
    }

    /** Asterisk takes {@code ::} and {@code 2001:db8::1} without brackets where no port follows. */
    private static String bracketed(String text) {
        var colons = text.chars().filter(c -> c == ':').count();
        return colons > 1 && !text.startsWith("[") ? "[" + text + "]" : text;
    }

    /** Networks, one or several (by commas) to a line. */
    static List<AddressRange> ranges(SectionReader reader, String option) {
        var ranges = new ArrayList<AddressRange>();
        for (var entry : reader.entries(option)) {
            for (var item : entry.value().split(",", -1)) {
                var range = range(reader, entry, item.strip());
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    static @Nullable AddressRange range(SectionReader reader, ConfEntry entry, String text) {
        try {
            return AddressRange.parse(text);
        } catch (RuntimeException wrong) {
            reader.wrong(
                    entry,
                    new Text(
                            "an address or network such as 192.168.0.0/16 or 192.168.0.0/255.255.0.0",
                            "une adresse ou un réseau comme 192.168.0.0/16 ou 192.168.0.0/255.255.0.0"));
            return null;
        }
    }
}
