package io.allo.pbx.call;

import io.allo.core.timer.Clock;
import io.allo.io.loop.CallThreads;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallLog;
import io.allo.pbx.event.EventBus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts calls and knows those that are up. A board: any thread. Takes at most {@code limit} calls at a time; none after
 * {@link #close}.
 */
public final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Clock clock;
    private final CallThreads threads;
    private final EventBus bus;
    private final int limit;
    private final long startSeconds;
    private final AtomicLong nextId = new AtomicLong();
    private final Object lock = new Object();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private int callCount;
    private long startedTotal;
    private boolean closed;

    /**
     * No call yet. At most {@code limit} at a time; each runs on one of {@code threads} and tells {@code bus} what
     * happens.
     */
    public Calls(Clock clock, CallThreads threads, EventBus bus, int limit) {
        this.clock = clock;
        this.threads = threads;
        this.bus = bus;
        this.limit = limit;
        this.startSeconds = clock.epochMillis() / 1000;
    }

    /** A new unique id, as Asterisk forms them: seconds since 1970, a dot, a running number. */
    public String newUniqueId() {
        return Math.max(startSeconds, clock.epochMillis() / 1000) + "." + nextId.incrementAndGet();
    }

    /** A channel's name from technology and endpoint: "PJSIP/alice-0000001f". */
    public String newChannelName(String technologyAndEndpoint) {
        return "%s-%08x".formatted(technologyAndEndpoint, nextId.incrementAndGet());
    }

    /** The log of a new call, by the unique id of its first channel. */
    public CallLog newLog(String linkedId) {
        return new CallLog(linkedId, bus);
    }

    /** Whether a further call would be taken. */
    public boolean isOpen() {
        synchronized (lock) {
            return !closed && callCount < limit;
        }
    }

    /**
     * Runs a script for a channel on a thread of its own.
     *
     * @return false if no more calls are taken; the channel is as it was
     */
    public boolean start(Channel first, CallScript script) {
        synchronized (lock) {
            if (closed || callCount >= limit) {
                return false;
            }
            callCount++;
            startedTotal++;
        }
        first.log().scriptBegan();
        var parker = threads.newParker();
        var call = new Call(first, parker, clock);
        threads.start("call " + first.name(), parker, () -> run(call, script));
        return true;
    }

    private void run(Call call, CallScript script) {
        var first = call.channel();
        try {
            script.run(call);
        } catch (CallInterrupted interrupted) {
            LOG.debug("{}: {}", first.name(), interrupted.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.error("{}: the call is ended because of a fault in allo", first.name(), fault);
            call.problem(
                    "internal",
                    "a fault in allo ended the call: " + fault,
                    "une erreur interne a terminé l'appel : " + fault);
            first.hangUp(HangupCause.INTERWORKING, "internal error");
        } finally {
            try {
                call.finish();
            } finally {
                tellEnd(first);
                synchronized (lock) {
                    callCount--;
                    lock.notifyAll();
                }
            }
        }
    }

    /** The last script of a call says that the call is over. */
    private void tellEnd(Channel first) {
        var log = first.log();
        if (log.scriptEnded()) {
            log.add(new CallEvent.CallEnded(clock.epochMillis(), log.linkedId(), first.uniqueId(), first.hangupWhy()));
        }
    }

    /** Makes a channel known by its name. */
    public void register(Channel channel) {
        synchronized (lock) {
            channels.put(channel.name(), channel);
        }
    }

    /** Takes a channel out when it is over. */
    public void unregister(Channel channel) {
        synchronized (lock) {
            channels.remove(channel.name());
        }
    }

    /** The channels that are up, oldest first. */
    public List<Channel> channels() {
        synchronized (lock) {
            return new ArrayList<>(channels.values());
        }
    }

    /** The channel of this name or unique id. */
    public @Nullable Channel channel(String nameOrUniqueId) {
        synchronized (lock) {
            var byName = channels.get(nameOrUniqueId);
            if (byName != null) {
                return byName;
            }
            return channels.values().stream()
                    .filter(c -> c.uniqueId().equals(nameOrUniqueId))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Calls that are up. */
    public int callCount() {
        synchronized (lock) {
            return callCount;
        }
    }

    /** Calls since the start. */
    public long startedTotal() {
        synchronized (lock) {
            return startedTotal;
        }
    }

    /** Takes no more calls; those that are up go on. */
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Waits until no call is up. Not for calls' or loops' threads. */
    public boolean awaitQuiet(long timeoutMs) throws InterruptedException {
        var deadline = System.nanoTime() + timeoutMs * 1_000_000;
        synchronized (lock) {
            while (callCount > 0) {
                var leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                lock.wait(leftMs);
            }
            return true;
        }
    }

    /** Asks every channel to hang up. */
    public void hangUpAll(HangupCause cause, String why) {
        for (var channel : channels()) {
            channel.post(new ChannelEvent.HangupRequested(cause, why));
        }
    }
}
