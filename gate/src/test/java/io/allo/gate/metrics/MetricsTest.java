package io.allo.gate.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void figuresAreWrittenAsPrometheusReadsThem() {
        metrics.gauge("allo_calls", "Calls \\ now.\nSecond line", () -> 3)
                .counter("allo_dropped_total", "Dropped.", Map.of("reason", "a\"b\\c\nd"), () -> 12_345_678_901L)
                .counter("allo_dropped_total", "Dropped.", Map.of("reason", "z"), () -> 0)
                .gauge("allo_days", "Days.", () -> 0.25);
        assertEquals("""
                # HELP allo_calls Calls \\\\ now.\\nSecond line
                # TYPE allo_calls gauge
                allo_calls 3
                # HELP allo_days Days.
                # TYPE allo_days gauge
                allo_days 0.25
                # HELP allo_dropped_total Dropped.
                # TYPE allo_dropped_total counter
                allo_dropped_total{reason="a\\"b\\\\c\\nd"} 12345678901
                allo_dropped_total{reason="z"} 0
                """, metrics.text());
    }

    @Test
    void whatCanNotBeReadIsNoNumber() {
        metrics.gauge("a", "A.", () -> {
            throw new IllegalStateException("not now");
        });
        metrics.gauge("b", "B.", () -> Double.POSITIVE_INFINITY);
        assertTrue(metrics.text().contains("\na NaN\n"));
        assertTrue(metrics.text().contains("\nb +Inf\n"));
    }

    @Test
    void namesAndNumbersHaveLimits() {
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("a b", "", () -> 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("a", "", Map.of("x y", ""), () -> 1));
        metrics.gauge("a", "", () -> 1);
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("a", "", () -> 1));
        assertThrows(IllegalStateException.class, () -> {
            for (var i = 0; i <= Metrics.LIMIT; i++) {
                metrics.gauge("g" + i, "", () -> 1);
            }
        });
    }

    private static HttpResponse<String> get(int port, String path, String user) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (!user.isEmpty()) {
                var encoded = java.util.Base64.getEncoder().encodeToString(user.getBytes());
                request.header("Authorization", "Basic " + encoded);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void theyAreShownOverHttpToWhoHasThePassword() throws Exception {
        metrics.gauge("allo_calls", "Calls.", () -> 3);
        var settings = new MetricsSettings(true, "127.0.0.1", 0, "metrics", "monitor", "s3cret", "here");
        try (var server = MetricsServer.open(settings, metrics)) {
            assertEquals(401, get(server.port(), "/metrics", "").statusCode());
            assertEquals(401, get(server.port(), "/metrics", "monitor:wrong").statusCode());
            assertEquals(
                    404, get(server.port(), "/metrics/more", "monitor:s3cret").statusCode());
            assertEquals(404, get(server.port(), "/", "").statusCode());
            var shown = get(server.port(), "/metrics", "monitor:s3cret");
            assertEquals(200, shown.statusCode());
            assertTrue(shown.body().contains("allo_calls 3\n"));
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    shown.headers().firstValue("Content-Type").orElseThrow());
        }
    }

    private static Optional<ConfFile> file(String text) {
        return Optional.of(new ConfParser(ConfSource.of(Map.of("f.conf", text))).parse("f.conf"));
    }

    @Test
    void bothFilesHaveToAskForIt() {
        List<ConfProblem> problems = new ArrayList<>();
        var http = file("[general]\nenabled=yes\nbindaddr=192.0.2.1\nbindport=9090\n");
        var prometheus = file("[general]\nenabled=yes\nuri=/figures\nauth_username=a\nauth_password=b\n");
        var settings = MetricsSettings.read(http, prometheus, problems::add);
        assertEquals(
                new MetricsSettings(true, "192.0.2.1", 9090, "figures", "a", "b", MetricsSettings.OFF.realm()),
                settings);
        assertFalse(settings.toString().contains("b]"));
        assertFalse(MetricsSettings.read(Optional.empty(), prometheus, problems::add)
                .enabled());
        assertFalse(MetricsSettings.read(http, Optional.empty(), problems::add).enabled());
        assertFalse(MetricsSettings.read(http, file("[general]\nenabled=no\n"), problems::add)
                .enabled());
        assertEquals(List.of(), problems);
    }
}
