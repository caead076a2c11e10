package io.allo.io.tls;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The files that openssl made (src/test/resources/tls/make.sh). */
final class Fixture {

    private Fixture() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixture.class.getResource("/tls/make.sh"))
                            .toURI())
                    .resolveSibling(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static TlsSettings settings(String certificate, String key) {
        return TlsSettings.DEFAULT.withCertificate(file(certificate), file(key));
    }
}
