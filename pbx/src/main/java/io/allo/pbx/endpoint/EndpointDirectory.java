package io.allo.pbx.endpoint;

import io.allo.sip.address.SipUri;
import io.allo.sip.agent.EndpointProfile;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.Accounts;
import io.allo.sip.auth.ChallengeKind;
import io.allo.sip.auth.DigestAlgorithm;
import io.allo.sip.auth.DigestPolicy;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.AuthorizationHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.registrar.AorDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is who, by one loaded pjsip.conf: whose request one is, which addresses of record there are, as whom we call. An
 * immutable snapshot: a reload makes another. Any thread.
 */
public final class EndpointDirectory implements AorDirectory {

    private final PjsipConf conf;
    private final Map<String, EndpointProfile> profiles = new HashMap<>();
    private final Map<String, EndpointProfile> decoys = new HashMap<>();
    private final List<EndpointSettings> secured;
    private final long salt;

    /** The endpoints that {@code conf} describes, with what each may do worked out. */
    public EndpointDirectory(PjsipConf conf) {
        this.conf = conf;
        conf.endpoints().values().forEach(e -> profiles.put(e.name(), profile(e, false)));
        secured = profiles.values().stream()
                .filter(profile -> profile.digest() != null)
                .map(profile -> Objects.requireNonNull(conf.endpoints().get(profile.name())))
                .toList();
        secured.forEach(e -> decoys.put(e.name(), profile(e, true)));
        // of what only the administrator knows, so that it stays over a restart
        salt = conf.auths().values().stream()
                .mapToLong(auth -> String.valueOf(auth.secret().ha1(DigestAlgorithm.MD5, auth.username(), "allo"))
                        .hashCode())
                .sum();
    }

    /** What it was made from. */
    public PjsipConf conf() {
        return conf;
    }

    /** The endpoint of this name. */
    public Optional<EndpointSettings> endpoint(String name) {
        return Optional.ofNullable(conf.endpoints().get(name));
    }

    @Override
    public @Nullable AddressOfRecord aor(String name) {
        var settings = conf.aors().get(name);
        return settings == null ? null : settings.record();
    }

    /** Whether an identify section names this address, in four or sixteen octets: a trunk or a peer, which is never banned nor limited. */
    public boolean trusts(byte[] address) {
        return conf.identifies().stream()
                .anyMatch(identify -> identify.matches().stream()
                        .anyMatch(range -> !range.isEverything() && range.contains(address)));
    }

    /** Whether anything from this address is listened to: every acl must admit it. */
    public boolean admits(String host) {
        return conf.acls().stream().allMatch(acl -> acl.admits(host));
    }

    /** What the agent has to know of the endpoint of this name; null where there is none. */
    public @Nullable EndpointProfile profile(String name) {
        return profiles.get(name);
    }

    /** Whether the configuration says that the endpoint of that name is at this address: an identify section, or a contact of its aors. */
    public boolean isAt(String endpoint, String host) {
        return conf.identifies().stream()
                        .filter(identify -> identify.endpoint().equals(endpoint))
                        .flatMap(identify -> identify.matches().stream())
                        .anyMatch(range -> !range.isEverything() && range.contains(host))
                || endpoint(endpoint).stream()
                        .flatMap(settings -> settings.aors().stream())
                        .map(conf.aors()::get)
                        .filter(Objects::nonNull)
                        .flatMap(aor -> aor.record().contacts().stream())
                        .anyMatch(contact -> contact.host().equals(host));
    }

    /** Whether the endpoint of that name may speak from this address. */
    public boolean admits(String endpoint, String host) {
        return endpoint(endpoint).map(e -> e.acl().admits(host)).orElse(false);
    }

    /** Whether the endpoint of that name may register a contact with this host. */
    public boolean admitsContact(String endpoint, String host) {
        return conf.acls().stream().allMatch(acl -> acl.admitsContact(host))
                && endpoint(endpoint).map(e -> e.acl().admitsContact(host)).orElse(false);
    }

    /**
     * As whom a stranger is judged that calls itself {@code user}: as one of the endpoints that have a password, whose own data are read for it,
     * but with a secret that is never right. Always the same for one name, so that the answer does not tell who exists, and neither
     * does what the processor had at hand. Null where nobody has a password.
     */
    public @Nullable EndpointProfile standIn(String user) {
        if (secured.isEmpty()) {
            return null;
        }
        var mixed = (user.hashCode() + salt) * 0x9E3779B97F4A7C15L;
        var endpoint = secured.get((int) Math.floorMod(mixed ^ mixed >>> 32, (long) secured.size()));
        return decoys.get(endpoint.name());
    }

    /**
     * Whose request this is, in the order of endpoint_identifier_order; null if nobody's. Every way is tried even after one has found somebody,
     * so that a name that exists is not found sooner.
     */
    public @Nullable EndpointProfile identify(SipRequest request, Flow flow) {
        String found = null;
        for (var way : conf.global().identifierOrder()) {
            var name = switch (way.strip()) {
                case "ip" -> byAddress(flow);
                case "username" -> byFrom(request);
                case "auth_username" -> byAuthorization(request);
                case "header" -> byHeader(request);
                case "anonymous" -> anonymous();
                default -> null;
            };
            found = found == null ? name : found;
        }
        return found == null ? null : profiles.get(found);
    }

    private @Nullable String byAddress(Flow flow) {
        var host = flow.remote().host();
        for (var identify : conf.identifies()) {
            if (identify.matches().stream().anyMatch(range -> range.contains(host))
                    && profiles.containsKey(identify.endpoint())) {
                return identify.endpoint();
            }
        }
        return null;
    }

    private @Nullable String byHeader(SipRequest request) {
        for (var identify : conf.identifies()) {
            var header = identify.header();
            if (header != null
                    && header.matches(request.headers().all(header.header()))
                    && profiles.containsKey(identify.endpoint())) {
                return identify.endpoint();
            }
        }
        return null;
    }

    private @Nullable String byFrom(SipRequest request) {
        if (!(request.from().uri() instanceof SipUri uri) || uri.user() == null) {
            return null;
        }
        return named(uri.user(), uri.hostPort().host(), "username");
    }

    private @Nullable String byAuthorization(SipRequest request) {
        for (var authorization : request.headers().typed(HeaderName.AUTHORIZATION, AuthorizationHeader::parse)) {
            var username = authorization.value("username");
            var realm = authorization.value("realm");
            if (username != null) {
                var name = named(username, realm == null ? "" : realm, "auth_username");
                if (name != null) {
                    return name;
                }
            }
        }
        return null;
    }

    private @Nullable String named(String user, String domain, String way) {
        var full = conf.endpoints().get(user + "@" + domain);
        var endpoint = full != null ? full : conf.endpoints().get(user);
        return endpoint != null && endpoint.identifyBy().contains(way) ? endpoint.name() : null;
    }

    private @Nullable String anonymous() {
        return conf.endpoints().containsKey("anonymous") ? "anonymous" : null;
    }

    private EndpointProfile profile(EndpointSettings endpoint, boolean decoy) {
        var auths = auths(endpoint.auths());
        return new EndpointProfile(
                endpoint.name(),
                endpoint.auths().isEmpty() ? null : new EndpointCredentials(auths, decoy),
                endpoint.auths().isEmpty() ? null : policy(auths),
                endpoint.aors(),
                endpoint.nat().rewriteContact(),
                endpoint.nat().forceRport(),
                endpoint.session(),
                endpoint.nat().contactUser().isEmpty() ? null : endpoint.nat().contactUser());
    }

    /** Sections named by an endpoint; one that is missing was reported and lets nobody in. */
    private List<AuthSettings> auths(List<String> names) {
        var found = new ArrayList<AuthSettings>();
        for (var name : names) {
            var auth = conf.auths().get(name);
            if (auth != null) {
                found.add(auth);
            }
        }
        return found;
    }

    private DigestPolicy policy(List<AuthSettings> auths) {
        var realm = auths.stream()
                .map(AuthSettings::realm)
                .filter(r -> !r.isEmpty())
                .findFirst()
                .orElse(conf.global().realm());
        var algorithms = new LinkedHashSet<DigestAlgorithm>();
        auths.forEach(a -> algorithms.addAll(a.algorithms()));
        if (algorithms.isEmpty()) {
            algorithms.add(DigestAlgorithm.MD5);
        }
        return new DigestPolicy(ChallengeKind.SERVER, realm, List.copyOf(algorithms), true);
    }

    /** As whom we prove ourselves to an endpoint that challenges us (outbound_auth). */
    public Accounts accounts(EndpointSettings endpoint) {
        var auths = auths(endpoint.outboundAuths());
        return realm -> auths.stream()
                .filter(a -> a.realm().isEmpty()
                        || a.realm().equals("*")
                        || a.realm().equals(realm))
                .map(a -> new Account(a.username(), a.secret()))
                .findFirst()
                .orElse(null);
    }
}
