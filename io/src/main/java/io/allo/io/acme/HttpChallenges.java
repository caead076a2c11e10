package io.allo.io.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers the authority's http-01 requests (RFC 8555 section 8.3), and nothing else, while an order is open. Any thread; requests are
 * answered on virtual threads.
 */
final class HttpChallenges implements AutoCloseable {

    private static final String PATH = "/.well-known/acme-challenge/";
    private static final int BACKLOG = 16;

    private final Map<String, String> authorizations = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpChallenges(HttpServer server) {
        this.server = server;
    }

    /** Listens until it is closed. */
    static HttpChallenges open(InetSocketAddress bind) throws IOException {
        var challenges = new HttpChallenges(HttpServer.create(bind, BACKLOG));
        challenges.server.createContext("/", challenges::answer);
        challenges.server.setExecutor(challenges.threads);
        challenges.server.start();
        return challenges;
    }

    /** From now on the token is answered with this key authorization. */
    void put(String token, String keyAuthorization) {
        authorizations.put(token, keyAuthorization);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = path.startsWith(PATH) ? authorizations.get(path.substring(PATH.length())) : null;
            if (body == null || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
