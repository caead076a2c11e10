package io.allo.pbx.endpoint;

import io.allo.sip.auth.Credentials;
import io.allo.sip.auth.DigestSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may speak for an endpoint: the sections of {@code auth=}. Immutable. */
final class EndpointCredentials implements Credentials {

    /** A section; {@code secret} is its own, or a decoy of it. */
    private record Line(String username, String realm, DigestSecret secret) {}

    private final List<Line> lines;
    private final boolean anyName;

    /** {@code decoy}: takes the same steps for whatever name, over the same data, and gives a secret that is never right. */
    EndpointCredentials(List<AuthSettings> auths, boolean decoy) {
        lines = auths.stream()
                .map(a -> new Line(
                        a.username(), a.realm(), decoy ? new DigestSecret.Decoy(a.secret(), a.username()) : a.secret()))
                .toList();
        anyName = decoy;
    }

    @Override
    public @Nullable DigestSecret secret(String username, String realm) {
        DigestSecret found = null;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            boolean named = line.username().equals(username) | anyName;
            boolean there = line.realm().isEmpty() || line.realm().equals(realm);
            found = found == null && named && there ? line.secret() : found;
        }
        return found;
    }
}
