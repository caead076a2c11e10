package io.allo.pbx.endpoint;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.agent.EndpointProfile;
import io.allo.sip.agent.OutgoingProfile;
import io.allo.sip.agent.UserAgentPolicy;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user agent asks, answered from one loaded pjsip.conf. Immutable; asked on the SIP loop. */
public record PhonePolicy(EndpointDirectory directory) implements UserAgentPolicy {

    @Override
    public boolean admits(Flow flow) {
        return directory.admits(flow.remote().host());
    }

    @Override
    public @Nullable EndpointProfile identify(SipRequest request, Flow flow) {
        return directory.identify(request, flow);
    }

    @Override
    public boolean admits(EndpointProfile endpoint, Flow flow) {
        return directory.admits(endpoint.name(), flow.remote().host());
    }

    @Override
    public @Nullable EndpointProfile endpoint(String name) {
        return directory.profile(name);
    }

    @Override
    public boolean speaksFor(String endpoint, Flow flow) {
        return directory.isAt(endpoint, flow.remote().host());
    }

    @Override
    public boolean admitsContact(EndpointProfile endpoint, String host) {
        return directory.admitsContact(endpoint.name(), host);
    }

    @Override
    public @Nullable EndpointProfile standIn(SipRequest request) {
        var user = request.from().uri() instanceof SipUri uri ? uri.user() : null;
        return directory.standIn(user == null ? "" : user);
    }

    @Override
    public @Nullable AddressOfRecord aor(String name) {
        return directory.aor(name);
    }

    @Override
    public List<AddressOfRecord> aors() {
        return directory.conf().aors().values().stream()
                .map(AorSettings::record)
                .toList();
    }

    /** As the endpoint that has the address of record and an account for it, {@code outbound_auth}. */
    @Override
    public @Nullable OutgoingProfile qualifier(String aor) {
        return directory.conf().endpoints().values().stream()
                .filter(e -> e.aors().contains(aor) && !e.outboundAuths().isEmpty())
                .findFirst()
                .map(this::asWhom)
                .orElse(null);
    }

    private @Nullable OutgoingProfile asWhom(EndpointSettings endpoint) {
        var domain = endpoint.identity().fromDomain();
        if (domain.isEmpty()) {
            return null;
        }
        var user = endpoint.identity().fromUser();
        var from = NameAddress.of(SipUri.parse("sip:" + (user.isEmpty() ? endpoint.name() : user) + "@" + domain));
        return new OutgoingProfile(from, directory.accounts(endpoint), endpoint.session(), null, false);
    }

    /** The mailboxes of the address of record that is named, if it is one of the endpoint's, else the endpoint's own; as a list with commas. */
    @Override
    public @Nullable String subscribable(EndpointProfile endpoint, SipRequest subscribe) {
        var conf = directory.conf();
        var user = subscribe.uri() instanceof SipUri uri ? uri.user() : null;
        var aor = user == null || !endpoint.aors().contains(user)
                ? null
                : conf.aors().get(user);
        if (aor != null && !aor.mailboxes().isEmpty()) {
            return String.join(",", aor.mailboxes());
        }
        var settings = conf.endpoints().get(endpoint.name());
        var all = new LinkedHashSet<String>();
        if (settings != null) {
            all.addAll(settings.behaviour().mailboxes());
        }
        for (var name : endpoint.aors()) {
            var own = conf.aors().get(name);
            if (own != null) {
                all.addAll(own.mailboxes());
            }
        }
        return all.isEmpty() ? null : String.join(",", all);
    }
}
