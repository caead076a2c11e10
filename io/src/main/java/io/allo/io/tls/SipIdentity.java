package io.allo.io.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.util.IPAddress;

/** For which SIP domain a certificate speaks, RFC 5922 7. Pure functions. */
final class SipIdentity {

    private SipIdentity() {}

    /**
     * Whether the certificate is for this host name or literal address: by a {@code sip:} URI, a DNS name or an address among its
     * alternative names; by its common name only if it has no such alternative name at all (7.1).
     */
    static boolean speaksFor(X509Certificate certificate, String domain, boolean wildcards)
            throws CertificateParsingException {
        List<String> identities = identities(certificate);
        return identities.stream().anyMatch(identity -> matches(identity, domain, wildcards));
    }

    /** The same for a certificate of ours, whose names a client asks for; one with unreadable names speaks for nobody. */
    static boolean covers(X509Certificate certificate, String name, boolean wildcards) {
        try {
            return speaksFor(certificate, name, wildcards);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static List<String> identities(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        var identities = new ArrayList<String>();
        for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
            int kind = (Integer) name.getFirst();
            if (name.get(1) instanceof String text) {
                switch (kind) {
                    case URI -> sipDomain(text).ifPresent(identities::add);
                    case DNS, ADDRESS -> identities.add(text);
                    default -> {
                        // mail and directory names say nothing about a host
                    }
                }
            }
        }
        return identities.isEmpty() ? commonNames(certificate) : identities;
    }

    /** The domain of {@code sip:example.com}; a URI with a user part does not speak for a domain (7.1). */
    private static Optional<String> sipDomain(String uri) {
        if (!uri.regionMatches(true, 0, "sip:", 0, 4) || uri.indexOf('@') >= 0) {
            return Optional.empty();
        }
        return Optional.of(uri.substring(4).replaceAll("[;?].*", "").replaceAll(":\\d+$", ""));
    }

    private static List<String> commonNames(X509Certificate certificate) throws CertificateParsingException {
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName());
            return name.getRdns().stream()
                    .filter(r -> r.getType().equalsIgnoreCase("CN"))
                    .map(Rdn::getValue)
                    .map(Object::toString)
                    .toList();
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("unreadable subject", e);
        }
    }

    private static boolean matches(String identity, String domain, boolean wildcards) {
        String theirs = identity.toLowerCase(Locale.ROOT);
        String wanted = domain.toLowerCase(Locale.ROOT);
        if (theirs.equals(wanted) || sameAddress(theirs, wanted)) {
            return true;
        }
        int dot = wanted.indexOf('.');
        return wildcards
                && dot > 0
                && theirs.startsWith("*.")
                && theirs.substring(1).equals(wanted.substring(dot));
    }

    private static boolean sameAddress(String one, String other) {
        if (!IPAddress.isValidIPv6(one) || !IPAddress.isValidIPv6(other)) {
            return false;
        }
        return InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other));
    }

    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;
}
