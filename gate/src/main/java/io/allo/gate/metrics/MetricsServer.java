package io.allo.gate.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the figures over HTTP, to whoever has the password if there is one. A virtual thread for each request, few at a time. */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private static final int BACKLOG = 16;
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final MetricsSettings settings;
    private final Metrics metrics;

    private MetricsServer(HttpServer server, MetricsSettings settings, Metrics metrics) {
        this.server = server;
        this.settings = settings;
        this.metrics = metrics;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("metrics").factory());
        server.setExecutor(threads);
        server.createContext("/" + settings.uri(), this::answer);
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the address can't be bound
     */
    public static MetricsServer open(MetricsSettings settings, Metrics metrics) throws IOException {
        var address = new InetSocketAddress(settings.bindAddress(), settings.bindPort());
        var server = new MetricsServer(HttpServer.create(address, BACKLOG), settings, metrics);
        server.server.start();
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (!path.equals("/" + settings.uri())) {
                respond(exchange, 404, "");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                respond(exchange, 405, "");
            } else if (!isAllowed(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"" + settings.realm() + "\"");
                respond(exchange, 401, "");
            } else {
                respond(exchange, 200, metrics.text());
            }
        } catch (IOException e) {
            LOG.debug("a request for metrics ended: {}", e.toString());
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        if (settings.user().isEmpty()) {
            return true;
        }
        var wanted = "Basic "
                + Base64.getEncoder()
                        .encodeToString((settings.user() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8));
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
