package io.allo.sip.door;

import io.allo.sip.address.AddressBytes;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.Visitors.Standing;
import io.allo.sip.door.Visitors.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who may knock, and who is shut out. A board: one leaf lock, nothing else is called while it is held but the question whom the configuration
 * trusts. The readers of sockets ask {@link #admit} before anything is parsed; the SIP loop tells what became of requests. Addresses are
 * four or sixteen octets, times nanoseconds of the monotonic clock; bans are kept in milliseconds since 1970, as they outlive the process.
 */
public final class Door {
    /** What is to become of a message or connection. */
    public enum Verdict {
        /** It is let in. */
        ADMIT,
        /** It is refused with 503: the sender is known and sends too much. */
        BUSY,
        /** It is dropped without a word. */
        DROP
    }

    private final Object lock = new Object();
    private final LongUnaryOperator epochMs;
    private final DoorCounters counters = new DoorCounters();
    private final BanBook bans = new BanBook();
    private final Visitors visitors;
    private FailureBook<Source> byAddress;
    private FailureBook<BanSubject> byUserThere;
    private FailureBook<String> byUser;
    private final @Nullable TokenBucket[] loudStrangers = new TokenBucket[RequestKind.values().length];
    private final @Nullable TokenBucket[] quietStrangers = new TokenBucket[RequestKind.values().length];
    private @Nullable TokenBucket allConnections;
    private DoorSettings settings;

    /** {@code epochMs} tells the calendar's time of a moment of the monotonic clock. */
    public Door(DoorSettings settings, LongUnaryOperator epochMs) {
        this.settings = settings;
        this.epochMs = epochMs;
        this.visitors = new Visitors(settings);
        int table = settings.failures().table();
        byAddress = new FailureBook<>(table);
        byUserThere = new FailureBook<>(table);
        byUser = new FailureBook<>(table);
    }

    /** Other limits and other trusted addresses; failures and bans stay. */
    public void configure(DoorSettings next) {
        synchronized (lock) {
            settings = next;
            visitors.configure(next);
        }
    }

    /** What the door has counted. */
    public DoorCounters counters() {
        return counters;
    }

    // ---- asked by the readers of sockets

    /** Whether a message is let in. */
    public Verdict admit(byte[] address, RequestKind kind, long nowNanos) {
        Source source = Source.of(address);
        synchronized (lock) {
            if (isShutOut(source, address, nowNanos)) {
                counters.banned.increment();
                return Verdict.DROP;
            }
            Visitor visitor = visitors.visitor(source, address);
            Standing standing = visitors.standing(source, visitor, nowNanos);
            return switch (standing) {
                case TRUSTED -> Verdict.ADMIT;
                case REGISTERED, FAMILIAR -> known(visitor, kind, nowNanos);
                case STRANGER -> stranger(visitor, kind, nowNanos);
            };
        }
    }

    /** Whether a new connection is let in. */
    public boolean admitConnection(byte[] address, long nowNanos) {
        Source source = Source.of(address);
        synchronized (lock) {
            if (isShutOut(source, address, nowNanos)) {
                counters.banned.increment();
                return false;
            }
            Visitor visitor = visitors.visitor(source, address);
            RateLimits rates = settings.rates();
            boolean admitted = switch (visitors.standing(source, visitor, nowNanos)) {
                case TRUSTED -> true;
                case REGISTERED, FAMILIAR ->
                    visitor.takeKnown(RequestKind.CONNECTION, known(RequestKind.CONNECTION), nowNanos);
                case STRANGER -> strangersConnection(visitor, rates, nowNanos);
            };
            if (!admitted) {
                counters.connections.increment();
            }
            return admitted;
        }
    }

    /** Whether the address has a registered phone, has proved a password lately, was asked something by us, or is trusted. */
    public boolean isKnown(byte[] address, long nowNanos) {
        Source source = Source.of(address);
        synchronized (lock) {
            return visitors.standing(source, visitors.visitor(source, address), nowNanos) != Standing.STRANGER;
        }
    }

    /** How many connections there may be in all, over one transport. */
    public int mostConnections() {
        synchronized (lock) {
            return settings.connections().all();
        }
    }

    /** How many connections there may be from this address, over one transport. */
    public int mostConnections(byte[] address, long nowNanos) {
        Source source = Source.of(address);
        synchronized (lock) {
            ConnectionLimits limits = settings.connections();
            return switch (visitors.standing(source, visitors.visitor(source, address), nowNanos)) {
                case TRUSTED -> limits.all();
                case REGISTERED, FAMILIAR -> limits.known();
                case STRANGER -> limits.stranger();
            };
        }
    }

    private Verdict known(Visitor visitor, RequestKind kind, long nowNanos) {
        if (kind == RequestKind.RESPONSE || visitor.takeKnown(kind, known(kind), nowNanos)) {
            return Verdict.ADMIT;
        }
        if (visitor.takeRefusal(settings.rates().refusals(), nowNanos)) {
            counters.knownLimit.increment();
            return Verdict.BUSY;
        }
        counters.knownDropped.increment();
        return Verdict.DROP;
    }

    private Verdict stranger(Visitor visitor, RequestKind kind, long nowNanos) {
        RateLimits rates = settings.rates();
        Rate rate = rates.strangers().getOrDefault(kind, Rate.UNLIMITED);
        @Nullable TokenBucket[] together = visitor.isQuiet(kind, rate, nowNanos) ? quietStrangers : loudStrangers;
        if (!visitor.takeStrange(kind, rate, nowNanos)) {
            counters.strangerLimit.increment();
            return Verdict.DROP;
        }
        TokenBucket all = together[kind.ordinal()];
        if (all == null) {
            all = new TokenBucket(nowNanos);
            together[kind.ordinal()] = all;
        }
        if (!all.take(rates.allStrangers(), nowNanos)) {
            counters.allStrangersLimit.increment();
            return Verdict.DROP;
        }
        return Verdict.ADMIT;
    }

    private boolean strangersConnection(Visitor visitor, RateLimits rates, long nowNanos) {
        Rate rate = rates.strangers().getOrDefault(RequestKind.CONNECTION, Rate.UNLIMITED);
        if (allConnections == null) {
            allConnections = new TokenBucket(nowNanos);
        }
        return visitor.takeStrange(RequestKind.CONNECTION, rate, nowNanos)
                && allConnections.take(rates.allStrangersConnections(), nowNanos);
    }

    private Rate known(RequestKind kind) {
        return settings.rates().known().getOrDefault(kind, Rate.UNLIMITED);
    }

    /** A ban that was earned before the configuration trusted the address counts no longer; one by an operator does. */
    private boolean isShutOut(Source source, byte[] address, long nowNanos) {
        if (bans.isEmpty()) {
            return false;
        }
        Ban ban = bans.find(BanSubject.of(source), epochMs.applyAsLong(nowNanos));
        return ban != null
                && (ban.reason() == Ban.Reason.OPERATOR || !settings.trusted().test(address));
    }

    // ---- told by the SIP loop

    /** Whether right passwords of that user count for nothing there: it is banned, and this is not the port of a registered phone. */
    public boolean isBarred(String user, HostPort remote, long nowNanos) {
        synchronized (lock) {
            if (!bans.hasUsers() || visitors.isPhone(remote)) {
                return false;
            }
            byte[] address = AddressBytes.of(remote.host());
            Source source = Source.of(address);
            Visitor visitor = visitors.visitor(source, address);
            if (visitors.standing(source, visitor, nowNanos) == Standing.TRUSTED) {
                return false;
            }
            long nowMs = epochMs.applyAsLong(nowNanos);
            boolean stranger = visitors.standing(source, visitor, nowNanos) == Standing.STRANGER;
            return bans.find(new BanSubject(source, user), nowMs) != null
                    || stranger && bans.find(BanSubject.of(user), nowMs) != null;
        }
    }

    /**
     * Credentials were wrong. {@code proven}: the address is the sender's, since it has given back what was sent there; a failure that
     * anybody may have sent in its name is counted and forgotten.
     */
    public Judgement failed(HostPort remote, String user, boolean proven, long nowNanos) {
        byte[] address = AddressBytes.of(remote.host());
        Source source = Source.of(address);
        synchronized (lock) {
            if (!proven) {
                counters.unprovenFailures.increment();
                return Judgement.NONE;
            }
            counters.failures.increment();
            Standing standing = visitors.standing(source, visitors.visitor(source, address), nowNanos);
            return judge(source, user, standing, nowNanos);
        }
    }

    private Judgement judge(Source source, String user, Standing standing, long nowNanos) {
        FailureLimits limits = settings.failures();
        var there = new BanSubject(source, user.isEmpty() ? NOBODY : user);
        int userThere = byUserThere.failed(there, limits.forgiveNanos(), nowNanos);
        int userAnywhere = byUser.failed(there.user(), limits.forgiveNanos(), nowNanos);
        int worst = userThere;
        var made = new ArrayList<Ban>();
        if (standing == Standing.STRANGER || standing == Standing.FAMILIAR) {
            int address = byAddress.failed(source, limits.forgiveNanos(), nowNanos);
            worst = Math.max(address, standing == Standing.STRANGER ? userAnywhere : userThere);
            int most = standing == Standing.STRANGER ? limits.strangerFailures() : limits.familiarFailures();
            if (address >= most) {
                byAddress.forgive(source);
                made.add(ban(BanSubject.of(source), Ban.Reason.FAILURES, user, address, nowNanos));
            }
        } else if (standing == Standing.REGISTERED && userThere >= limits.userFailures()) {
            byUserThere.forgive(there);
            made.add(ban(there, Ban.Reason.FAILURES, user, userThere, nowNanos));
        }
        if (standing == Standing.STRANGER && userAnywhere >= limits.userFailuresAnywhere()) {
            byUser.forgive(there.user());
            made.add(ban(BanSubject.of(there.user()), Ban.Reason.FAILURES, user, userAnywhere, nowNanos));
        }
        return new Judgement(standing == Standing.TRUSTED ? 0 : delayNanos(worst), made);
    }

    private long delayNanos(int failures) {
        FailureLimits limits = settings.failures();
        int steps = failures - limits.freeFailures() - 1;
        if (steps < 0) {
            return 0;
        }
        counters.delayed.increment();
        return steps >= MOST_STEPS
                ? limits.maxDelayNanos()
                : Math.min(limits.maxDelayNanos(), limits.firstDelayNanos() << steps);
    }

    /** A password was proved from there. */
    public void proved(HostPort remote, String user, long nowNanos) {
        Source source = Source.of(AddressBytes.of(remote.host()));
        synchronized (lock) {
            visitors.familiar(source, Visitors.PROOF_NANOS, nowNanos);
            byUserThere.forgive(new BanSubject(source, user.isEmpty() ? NOBODY : user));
        }
    }

    /** We have sent a request there: it may answer, and ask back. */
    public void asked(HostPort remote, long nowNanos) {
        if (remote.isAddress()) {
            Source source = Source.of(AddressBytes.of(remote.host()));
            synchronized (lock) {
                visitors.familiar(source, Visitors.ASKED_NANOS, nowNanos);
            }
        }
    }

    /** The phone of the registration {@code id} speaks from there, from now on. */
    public void phoneCame(String id, HostPort remote) {
        if (remote.isAddress()) {
            synchronized (lock) {
                visitors.phoneCame(id, remote);
            }
        }
    }

    /** The registration {@code id} is over. */
    public void phoneWent(String id) {
        synchronized (lock) {
            visitors.phoneWent(id);
        }
    }

    /**
     * Whether a request that names this program is a scanner's, to be dropped. Its address is banned, if it is a stranger's: the ban is added
     * to {@code made}.
     */
    public boolean isScanner(@Nullable String userAgent, HostPort remote, long nowNanos, List<Ban> made) {
        if (!Scanners.isScanner(userAgent) || userAgent == null) {
            return false;
        }
        byte[] address = AddressBytes.of(remote.host());
        Source source = Source.of(address);
        synchronized (lock) {
            Standing standing = visitors.standing(source, visitors.visitor(source, address), nowNanos);
            if (standing == Standing.TRUSTED) {
                return false;
            }
            counters.scanners.increment();
            if (standing == Standing.STRANGER && !isShutOut(source, address, nowNanos)) {
                made.add(ban(BanSubject.of(source), Ban.Reason.SCANNER, userAgent, 1, nowNanos));
            }
            return true;
        }
    }

    private Ban ban(BanSubject subject, Ban.Reason reason, String detail, int attempts, long nowNanos) {
        FailureLimits limits = settings.failures();
        long mostNanos = subject.user().isEmpty() ? limits.maxBanNanos() : limits.maxUserBanNanos();
        counters.bans.increment();
        return bans.add(
                subject,
                reason,
                detail,
                attempts,
                TimeUnit.NANOSECONDS.toMillis(limits.firstBanNanos()),
                TimeUnit.NANOSECONDS.toMillis(mostNanos),
                epochMs.applyAsLong(nowNanos));
    }

    // ---- operators, the store, metrics

    /** Bans a subject for so long because an operator says so, whoever it is. */
    public Ban ban(BanSubject subject, long lastsMs, long nowNanos) {
        synchronized (lock) {
            long nowMs = epochMs.applyAsLong(nowNanos);
            Ban before = bans.find(subject, nowMs);
            int times = before == null ? 1 : before.times();
            var ban = new Ban(subject, Ban.Reason.OPERATOR, "", nowMs, nowMs + lastsMs, 0, times);
            bans.put(ban);
            counters.bans.increment();
            return ban;
        }
    }

    /** Lifts a ban, and forgets the failures of its subject; gives the ban, null where there was none. */
    public @Nullable Ban lift(BanSubject subject, long nowNanos) {
        synchronized (lock) {
            Source source = subject.source();
            if (source == null) {
                byUser.forgive(subject.user());
            } else if (subject.user().isEmpty()) {
                byAddress.forgive(source);
            } else {
                byUserThere.forgive(subject);
            }
            Ban gone = bans.remove(subject);
            return gone != null && gone.holds(epochMs.applyAsLong(nowNanos)) ? gone : null;
        }
    }

    /** Bans that were kept over a restart. */
    public void restore(List<Ban> kept) {
        synchronized (lock) {
            kept.forEach(bans::put);
        }
    }

    /** The bans that hold, the oldest first. */
    public List<Ban> bans(long nowNanos) {
        synchronized (lock) {
            return bans.holding(epochMs.applyAsLong(nowNanos));
        }
    }

    /** How many entries each table has: for metrics, and for the tests of their limits. */
    public Sizes sizes() {
        synchronized (lock) {
            return new Sizes(
                    visitors.size(),
                    visitors.registeredSize(),
                    byAddress.size(),
                    byUserThere.size(),
                    byUser.size(),
                    bans.size(),
                    byAddress.forgotten() + byUserThere.forgotten() + byUser.forgotten());
        }
    }

    /**
     * Entries of the tables: addresses counted, addresses with a registered phone, addresses, users at an address, and users with failures, bans
     * with those of the last week; and how many entries of failures had to make room.
     */
    public record Sizes(
            int visitors,
            int registered,
            int failingAddresses,
            int failingUsersThere,
            int failingUsers,
            int bans,
            long forgotten) {}

    /** In place of an empty user name. */
    private static final String NOBODY = "(none)";

    private static final int MOST_STEPS = 30;
}
