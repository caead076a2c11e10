package io.allo.sip.door;

import io.allo.sip.address.AddressBytes;
import io.allo.sip.address.HostPort;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of addresses: where phones are registered, who has proved a password within a day, whom we have asked something, and how
 * much each has sent lately. Owned by the door.
 */
final class Visitors {
    /** How well an address is known. */
    enum Standing {
        /** Nothing is known. */
        STRANGER,
        /** A password was proved from there within a day, or we have asked it something within the hour. */
        FAMILIAR,
        /** A phone is registered there. */
        REGISTERED,
        /** The configuration names it. */
        TRUSTED
    }

    /** Addresses without a registered phone that are remembered as familiar. */
    static final int FAMILIAR_LIMIT = 50_000;

    /** A phone sends a request up to seven times in ten seconds where nobody answers (RFC 3261 17.1.2.2). */
    private static final int QUIET_REQUESTS = 8;

    static final long PROOF_NANOS = TimeUnit.DAYS.toNanos(1);
    static final long ASKED_NANOS = TimeUnit.HOURS.toNanos(1);

    /** How much one address has sent. */
    static final class Visitor {
        private final boolean trusted;
        private final @Nullable TokenBucket[] strange = new TokenBucket[RequestKind.values().length];
        private final @Nullable TokenBucket[] known = new TokenBucket[RequestKind.values().length];
        private @Nullable TokenBucket refusals;

        Visitor(boolean trusted) {
            this.trusted = trusted;
        }

        boolean takeStrange(RequestKind kind, Rate rate, long nowNanos) {
            return take(strange, kind, rate, nowNanos);
        }

        /** Whether it has sent little of this kind lately: no more than a phone that comes and repeats itself. */
        boolean isQuiet(RequestKind kind, Rate rate, long nowNanos) {
            TokenBucket bucket = strange[kind.ordinal()];
            return bucket == null || bucket.lacksFewerThan(QUIET_REQUESTS, rate, nowNanos);
        }

        boolean takeKnown(RequestKind kind, Rate rate, long nowNanos) {
            return take(known, kind, rate, nowNanos);
        }

        boolean takeRefusal(Rate rate, long nowNanos) {
            if (refusals == null) {
                refusals = new TokenBucket(nowNanos);
            }
            return refusals.take(rate, nowNanos);
        }

        private static boolean take(@Nullable TokenBucket[] of, RequestKind kind, Rate rate, long nowNanos) {
            TokenBucket bucket = of[kind.ordinal()];
            if (bucket == null) {
                bucket = new TokenBucket(nowNanos);
                of[kind.ordinal()] = bucket;
            }
            return bucket.take(rate, nowNanos);
        }
    }

    private final Map<Source, Integer> registered = new HashMap<>();
    private final Map<HostPort, Integer> phones = new HashMap<>();
    private final Map<String, HostPort> phonesById = new HashMap<>();
    private final Map<Source, Long> familiarUntil = lru(FAMILIAR_LIMIT);
    private Map<Source, Visitor> visitors;
    private DoorSettings settings;

    Visitors(DoorSettings settings) {
        this.settings = settings;
        this.visitors = lru(settings.rates().sources());
    }

    void configure(DoorSettings next) {
        settings = next;
        visitors = lru(next.rates().sources());
    }

    Visitor visitor(Source source, byte[] address) {
        Visitor found = visitors.get(source);
        if (found == null) {
            found = new Visitor(settings.trusted().test(address));
            visitors.put(source, found);
        }
        return found;
    }

    Standing standing(Source source, Visitor visitor, long nowNanos) {
        if (visitor.trusted) {
            return Standing.TRUSTED;
        }
        if (registered.containsKey(source)) {
            return Standing.REGISTERED;
        }
        Long until = familiarUntil.get(source);
        return until != null && until - nowNanos > 0 ? Standing.FAMILIAR : Standing.STRANGER;
    }

    void familiar(Source source, long forNanos, long nowNanos) {
        long until = nowNanos + forNanos;
        Long before = familiarUntil.get(source);
        if (before == null || before - until < 0) {
            familiarUntil.put(source, until);
        }
    }

    /** As many as the registrar has bindings, which is limited there. */
    void phoneCame(String id, HostPort phone) {
        registered.merge(sourceOf(phone), 1, Integer::sum);
        phones.merge(phone, 1, Integer::sum);
        HostPort before = phonesById.put(id, phone);
        if (before != null) {
            gone(before);
        }
    }

    void phoneWent(String id) {
        HostPort phone = phonesById.remove(id);
        if (phone != null) {
            gone(phone);
        }
    }

    private void gone(HostPort phone) {
        registered.computeIfPresent(sourceOf(phone), (key, count) -> count == 1 ? null : count - 1);
        phones.computeIfPresent(phone, (key, count) -> count == 1 ? null : count - 1);
    }

    private static Source sourceOf(HostPort phone) {
        return Source.of(AddressBytes.of(phone.host()));
    }

    /** Whether a registered phone speaks from that very port. */
    boolean isPhone(HostPort remote) {
        return phones.containsKey(remote);
    }

    /** Addresses whose messages are counted. */
    int size() {
        return visitors.size();
    }

    int registeredSize() {
        return registered.size();
    }

    private static <T> Map<Source, T> lru(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Source, T> eldest) {
                return size() > limit;
            }
        };
    }
}
