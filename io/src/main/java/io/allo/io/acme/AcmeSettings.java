package io.allo.io.acme;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code [acme]} of allo.conf. Immutable.
 *
 * @param directory {@code directory_url}: where the authority says what it offers (RFC 8555 7.1.1)
 * @param names {@code names}: public host names that the certificate is to be for, the first of them its subject
 * @param email {@code email}: whom the authority tells of troubles; "" for nobody
 * @param http {@code http_bind} and {@code http_port}: where the listener for http-01 is; the authority always comes to port 80 of the names
 * @param agreesTerms {@code agree_terms}: the administrator has read the authority's terms and agrees; without it nothing is asked for
 * @param caFile {@code ca_file}: PEM, whom to trust for the authority's own HTTPS; without it the authorities that the JDK trusts
 */
public record AcmeSettings(
        URI directory,
        List<String> names,
        String email,
        InetSocketAddress http,
        boolean agreesTerms,
        Optional<Path> caFile) {

    /** Let's Encrypt. */
    public static final URI LETS_ENCRYPT = URI.create("https://acme-v02.api.letsencrypt.org/directory");

    public AcmeSettings {
        names = List.copyOf(names);
    }
}
