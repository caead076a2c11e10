package io.allo.server;

import io.allo.io.dtls.DtlsIdentities;
import io.allo.media.dtls.LocalDtls;
import io.allo.pbx.endpoint.EndpointSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which certificate an endpoint's handshakes are made with. Any thread; may read a file. */
final class DtlsCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsCertificates.class);

    private DtlsCertificates() {}

    /** The endpoint's own, or the server's where it names none, or one that can't be used: signalling vouches for either. */
    static LocalDtls of(EndpointSettings.Dtls settings, DtlsIdentities identities) {
        var identity = identities.own();
        if (!settings.certFile().isEmpty()) {
            try {
                identity = identities.load(Path.of(settings.certFile()), Path.of(settings.keyFile()));
            } catch (IOException unusable) {
                LOG.warn(
                        "dtls_cert_file {} can't be used, the server's own certificate is: {}",
                        settings.certFile(),
                        unusable.toString());
            }
        }
        return new LocalDtls(List.of(identity.fingerprint()), settings.setup(), Optional.empty());
    }
}
