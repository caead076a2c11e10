package io.allo.server;

import io.allo.gate.metrics.Metrics;
import io.allo.gate.metrics.MetricsServer;
import io.allo.gate.metrics.MetricsSettings;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures over HTTP, where http.conf and prometheus.conf of the moment want them. Used by one thread at a time. */
final class MetricsPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private final Metrics metrics;
    private MetricsSettings settings = MetricsSettings.OFF;
    private @Nullable MetricsServer server;

    private MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Shows these figures where they are wanted. */
    static MetricsPage open(Metrics metrics, MetricsSettings settings) {
        var page = new MetricsPage(metrics);
        page.use(settings);
        return page;
    }

    /**
     * Shows them there from now on. A taken address costs the figures, not the calls: then they stay where they were, unless that was
     * the same address.
     *
     * @return what can't be done
     */
    List<ConfProblem> use(MetricsSettings next) {
        if (next.equals(settings) && (server != null) == next.enabled()) {
            return List.of();
        }
        var moved = !next.bindAddress().equals(settings.bindAddress()) || next.bindPort() != settings.bindPort();
        if (!next.enabled() || !moved) {
            close();
        }
        if (!next.enabled()) {
            settings = next;
            return List.of();
        }
        try {
            var opened = MetricsServer.open(next, metrics);
            close();
            server = opened;
            settings = next;
            return List.of();
        } catch (IOException | RuntimeException taken) {
            var why = next.bindAddress() + ":" + next.bindPort() + ": " + taken;
            LOG.error("metrics are not shown over HTTP on {}", why);
            return List.of(ConfProblem.warning(
                    "http.conf",
                    0,
                    "metrics-address",
                    new Text("metrics can't be shown on " + why, "les mesures ne peuvent être montrées sur " + why),
                    null));
        }
    }

    /** The port it answers on; 0 where it does not. */
    int port() {
        return server == null ? 0 : server.port();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
