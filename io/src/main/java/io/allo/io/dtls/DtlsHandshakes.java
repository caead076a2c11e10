package io.allo.io.dtls;

import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Makes the handshakes of all ports, within limits, and counts them. Any thread. */
public final class DtlsHandshakes {

    /** Handshakes at once; one more fails at once rather than make all late. A machine of two cores does some 500 a second. */
    public static final int MAX_RUNNING = 1_000;

    /** How long a handshake may take, in ms. */
    public static final int TIMEOUT_MS = 20_000;

    private final DtlsIdentities identities;
    private final SecureRandom random;
    private final int timeoutMs;
    private final Semaphore places;
    private final AtomicLong completed = new AtomicLong();
    private final Map<HandshakeOutcome.Reason, AtomicLong> failed = new EnumMap<>(HandshakeOutcome.Reason.class);
    private final int most;

    /** Handshakes with these certificates. */
    public DtlsHandshakes(DtlsIdentities identities, SecureRandom random) {
        this(identities, random, TIMEOUT_MS, MAX_RUNNING);
    }

    DtlsHandshakes(DtlsIdentities identities, SecureRandom random, int timeoutMs, int maxRunning) {
        this.identities = identities;
        this.random = random;
        this.timeoutMs = timeoutMs;
        this.places = new Semaphore(maxRunning);
        this.most = maxRunning;
        for (var reason : HandshakeOutcome.Reason.values()) {
            failed.put(reason, new AtomicLong());
        }
    }

    /** The certificates. */
    public DtlsIdentities identities() {
        return identities;
    }

    /**
     * The handshakes of one UDP port.
     *
     * @param sender sends a packet from the port; any thread
     * @param ended told from a thread of the handshake's own: it only posts
     */
    public KeyExchange exchange(DtlsSender sender, Consumer<HandshakeOutcome> ended) {
        return new DtlsAssociation(this, sender, ended);
    }

    SecureRandom random() {
        return random;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    boolean begin() {
        return places.tryAcquire();
    }

    void end(HandshakeOutcome outcome) {
        places.release();
        count(outcome);
    }

    void count(HandshakeOutcome outcome) {
        switch (outcome) {
            case HandshakeOutcome.Keyed keyed -> completed.incrementAndGet();
            case HandshakeOutcome.Failed none -> counter(none.reason()).incrementAndGet();
        }
    }

    /** Handshakes that gave keys, since the start. */
    public long completed() {
        return completed.get();
    }

    /** Handshakes that gave none, since the start. */
    public long failed() {
        return failed.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Those that failed for this reason. */
    public long failed(HandshakeOutcome.Reason reason) {
        return counter(reason).get();
    }

    /** Handshakes under way. */
    public int running() {
        return most - places.availablePermits();
    }

    private AtomicLong counter(HandshakeOutcome.Reason reason) {
        return Objects.requireNonNull(failed.get(reason));
    }
}
