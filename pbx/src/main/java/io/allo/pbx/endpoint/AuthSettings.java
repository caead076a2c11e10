package io.allo.pbx.endpoint;

import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.util.List;

/**
 * A section of {@code type=auth}: a user name and its password, or hashes of it. Immutable; never shows its secret.
 *
 * @param realm "" for any
 * @param algorithms what those who say they are this user are asked for, best first
 */
public record AuthSettings(
        String name, String username, String realm, DigestSecret secret, List<DigestAlgorithm> algorithms) {

    public AuthSettings {
        algorithms = List.copyOf(algorithms);
    }
}
