package io.allo.io.acme;

import java.net.URI;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** An authority whose own HTTPS is vouched for by an authority that the administrator names. Immutable. */
final class PrivateProvider extends GenericAcmeProvider {

    private final SSLContext context;

    PrivateProvider(SSLContext context) {
        this.context = context;
    }

    @Override
    public boolean accepts(URI server) {
        return true;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.getTimeout())
                .sslContext(context)
                .build();
    }
}
