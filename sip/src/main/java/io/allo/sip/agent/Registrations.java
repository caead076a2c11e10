package io.allo.sip.agent;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.dialog.RouteSet;
import io.allo.sip.dialog.Tags;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.CSeqHeader;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.registrar.Binding;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactQualification;
import io.allo.sip.registrar.ContactStatus;
import io.allo.sip.registrar.QualificationEvent;
import io.allo.sip.registrar.Reception;
import io.allo.sip.registrar.Registrar;
import io.allo.sip.registrar.RegistrarEvent;
import io.allo.sip.registrar.RegistrarSettings;
import io.allo.sip.registrar.WallTime;
import io.allo.sip.session.Abilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registrar and the watch over its contacts, joined: what registers is asked with OPTIONS whether it is there, what goes is no longer
 * asked. Owned by the SIP loop.
 */
final class Registrations {
    private final AgentState state;
    private final Requester requester;
    private final Registrar registrar;
    private final ContactQualification qualification;
    private final Outbox<RegistrarEvent> changes = new Outbox<>();
    private final Outbox<QualificationEvent> questions = new Outbox<>();

    Registrations(AgentState state, Requester requester, WallTime wallTime) {
        this.state = state;
        this.requester = requester;
        this.qualification = new ContactQualification(state.random);
        this.registrar = new Registrar(
                RegistrarSettings.DEFAULT,
                name -> state.policy().aor(name),
                binding -> qualification.status(ContactId.of(binding)) instanceof ContactStatus.Unreachable,
                wallTime,
                state.random);
    }

    /** A REGISTER of one who may register that address of record. */
    SipResponse register(
            SipRequest request, String aor, Reception reception, long nowNanos, Outbox<UserAgentEvent> out) {
        SipResponse response = registrar.register(request, aor, reception, nowNanos, changes);
        tellChanges(true, nowNanos, out);
        return response;
    }

    void restore(List<Binding> bindings, long nowNanos, Outbox<UserAgentEvent> out) {
        for (Binding stored : bindings) {
            registrar.restore(stored, nowNanos, changes);
        }
        tellChanges(false, nowNanos, out);
        watchAll(nowNanos);
    }

    void remove(Binding binding, long nowNanos, Outbox<UserAgentEvent> out) {
        registrar.remove(binding, changes);
        tellChanges(false, nowNanos, out);
    }

    void flowClosed(Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        registrar.flowClosed(flow, changes);
        tellChanges(false, nowNanos, out);
    }

    /** Addresses of record came, went or changed. */
    void reconfigured(List<AddressOfRecord> before, long nowNanos, Outbox<UserAgentEvent> out) {
        for (AddressOfRecord old : before) {
            AddressOfRecord now = state.policy().aor(old.name());
            for (SipUri contact : old.contacts()) {
                if (now == null || !now.contacts().contains(contact)) {
                    qualification.unwatch(new ContactId(old.name(), contact));
                }
            }
        }
        registrar.directoryChanged(changes);
        tellChanges(false, nowNanos, out);
        watchAll(nowNanos);
    }

    /** Asks the contacts of an address of record now. */
    void qualify(String aor, long nowNanos, Outbox<UserAgentEvent> out) {
        AddressOfRecord settings = state.policy().aor(aor);
        if (settings == null) {
            return;
        }
        for (SipUri contact : settings.contacts()) {
            ask(new ContactId(aor, contact), nowNanos, out);
        }
        for (Binding binding : registrar.location(aor).bindings()) {
            ask(ContactId.of(binding), nowNanos, out);
        }
    }

    /** The contacts of an address of record that have registered. */
    List<Binding> bindings(String aor) {
        return registrar.location(aor).bindings();
    }

    long deadlineNanos() {
        return Math.min(registrar.deadlineNanos(), qualification.deadlineNanos());
    }

    void onDeadline(long nowNanos, Outbox<UserAgentEvent> out) {
        registrar.onDeadline(nowNanos, changes);
        tellChanges(false, nowNanos, out);
        qualification.onDeadline(nowNanos, questions);
        answerQuestions(nowNanos, out);
    }

    int bindingCount() {
        return registrar.bindingCount();
    }

    /** Static contacts, and bindings whose settings may be new: spread over their time. */
    private void watchAll(long nowNanos) {
        for (AddressOfRecord aor : state.policy().aors()) {
            for (SipUri contact : aor.contacts()) {
                qualification.watch(new ContactId(aor.name(), contact), aor, false, nowNanos);
            }
            for (Binding binding : registrar.location(aor.name()).bindings()) {
                qualification.watch(ContactId.of(binding), aor, false, nowNanos);
            }
        }
    }

    private void tellChanges(boolean atOnce, long nowNanos, Outbox<UserAgentEvent> out) {
        changes.drain(change -> {
            switch (change) {
                case RegistrarEvent.BindingAdded added -> watch(added.binding(), atOnce, nowNanos);
                case RegistrarEvent.BindingRestored restored -> watch(restored.binding(), atOnce, nowNanos);
                case RegistrarEvent.BindingRefreshed refreshed -> {
                    if (!refreshed.before().target().equals(refreshed.binding().target())) {
                        qualification.unwatch(ContactId.of(refreshed.before()));
                    }
                    watch(refreshed.binding(), atOnce, nowNanos);
                }
                case RegistrarEvent.BindingRemoved removed -> qualification.unwatch(ContactId.of(removed.binding()));
            }
            tellDoor(change);
            out.add(new UserAgentEvent.BindingChanged(change));
        });
    }

    private void tellDoor(RegistrarEvent change) {
        switch (change) {
            case RegistrarEvent.BindingAdded added -> phoneCame(added.binding());
            case RegistrarEvent.BindingRestored restored -> phoneCame(restored.binding());
            case RegistrarEvent.BindingRefreshed refreshed -> phoneCame(refreshed.binding());
            case RegistrarEvent.BindingRemoved removed ->
                state.door.phoneWent(removed.binding().id());
        }
    }

    private void phoneCame(Binding binding) {
        state.door.phoneCame(binding.id(), binding.flow().remote());
    }

    private void watch(Binding binding, boolean atOnce, long nowNanos) {
        AddressOfRecord aor = state.policy().aor(binding.aor());
        if (aor != null) {
            qualification.watch(ContactId.of(binding), aor, atOnce, nowNanos);
        }
    }

    private void answerQuestions(long nowNanos, Outbox<UserAgentEvent> out) {
        questions.drain(question -> {
            switch (question) {
                case QualificationEvent.SendOptions options -> ask(options.contact(), nowNanos, out);
                case QualificationEvent.StatusChanged changed ->
                    out.add(new UserAgentEvent.ContactStatusChanged(changed.contact(), changed.now()));
            }
        });
    }

    private void ask(ContactId contact, long nowNanos, Outbox<UserAgentEvent> out) {
        OutgoingProfile profile = state.policy().qualifier(contact.aor());
        Binding binding = null;
        for (Binding each : registrar.location(contact.aor()).bindings()) {
            binding = ContactId.of(each).equals(contact) ? each : binding;
        }
        List<NameAddress> routes = binding == null
                ? List.of()
                : binding.path().stream().map(NameAddress::parse).toList();
        Flow flow = binding == null ? null : binding.flow();
        NameAddress from = profile == null
                ? NameAddress.of(
                        SipUri.of(state.settings().realm(), contact.target().hostPort()))
                : profile.from();
        RouteSet.Path path = new RouteSet(routes).pathTo(contact.target());
        Headers.Builder headers = Headers.builder();
        path.writeTo(headers);
        headers.append(
                        HeaderName.FROM,
                        from.withParameter("tag", Tags.next(state.random)).toString())
                .append(HeaderName.TO, NameAddress.of(contact.target()).toString())
                .append(HeaderName.CALL_ID, Tags.callId(state.random))
                .append(HeaderName.CSEQ, "1 OPTIONS")
                .append(HeaderName.ACCEPT, Abilities.ACCEPT);
        var options = new SipRequest(SipMethod.OPTIONS, path.requestUri(), headers.build());
        DigestAnswer digest =
                new DigestAnswer(profile == null ? OutgoingProfile.NO_ACCOUNTS : profile.accounts(), state.random);
        send(contact, options, path, flow, digest, nowNanos, out);
    }

    private void send(
            ContactId contact,
            SipRequest options,
            RouteSet.Path path,
            @Nullable Flow flow,
            DigestAnswer digest,
            long nowNanos,
            Outbox<UserAgentEvent> out) {
        var owner = new Asked(contact, options, path, flow, digest);
        requester.send(
                new OutgoingRequest(options, path.nextHop(), flow, flow != null, null, null, owner), nowNanos, out);
    }

    /** Waits for the answer of a contact. */
    private final class Asked implements RequestOwner {
        private final ContactId contact;
        private final SipRequest options;
        private final RouteSet.Path path;
        private final @Nullable Flow flow;
        private final DigestAnswer digest;

        Asked(ContactId contact, SipRequest options, RouteSet.Path path, @Nullable Flow flow, DigestAnswer digest) {
            this.contact = contact;
            this.options = options;
            this.path = path;
            this.flow = flow;
            this.digest = digest;
        }

        @Override
        public void onResponse(SipResponse response, Flow from, long nowNanos, Outbox<UserAgentEvent> out) {
            if (response.isProvisional()) {
                return;
            }
            boolean challenged = response.status() == 401 || response.status() == 407;
            SipRequest signed = challenged ? digest.answer(options, response) : null;
            if (signed != null) {
                var next = new CSeqHeader(options.cseq().number() + 1, SipMethod.OPTIONS.name());
                SipRequest again = signed.withHeader(HeaderName.CSEQ, next.toString());
                send(contact, again, path, flow, digest, nowNanos, out);
                return;
            }
            qualification.answered(contact, response.status(), nowNanos, questions);
            answerQuestions(nowNanos, out);
        }

        @Override
        public void onFailed(int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
            qualification.failed(contact, nowNanos, questions);
            answerQuestions(nowNanos, out);
        }
    }
}
