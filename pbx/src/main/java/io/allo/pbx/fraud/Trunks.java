package io.allo.pbx.fraud;

import io.allo.pbx.call.ring.PublicCall;
import io.allo.pbx.conf.Text;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints are trunks, and why. An endpoint is one if fraud.conf says so, if we prove ourselves to it (outbound_auth), if
 * a registration names it, or if the file says where it is (an aor with contact=): phones say that themselves. An immutable
 * snapshot of one configuration; any thread.
 */
public final class Trunks {

    private final FraudSettings settings;
    private final Map<String, Text> whys = new LinkedHashMap<>();
    private final Set<String> places = new HashSet<>();
    private final Set<String> paid = new HashSet<>();

    /** The trunks of one configuration. */
    public Trunks(EndpointDirectory directory, FraudSettings settings) {
        this.settings = settings;
        for (var endpoint : directory.conf().endpoints().values()) {
            why(endpoint, directory).ifPresent(why -> {
                whys.put(endpoint.name(), why);
                placesOf(endpoint, directory);
            });
        }
        for (var registration : directory.conf().registrations().values()) {
            place(registration.serverUri());
        }
    }

    private Optional<Text> why(EndpointSettings endpoint, EndpointDirectory directory) {
        var name = endpoint.name();
        var rule = settings.trunks().get(name);
        if (rule != null) {
            return rule.isPublic()
                    ? Optional.of(new Text("fraud.conf says so", "fraud.conf le dit"))
                    : Optional.empty();
        }
        if (!endpoint.outboundAuths().isEmpty()) {
            paid.add(name);
            return Optional.of(new Text("it has outbound_auth", "il a outbound_auth"));
        }
        for (var registration : directory.conf().registrations().values()) {
            if (registration.endpoint().equals(name)) {
                paid.add(name);
                return Optional.of(new Text(
                        "registration [" + registration.name() + "] names it",
                        "l'enregistrement [" + registration.name() + "] le nomme"));
            }
        }
        for (var aorName : endpoint.aors()) {
            var aor = directory.aor(aorName);
            if (aor != null && !aor.contacts().isEmpty()) {
                var where = aor.contacts().getFirst().host();
                return Optional.of(
                        new Text("the file says where it is: " + where, "le fichier dit où il est : " + where));
            }
        }
        return Optional.empty();
    }

    private void placesOf(EndpointSettings endpoint, EndpointDirectory directory) {
        for (var aorName : endpoint.aors()) {
            var aor = directory.aor(aorName);
            if (aor != null) {
                for (var contact : aor.contacts()) {
                    places.add(PublicCall.place(contact));
                    if (!isPrivate(contact.host())) {
                        paid.add(endpoint.name());
                    }
                }
            }
        }
        place(endpoint.nat().outboundProxy());
    }

    private void place(String text) {
        if (!text.isEmpty() && uri(text) instanceof SipUri sip) {
            places.add(PublicCall.place(sip));
        }
    }

    /** Null for what is no address: nothing is sent there. */
    private static @Nullable Uri uri(String text) {
        try {
            return NameAddress.parse(text).uri();
        } catch (SipParseException unreadable) {
            return null;
        }
    }

    /** An address that is only reached from within: RFC 1918, RFC 4193, loopback, link-local. */
    private static boolean isPrivate(String host) {
        return host.matches("10\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*|127\\..*|169\\.254\\..*"
                + "|\\[?(::1|f[cd][0-9a-fA-F]{2}:.*|fe80:.*)\\]?|localhost");
    }

    /** Whether calls to this endpoint go to the public network. */
    public boolean isTrunk(String endpoint) {
        return whys.containsKey(endpoint);
    }

    /** Why it is one; empty if it is none. */
    public Optional<Text> why(String endpoint) {
        return Optional.ofNullable(whys.get(endpoint));
    }

    /** All, with the reason. */
    public Map<String, Text> all() {
        return Map.copyOf(whys);
    }

    /** Whether fraud.conf says that an endpoint is another of our own systems. */
    boolean isOurs(String endpoint) {
        var rule = settings.trunks().get(endpoint);
        return rule != null && !rule.isPublic();
    }

    /** Whether short numbers there are its own extensions: a system on our own network that nobody pays by password. */
    boolean hasExtensions(String endpoint) {
        return !paid.contains(endpoint) && !settings.trunks().containsKey(endpoint);
    }

    /** Whether a trunk is at this host and port. */
    boolean isTrunkPlace(String place) {
        return places.contains(place);
    }

    /** How a trunk wants its numbers. */
    NumberFormat format(String endpoint) {
        var rule = settings.trunks().get(endpoint);
        return rule == null ? NumberFormat.AUTO : rule.numbers();
    }
}
