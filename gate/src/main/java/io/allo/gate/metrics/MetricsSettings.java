package io.allo.gate.metrics;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the figures are shown: prometheus.conf, and of http.conf the address. Immutable.
 *
 * @param enabled {@code enabled} of both files; no
 * @param bindAddress {@code bindaddr} of http.conf; 127.0.0.1, since Asterisk has none and nobody else is to read it unasked
 * @param bindPort {@code bindport} of http.conf; 8088
 * @param uri {@code uri} of prometheus.conf; metrics
 * @param user,password {@code auth_username} and {@code auth_password}; none
 * @param realm {@code auth_realm}; Asterisk Prometheus Metrics
 */
public record MetricsSettings(
        boolean enabled, String bindAddress, int bindPort, String uri, String user, String password, String realm) {

    /** As if there were no files. */
    public static final MetricsSettings OFF =
            new MetricsSettings(false, "127.0.0.1", 8088, "metrics", "", "", "Asterisk Prometheus Metrics");

    private static final List<String> OF_HTTP_LATER = List.of(
            "prefix",
            "sessionlimit",
            "session_inactivity",
            "session_keep_alive",
            "enable_static",
            "enable_status",
            "redirect",
            "servername",
            "tlsenable",
            "tlsbindaddr",
            "tlscertfile",
            "tlsprivatekey",
            "tlscipher",
            "tlsdisablev1",
            "tlsdisablev11",
            "tlsdisablev12",
            "tlsservercipherorder",
            "static");

    @Override
    public String toString() {
        return "MetricsSettings[" + enabled + ", " + bindAddress + ":" + bindPort + "/" + uri + "]";
    }

    /** Reads both files, of which either may be missing. */
    public static MetricsSettings read(
            Optional<ConfFile> http, Optional<ConfFile> prometheus, Consumer<ConfProblem> problems) {
        var section = http.flatMap(file -> file.section("general"));
        var own = prometheus.flatMap(file -> file.section("general"));
        var address = OFF.bindAddress();
        var port = OFF.bindPort();
        var listening = false;
        if (section.isPresent()) {
            var reader = new SectionReader(section.get(), problems);
            listening = reader.yesNo("enabled", false);
            address = reader.text("bindaddr", address);
            port = reader.integer("bindport", port, 0, 65_535);
            for (var later : OF_HTTP_LATER) {
                reader.inert(later, NOT_YET);
            }
            reader.finish();
        }
        if (own.isEmpty()) {
            return OFF;
        }
        var reader = new SectionReader(own.get(), problems);
        var settings = new MetricsSettings(
                reader.yesNo("enabled", false) && listening,
                address,
                port,
                reader.text("uri", OFF.uri()).replaceFirst("^/+", ""),
                reader.text("auth_username", ""),
                reader.text("auth_password", ""),
                reader.text("auth_realm", OFF.realm()).replace('"', '\''));
        reader.inert("core_metrics_enabled", ALWAYS);
        reader.finish();
        return settings;
    }

    private static final Text NOT_YET = new Text("allo has no such part yet", "allo n'a pas encore cette partie");

    private static final Text ALWAYS = new Text("all figures are shown", "toutes les mesures sont montrées");
}
