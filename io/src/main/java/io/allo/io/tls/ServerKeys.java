package io.allo.io.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses our certificate: the one for the name that the client asked for (SNI, RFC 6066 section 3), and the transport's own where it
 * asked for none or for one that we do not have. Called on the thread of a handshake.
 */
final class ServerKeys extends X509ExtendedKeyManager {

    private final KeyAndChain own;
    private final OfferedCertificates offered;

    /** What was given out, by its alias, so that a handshake finds its key even if a swap comes between. As many as certificates. */
    private final Map<String, KeyAndChain> given = new ConcurrentHashMap<>();

    ServerKeys(KeyAndChain own, OfferedCertificates offered) {
        this.own = own;
        this.offered = offered;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(Set.of(keyType), socket instanceof SSLSocket secured ? secured.getHandshakeSession() : null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(Set.of(keyType), engine == null ? null : engine.getHandshakeSession());
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return give(List.of(own), Set.of(keyTypes));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return give(List.of(own), Set.of(keyTypes));
    }

    private @Nullable String choose(Set<String> keyTypes, @Nullable SSLSession session) {
        String asked = asked(session);
        if (asked.isEmpty() || SipIdentity.covers(own.certificate(), asked, true)) {
            return give(List.of(own), keyTypes);
        }
        List<KeyAndChain> named = offered.all().stream()
                .filter(each -> SipIdentity.covers(each.certificate(), asked, true))
                .toList();
        return give(named.isEmpty() ? List.of(own) : named, keyTypes);
    }

    private @Nullable String give(List<KeyAndChain> candidates, Set<String> keyTypes) {
        for (KeyAndChain candidate : candidates) {
            if (keyTypes.contains(candidate.certificate().getPublicKey().getAlgorithm())) {
                String alias =
                        CertificateStatus.fingerprint(candidate.certificate()).toLowerCase(Locale.ROOT);
                given.put(alias, candidate);
                return alias;
            }
        }
        return null;
    }

    private static String asked(@Nullable SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (var name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return "";
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        KeyAndChain found = given.get(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        KeyAndChain found = given.get(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // only ever chosen one by one
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // only ever chosen one by one
    }
}
