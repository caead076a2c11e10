package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.dialplan.DialplanException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

/** CURL and CURLOPT: a web page's text. The call waits by {@link Errand}; options are a board of this class's. */
final class CurlFunctions {

    /** Bytes of an answer that are taken. */
    static final int ANSWER_LIMIT = 65_536;

    private static final long LIMIT_SECONDS = 30;
    private static final long CONNECT_SECONDS = 10;

    private final Executor helpers;
    private final String userAgent;
    private final Map<Channel, Map<String, String>> options = new WeakHashMap<>();

    CurlFunctions(Executor helpers, String version) {
        this.helpers = helpers;
        this.userAgent = "allo/" + version;
    }

    void register(FunctionTable table) {
        table.readable("CURL", this::curl);
        table.settable("CURLOPT", this::option, this::setOption);
    }

    private Map<String, String> options(Channel channel) {
        synchronized (options) {
            return Map.copyOf(options.getOrDefault(channel, Map.of()));
        }
    }

    private String option(Call call, String name) {
        return options(call.channel()).getOrDefault(name.strip().toLowerCase(Locale.ROOT), "");
    }

    private void setOption(Call call, String name, String value) {
        var option = name.strip().toLowerCase(Locale.ROOT);
        switch (option) {
            case "conntimeout", "httptimeout", "useragent", "userpwd", "httpheader", "followlocation", "referer" -> {}
            case "ssl_verifypeer" -> {
                if (!Numbers.isYes(value)) {
                    throw new DialplanException("certificates are always verified");
                }
            }
            default ->
                throw new DialplanException(
                        "knows conntimeout, httptimeout, useragent, userpwd, httpheader, followlocation and referer, not "
                                + option);
        }
        synchronized (options) {
            options.computeIfAbsent(call.channel(), channel -> new HashMap<>()).put(option, value.strip());
        }
    }

    /** CURL(url[,post]): the answer's text without its last line end. */
    private String curl(Call call, String data) {
        var arguments = RawArguments.of(data, 2);
        var chosen = options(call.channel());
        var limitSeconds = seconds(chosen, "httptimeout", LIMIT_SECONDS);
        var request = request(arguments, chosen, limitSeconds);
        return Errand.run(call, helpers, limitSeconds * 1_000 + 500, () -> answer(request, chosen));
    }

    private static long seconds(Map<String, String> options, String name, long otherwise) {
        return Math.clamp(Numbers.leadingNumber(options.getOrDefault(name, ""), otherwise), 1, 300);
    }

    private HttpRequest request(RawArguments arguments, Map<String, String> options, long limitSeconds) {
        try {
            var request = HttpRequest.newBuilder(URI.create(arguments.get(0).strip()))
                    .timeout(Duration.ofSeconds(limitSeconds))
                    .header("User-Agent", options.getOrDefault("useragent", userAgent));
            var login = options.get("userpwd");
            if (login != null) {
                var encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
                request.header("Authorization", "Basic " + encoded);
            }
            var header = options.getOrDefault("httpheader", "");
            var colon = header.indexOf(':');
            if (colon > 0) {
                request.header(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip());
            }
            if (options.containsKey("referer")) {
                request.header("Referer", options.get("referer"));
            }
            if (arguments.count() > 1) {
                if (!header.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
                    request.header("Content-Type", "application/x-www-form-urlencoded");
                }
                request.POST(HttpRequest.BodyPublishers.ofString(arguments.get(1)));
            }
            return request.build();
        } catch (IllegalArgumentException broken) {
            throw new DialplanException("\"" + arguments.get(0) + "\" can't be asked: " + broken.getMessage());
        }
    }

    private static String answer(HttpRequest request, Map<String, String> options) {
        var redirects = Numbers.isYes(options.getOrDefault("followlocation", ""))
                ? HttpClient.Redirect.NORMAL
                : HttpClient.Redirect.NEVER;
        try (var client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(seconds(options, "conntimeout", CONNECT_SECONDS)))
                .followRedirects(redirects)
                .build()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var text = new String(body.readNBytes(ANSWER_LIMIT), StandardCharsets.UTF_8);
                client.shutdownNow();
                return text.replaceFirst("\\r?\\n$", "");
            }
        } catch (IOException failed) {
            throw new DialplanException(request.uri().getHost() + " gave no answer: " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DialplanException("was interrupted");
        }
    }
}
