package io.allo.pbx.record;

import io.allo.io.store.CdrRow;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.settings.CdrSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event bus and gives every call's records away as soon as the call is over. A board: told on any thread; the
 * taker is called outside the lock, on the thread that told the end, and only takes note.
 */
public final class CdrRecorder implements Consumer<CallEvent> {

    /** Calls followed at one time. */
    public static final int CALLS_LIMIT = 100_000;

    private static final class Running {
        final CdrFold fold;
        boolean ended;

        Running(CdrFold fold) {
            this.fold = fold;
        }
    }

    private final Supplier<CdrSettings> settings;
    private final Consumer<CdrRow> taker;
    private final Map<String, Running> running = new HashMap<>();
    private final LongAdder leftOut = new LongAdder();
    private long sequence;

    /**
     * @param settings as they are when a call begins
     * @param firstSequence the number of the first record
     * @param taker of the records, in order of their numbers within a call
     */
    public CdrRecorder(Supplier<CdrSettings> settings, long firstSequence, Consumer<CdrRow> taker) {
        this.settings = settings;
        this.sequence = firstSequence;
        this.taker = taker;
    }

    @Override
    public void accept(CallEvent event) {
        take(event).forEach(taker);
    }

    /** Calls followed now. */
    public int following() {
        synchronized (running) {
            return running.size();
        }
    }

    /** Calls not followed because too many were. */
    public long leftOut() {
        return leftOut.sum();
    }

    private List<CdrRow> take(CallEvent event) {
        synchronized (running) {
            var call = running.get(event.linkedId());
            if (call == null) {
                call = begin(event);
                if (call == null) {
                    return List.of();
                }
            }
            call.fold.add(event);
            if (event instanceof CallEvent.CallEnded) {
                call.ended = true;
            }
            if (!call.ended || call.fold.live() > 0) {
                return List.of();
            }
            running.remove(event.linkedId());
            return call.fold.end().stream()
                    .map(record -> record.row(sequence++))
                    .toList();
        }
    }

    private @Nullable Running begin(CallEvent event) {
        if (!(event instanceof CallEvent.ChannelCreated)) {
            return null;
        }
        if (running.size() >= CALLS_LIMIT) {
            leftOut.increment();
            return null;
        }
        var call = new Running(new CdrFold(settings.get()));
        running.put(event.linkedId(), call);
        return call;
    }
}
