package io.allo.io.recording;

import io.allo.core.timer.Clock;
import io.allo.io.vault.Vault;
import io.allo.io.vault.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All recordings under way. A board: any thread begins and stops them; one thread of its own writes them, every
 * {@link #STEP_MS}, from {@link #start} on. A simulation advances them itself.
 */
public final class RecordingDesk implements AutoCloseable {

    /** How often what has come is written. */
    public static final int STEP_MS = 100;

    /** Recordings at one time. */
    public static final int MOST_RECORDINGS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordingDesk.class);

    private final Clock clock;
    private final Journal journal;
    private final Vault vault;
    private final Set<SoundRecording> underWay = ConcurrentHashMap.newKeySet();
    private final Set<SoundFeed> feeds = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** Keeps its notes in this directory; seals nothing. */
    public RecordingDesk(Path journal, Clock clock) {
        this(journal, clock, Vault.NONE);
    }

    /** Keeps its notes in this directory; what is to be sealed is so with the keys of this vault. */
    public RecordingDesk(Path journal, Clock clock, Vault vault) {
        this.clock = clock;
        this.journal = new Journal(journal);
        this.vault = vault;
    }

    /** With whose keys it seals. */
    public Vault vault() {
        return vault;
    }

    /** Begins to write by itself. */
    public void start() {
        var writing = Thread.ofPlatform().name("recorder").daemon(true).unstarted(this::write);
        thread = writing;
        writing.start();
    }

    private void write() {
        while (!closed) {
            var began = clock.nanoTime();
            advance();
            if (underWay.isEmpty() && feeds.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(STEP_MS) - (clock.nanoTime() - began));
            }
        }
    }

    /** Writes what has come for each. */
    public void advance() {
        for (var feed : feeds) {
            try {
                feed.advance();
            } catch (RuntimeException fault) {
                LOG.error("a fault in allo ends what listens to a call", fault);
                feed.close();
            }
        }
        for (var recording : underWay) {
            try {
                recording.advance();
            } catch (RuntimeException fault) {
                LOG.error(
                        "a fault in allo ends the recording {}",
                        recording.plan().path(),
                        fault);
                underWay.remove(recording);
            }
        }
    }

    /**
     * Begins a recording. The caller taps a port with its {@link SoundRecording#tap}.
     *
     * @throws RecordingException if the file can't be made, or its format can't hold what is asked for
     */
    public SoundRecording begin(RecordingPlan plan, SoundRecording.Listener listener) throws RecordingException {
        if (underWay.size() >= MOST_RECORDINGS) {
            throw new RecordingException(MOST_RECORDINGS + " recordings are under way: no more at one time");
        }
        if (plan.sides().channels() > 1 && !plan.format().isStereo()) {
            throw new RecordingException("a ." + plan.format().ending()
                    + " file has one channel; both sides beside each other need wav or wav16");
        }
        RecordingFile file = null;
        try {
            file = RecordingFile.begin(plan, journal, vault, clock.epochMillis());
            var made = new SoundRecording[1];
            var recording = new SoundRecording(
                    plan, file, file.open(plan.format()), clock, listener, () -> underWay.remove(made[0]));
            made[0] = recording;
            underWay.add(recording);
            LockSupport.unpark(thread);
            return recording;
        } catch (IOException refused) {
            if (file != null) {
                forget(file);
            }
            throw new RecordingException(plan.path() + " can't be recorded: " + why(refused), refused);
        }
    }

    /**
     * Gives on what a port's phone says, until it is closed. The caller taps a port with its {@link SoundFeed#tap}.
     *
     * @throws RecordingException if too many listen
     */
    public SoundFeed feed(int sampleRate, SoundFeed.Listener listener) throws RecordingException {
        if (feeds.size() >= MOST_RECORDINGS) {
            throw new RecordingException(MOST_RECORDINGS + " programs listen to calls: no more at one time");
        }
        var made = new SoundFeed[1];
        var feed = new SoundFeed(sampleRate, listener, clock, () -> feeds.remove(made[0]));
        made[0] = feed;
        feeds.add(feed);
        LockSupport.unpark(thread);
        return feed;
    }

    /** What is listened to, for leak checks. */
    public int feeds() {
        return feeds.size();
    }

    private static String why(IOException refused) {
        return refused instanceof VaultException told ? String.valueOf(told.getMessage()) : refused.toString();
    }

    private void forget(RecordingFile file) {
        try {
            Files.deleteIfExists(file.note().part());
            journal.remove(file.note());
        } catch (IOException alsoRefused) {
            LOG.warn("{} is left behind: {}", file.note().part(), alsoRefused.toString());
        }
    }

    /** Recordings under way, for metrics and leak checks. */
    public int underWay() {
        return underWay.size();
    }

    /**
     * Finishes what a crash left: each file that was being written is brought to its end and put at its place. Once, before the
     * first recording.
     */
    public List<FinishedRecording> recover() {
        var finished = new ArrayList<FinishedRecording>();
        try {
            for (var note : journal.all()) {
                var recovered = recover(note);
                if (recovered != null) {
                    finished.add(recovered);
                }
            }
        } catch (IOException unreadable) {
            LOG.error("recordings that a crash may have left can't be looked for: {}", unreadable.toString());
        }
        return finished;
    }

    private @Nullable FinishedRecording recover(RecordingNote note) {
        try {
            if (!Files.exists(note.part())) {
                journal.remove(note);
                return null;
            }
            var format = RecordingFormat.of(note.ending());
            var file = RecordingFile.left(note, journal, vault);
            var writer = file.recover(format);
            writer.close(); // writes the header that fits what is there
            var finished = file.put(writer.lengthMs(), true);
            LOG.warn("{} was being recorded when allo ended: {} ms of it are kept", note.path(), finished.lengthMs());
            return finished;
        } catch (VaultException sealed) {
            LOG.error(
                    "{} was being recorded when allo ended and waits for its key: {}",
                    note.part(),
                    sealed.getMessage());
            return null;
        } catch (IOException | RecordingException lost) {
            LOG.error("{} could not be finished: {}", note.part(), lost.toString());
            return null;
        }
    }

    /** Stops what is under way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        List.copyOf(feeds).forEach(SoundFeed::close);
        for (var recording : List.copyOf(underWay)) {
            recording.stop(0, Long.MAX_VALUE);
        }
    }
}
