package io.allo.sip.registrar;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.TimerQueue;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.header.DateHeader;
import io.allo.sip.header.ExpiresValue;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.RegistrarEvent.BindingRemoved;
import io.allo.sip.registrar.RegistrarEvent.BindingRestored;
import io.allo.sip.registrar.RegistrarEvent.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the bindings of all addresses of record: RFC 3261 section 10.3, Path of RFC 3327. Who may register what has been decided before
 * (sip.auth and whoever knows the endpoints); {@code reg-id} of RFC 5626 is passed over, as that RFC wants of a registrar without it.
 * Owned by the SIP loop.
 */
public final class Registrar {
    /** Names a binding to the timers. */
    private record Key(String aor, String id) {}

    private final RegistrarSettings settings;
    private final AorDirectory directory;
    private final Reachability reachability;
    private final WallTime wallTime;
    private final RandomSource random;
    private final Map<String, Location> locations = new HashMap<>();
    private final Map<Flow, Set<Key>> byFlow = new HashMap<>();
    private final TimerQueue<Key> expiries = new TimerQueue<>();

    /** Empty; what an earlier run had bound comes back by {@link #restore}. */
    public Registrar(
            RegistrarSettings settings,
            AorDirectory directory,
            Reachability reachability,
            WallTime wallTime,
            RandomSource random) {
        this.settings = settings;
        this.directory = directory;
        this.reachability = reachability;
        this.wallTime = wallTime;
        this.random = random;
    }

    /** What {@code request}, a REGISTER that may speak for {@code aorName}, changes, and the answer to it. */
    public SipResponse register(
            SipRequest request, String aorName, Reception reception, long nowNanos, Outbox<RegistrarEvent> out) {
        String toTag = Long.toHexString(random.nextLong());
        try {
            AddressOfRecord aor = directory.aor(aorName);
            if (aor == null) {
                throw new RegistrationRefused(404, "Not Found");
            }
            checkRequire(request, aor);
            commit(change(request, aor, reception, nowNanos), out);
            return accepted(request, aor, toTag, nowNanos);
        } catch (SipParseException malformed) {
            return SipResponse.to(request, 400, malformed.what(), toTag);
        } catch (RegistrationRefused refused) {
            return refused.response(request, toTag);
        }
    }

    /**
     * Brings a binding back that the store kept over a restart, with what is left of its time. Connections did not survive: a phone that was
     * only reachable over its own is gone if it spoke WebSocket, and is tried at the contact it wrote if it spoke TCP or TLS.
     */
    public void restore(Binding stored, long nowNanos, Outbox<RegistrarEvent> out) {
        long leftMs = stored.expiresAtMs() - wallTime.epochMs(nowNanos);
        Binding binding = stored.withDeadline(nowNanos + TimeUnit.MILLISECONDS.toNanos(Math.max(0, leftMs)));
        if (binding.flow().isReliable() && binding.flow().isStream()) {
            binding = binding.withoutRewriting();
        }
        if (leftMs <= 0) {
            out.add(new BindingRemoved(binding, Reason.EXPIRED));
        } else if (directory.aor(binding.aor()) == null) {
            out.add(new BindingRemoved(binding, Reason.AOR_GONE));
        } else if (binding.dependsOnFlow()) {
            out.add(new BindingRemoved(binding, Reason.FLOW_CLOSED));
        } else {
            locations.put(binding.aor(), location(binding.aor()).with(binding));
            note(binding);
            out.add(new BindingRestored(binding));
        }
    }

    /** The bindings of an address of record now. */
    public Location location(String aor) {
        Location location = locations.get(aor);
        return location == null ? Location.empty(aor) : location;
    }

    /** Every address of record that has bindings. */
    public Collection<Location> locations() {
        return List.copyOf(locations.values());
    }

    /** How many bindings there are. */
    public int bindingCount() {
        return expiries.size();
    }

    /** Removes what has expired. */
    public void onDeadline(long nowNanos, Outbox<RegistrarEvent> out) {
        for (Key due = expiries.pollExpired(nowNanos); due != null; due = expiries.pollExpired(nowNanos)) {
            remove(due, Reason.EXPIRED, out);
        }
    }

    /** When {@link #onDeadline} is to be called next, Long.MAX_VALUE for never. */
    public long deadlineNanos() {
        return expiries.nextDeadlineNanos();
    }

    /** A connection is gone, and with it the contacts that only it could reach. Not to be told when allo itself ends. */
    public void flowClosed(Flow flow, Outbox<RegistrarEvent> out) {
        Set<Key> keys = byFlow.get(flow);
        if (keys != null) {
            List.copyOf(keys).forEach(key -> remove(key, Reason.FLOW_CLOSED, out));
        }
    }

    /** The directory has changed: bindings of addresses of record that are no longer there go. */
    public void directoryChanged(Outbox<RegistrarEvent> out) {
        for (Location location : locations()) {
            if (directory.aor(location.aor()) == null) {
                location.bindings().forEach(gone -> remove(key(gone), Reason.AOR_GONE, out));
            }
        }
    }

    /** An operator removes one binding, if it is still there. */
    public void remove(Binding binding, Outbox<RegistrarEvent> out) {
        remove(key(binding), Reason.COMMANDED, out);
    }

    /** An operator removes all bindings of an address of record. */
    public void removeAll(String aor, Outbox<RegistrarEvent> out) {
        location(aor).bindings().forEach(gone -> remove(key(gone), Reason.COMMANDED, out));
    }

    /** RFC 3261 8.2.2.3: extensions that are required and not spoken. */
    private static void checkRequire(SipRequest request, AddressOfRecord aor) {
        List<String> unknown = request.headers().all(HeaderName.REQUIRE).stream()
                .filter(tag -> !(aor.supportPath() && tag.equalsIgnoreCase(PATH_TAG)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new RegistrationRefused(420, "Bad Extension", HeaderName.UNSUPPORTED, String.join(", ", unknown));
        }
    }

    /** RFC 3261 10.3 steps 6 and 7, without committing. */
    private RegistrationChange change(SipRequest request, AddressOfRecord aor, Reception reception, long nowNanos) {
        Headers headers = request.headers();
        ContactHeader contacts = headers.contact();
        var change = new RegistrationChange(location(aor.name()));
        if (contacts.star()) {
            if (!"0".equals(headers.first(HeaderName.EXPIRES))) {
                throw new RegistrationRefused(400, "Contact * Needs Expires 0");
            }
            for (Binding binding : change.after().bindings()) {
                checkOrder(binding, request);
                change.remove(binding, Reason.UNREGISTERED);
            }
            return change;
        }
        for (NameAddress contact : contacts.addresses()) {
            long seconds = expiration(contact, headers, aor);
            Binding candidate = candidate(request, aor, reception, contact, seconds, nowNanos);
            Binding known = change.after().sameAs(candidate);
            if (known != null) {
                checkOrder(known, request);
            }
            if (seconds > 0) {
                change.put(known == null ? candidate : candidate.withId(known.id()));
            } else if (known != null) {
                change.remove(known, Reason.UNREGISTERED);
            }
        }
        change.makeRoom(aor, reachability);
        int more = change.after().bindings().size()
                - location(aor.name()).bindings().size();
        if (more > 0 && bindingCount() + more > settings.maxBindings()) {
            throw new RegistrationRefused(503, "Service Unavailable", HeaderName.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return change;
    }

    /** Seconds that the contact is kept: asked for, or the default; at most the maximum; 0 to remove it. */
    private static long expiration(NameAddress contact, Headers headers, AddressOfRecord aor) {
        long asked = ContactHeader.expires(contact);
        String header = headers.first(HeaderName.EXPIRES);
        if (asked < 0) {
            asked = header == null ? aor.defaultExpirationSeconds() : ExpiresValue.seconds(header);
        }
        if (asked > 0 && asked < aor.minimumExpirationSeconds()) {
            throw new RegistrationRefused(
                    423,
                    "Interval Too Brief",
                    HeaderName.MIN_EXPIRES,
                    Integer.toString(aor.minimumExpirationSeconds()));
        }
        return Math.min(asked, aor.maximumExpirationSeconds());
    }

    /** A request of the same Call-ID has to come after the one that made the binding. */
    private static void checkOrder(Binding known, SipRequest request) {
        if (known.callId().equals(request.callId()) && request.cseq().number() <= known.cseq()) {
            throw new RegistrationRefused(500, "Out of Order");
        }
    }

    private Binding candidate(
            SipRequest request,
            AddressOfRecord aor,
            Reception reception,
            NameAddress contact,
            long seconds,
            long nowNanos) {
        if (!(contact.uri() instanceof SipUri uri)) {
            throw new RegistrationRefused(400, "Contact Is Not a SIP URI");
        }
        long deadlineNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        return new Binding(
                Long.toHexString(random.nextLong()),
                aor.name(),
                uri,
                contact.parameters().without(EXPIRES).without(REG_ID),
                reception.rewriteContact() ? rewritten(uri, reception.flow()) : null,
                reception.flow(),
                aor.supportPath() ? request.headers().all(HeaderName.PATH) : List.of(),
                wallTime.epochMs(nowNanos) + TimeUnit.SECONDS.toMillis(seconds),
                deadlineNanos,
                request.callId(),
                request.cseq().number(),
                request.headers().first(HeaderName.USER_AGENT),
                request.topVia().sentBy());
    }

    /** The contact at the address and over the transport that it was seen at. */
    private static SipUri rewritten(SipUri contact, Flow flow) {
        SipUri seen =
                contact.withHostPort(flow.remote()).withoutParameter("maddr").withoutParameter(TRANSPORT);
        return flow.isReliable()
                ? seen.withParameter(TRANSPORT, flow.transport().toLowerCase(Locale.ROOT))
                : seen;
    }

    private void commit(RegistrationChange change, Outbox<RegistrarEvent> out) {
        for (RegistrarEvent event : change.events()) {
            switch (event) {
                case RegistrarEvent.BindingAdded added -> note(added.binding());
                case BindingRestored restored -> note(restored.binding());
                case RegistrarEvent.BindingRefreshed refreshed -> {
                    forget(refreshed.before());
                    note(refreshed.binding());
                }
                case BindingRemoved removed -> forget(removed.binding());
            }
            out.add(event);
        }
        keep(change.after());
    }

    private SipResponse accepted(SipRequest request, AddressOfRecord aor, String toTag, long nowNanos) {
        SipResponse response = SipResponse.to(request, 200, toTag);
        Headers.Builder headers = response.headers().toBuilder();
        var path = new LinkedHashSet<String>();
        for (Binding binding : location(aor.name()).bindings()) {
            var parameters = binding.parameters().with(EXPIRES, Long.toString(binding.secondsLeft(nowNanos)));
            headers.add(HeaderName.CONTACT, new NameAddress(null, binding.contact(), parameters).toString());
            path.addAll(binding.path());
        }
        if (aor.supportPath() && request.headers().hasToken(HeaderName.SUPPORTED, PATH_TAG)) {
            headers.addAll(HeaderName.PATH, new ArrayList<>(path));
        }
        headers.add(HeaderName.DATE, new DateHeader(Instant.ofEpochMilli(wallTime.epochMs(nowNanos))).toString());
        return response.withHeaders(headers.build());
    }

    private void remove(Key key, Reason reason, Outbox<RegistrarEvent> out) {
        Location location = location(key.aor());
        Binding binding = location.find(key.id());
        if (binding != null) {
            forget(binding);
            keep(location.without(binding));
            out.add(new BindingRemoved(binding, reason));
        }
    }

    private void keep(Location location) {
        if (location.isEmpty()) {
            locations.remove(location.aor());
        } else {
            locations.put(location.aor(), location);
        }
    }

    private void note(Binding binding) {
        expiries.schedule(key(binding), binding.deadlineNanos());
        if (binding.dependsOnFlow()) {
            byFlow.computeIfAbsent(binding.flow(), flow -> new LinkedHashSet<>())
                    .add(key(binding));
        }
    }

    private void forget(Binding binding) {
        expiries.cancel(key(binding));
        Set<Key> keys = byFlow.get(binding.flow());
        if (keys != null && keys.remove(key(binding)) && keys.isEmpty()) {
            byFlow.remove(binding.flow());
        }
    }

    private static Key key(Binding binding) {
        return new Key(binding.aor(), binding.id());
    }

    private static final String EXPIRES = "expires";
    private static final String REG_ID = "reg-id";
    private static final String TRANSPORT = "transport";
    private static final String PATH_TAG = "path";
    private static final String RETRY_AFTER_SECONDS = "30";
}
