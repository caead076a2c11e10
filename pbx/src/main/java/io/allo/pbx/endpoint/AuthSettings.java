package io.allo.pbx.endpoint;

import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestSecret;
import java.util.List;
import java.util.Set;

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

    /** The same without its password, if it has one: with its hashes for these realms. */
    AuthSettings prepared(Set<String> realms) {
        return secret instanceof DigestSecret.Password password
                ? new AuthSettings(
                        name, username, realm, DigestSecret.Prepared.of(username, realms, password), algorithms)
                : this;
    }
}
