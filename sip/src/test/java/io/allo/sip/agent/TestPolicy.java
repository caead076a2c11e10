package io.allo.sip.agent;

import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Endpoints by the user of From; whoever has none gets {@link #otherwise}. */
final class TestPolicy implements UserAgentPolicy {
    final Map<String, EndpointProfile> endpoints = new HashMap<>();
    final Map<String, AddressOfRecord> aors = new HashMap<>();

    @Nullable
    EndpointProfile otherwise = EndpointProfile.open("anonymous");

    boolean admits = true;
    boolean admitsContact = true;

    /** Where every endpoint is, by the configuration. */
    String configuredHost = "";

    @Override
    public @Nullable EndpointProfile endpoint(String name) {
        return endpoints.get(name);
    }

    @Override
    public boolean speaksFor(String endpoint, Flow flow) {
        return flow.remote().host().equals(configuredHost);
    }

    @Override
    public boolean admits(Flow flow) {
        return admits;
    }

    @Override
    public boolean admitsContact(EndpointProfile endpoint, String host) {
        return admitsContact;
    }

    @Override
    public @Nullable EndpointProfile identify(SipRequest request, Flow flow) {
        String user = request.from().uri() instanceof SipUri uri ? uri.user() : null;
        return endpoints.getOrDefault(user == null ? "" : user, otherwise);
    }

    @Override
    public @Nullable AddressOfRecord aor(String name) {
        return aors.get(name);
    }

    @Override
    public List<AddressOfRecord> aors() {
        return new ArrayList<>(aors.values());
    }

    @Override
    public @Nullable OutgoingProfile qualifier(String aor) {
        return null;
    }

    @Override
    public @Nullable String subscribable(EndpointProfile endpoint, SipRequest subscribe) {
        return subscribe.uri().toString().contains("alice") ? "101@default" : null;
    }
}
