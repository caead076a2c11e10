package io.allo.io.music;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.media.audio.SoundSource;
import io.allo.media.codec.Resampler;
import io.allo.media.music.MusicFeed;
import io.allo.media.music.MusicStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of music. A board for any thread to ask for a stream; a thread of its own decodes each class once while anybody
 * hears it, and sleeps otherwise.
 */
public final class MusicLibrary implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MusicLibrary.class);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Who begins to hear without asking (a Local channel joined late) is noticed after this. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int RESTING_TURNS = 10;

    private final RandomSource random;
    private volatile Map<String, Playing> classes = Map.of();
    private final Thread thread;
    private volatile boolean closed;

    /** A library that is not read yet. */
    public MusicLibrary(RandomSource random, Clock clock) {
        this.random = random;
        this.thread = Thread.ofPlatform().name("music").daemon(true).unstarted(() -> run(clock));
    }

    /** Begins to read when somebody listens. */
    public void start() {
        thread.start();
    }

    /** Has these classes from now on; one that is as before goes on where it is. */
    public void use(List<MusicClass> now) {
        var next = new HashMap<String, Playing>();
        var before = classes;
        for (var music : now) {
            var former = before.get(music.name());
            next.put(music.name(), former != null && former.music.equals(music) ? former : new Playing(music, random));
        }
        classes = Map.copyOf(next);
    }

    /** A class's music; empty if there is no such class. Asking wakes the reader. */
    public Optional<MusicStream> stream(String name) {
        var playing = classes.get(name);
        if (playing == null) {
            return Optional.empty();
        }
        playing.stream.at(8_000);
        playing.asked = true;
        LockSupport.unpark(thread);
        return Optional.of(playing.stream);
    }

    /** The names of all classes. */
    public List<String> names() {
        return classes.keySet().stream().sorted().toList();
    }

    private void run(Clock clock) {
        var quiet = 0;
        while (!closed) {
            var began = clock.nanoTime();
            quiet = turn() ? 0 : quiet + 1;
            LockSupport.parkNanos(this, (quiet > RESTING_TURNS ? REST_NANOS : TURN_NANOS) - (clock.nanoTime() - began));
        }
    }

    /** Fills what is heard. False if nobody hears anything. */
    boolean turn() {
        var heard = false;
        for (var playing : classes.values()) {
            try {
                heard |= playing.fill();
            } catch (RuntimeException fault) {
                LOG.error("the music {} stumbles", playing.music.name(), fault);
                playing.skip();
            }
        }
        return heard;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** A class being played. Its stream is for any thread, the rest for the music thread. */
    private static final class Playing {
        private static final int CHUNK = 9_600;

        private final MusicClass music;
        private final MusicStream stream;
        private final Repertoire repertoire;
        private final Map<Integer, Resampler> resamplers = new HashMap<>();
        private final short[] chunk = new short[CHUNK];
        private short[] resampled = new short[0];
        private @Nullable SoundSource piece;
        private volatile boolean asked;

        Playing(MusicClass music, RandomSource random) {
            this.music = music;
            this.stream = new MusicStream(music.name());
            this.repertoire = new Repertoire(music, random);
        }

        boolean fill() {
            var room = 0.0;
            var heard = asked;
            for (var feed : stream.feeds()) {
                if (feed.takeWanted() || asked) {
                    heard = true;
                    room = Math.max(room, (double) feed.room() / feed.sampleRate());
                }
            }
            asked = false;
            while (room > 0) {
                room -= play();
            }
            return heard;
        }

        void skip() {
            resamplers.clear();
            var former = piece;
            piece = null;
            try {
                if (former != null) {
                    former.close();
                }
            } catch (IOException ignoredByNobody) {
                LOG.debug("a piece of {} did not close", music.name(), ignoredByNobody);
            }
        }

        /** Decodes a chunk for all feeds; the seconds it lasts. */
        private double play() {
            var from = piece;
            if (from == null) {
                from = repertoire.next();
                piece = from;
                resamplers.clear();
            }
            int got;
            try {
                got = from.read(chunk, 0, from.sampleRate() / 10);
            } catch (IOException broken) {
                LOG.warn("a piece of {} breaks off: {}", music.name(), broken.getMessage());
                got = -1;
            }
            if (got < 0) {
                skip();
                return 0.01; // pieces without a sample must not hold the thread for ever
            }
            for (var feed : stream.feeds()) {
                write(feed, from.sampleRate(), got);
            }
            return (double) got / from.sampleRate();
        }

        private void write(MusicFeed feed, int rate, int count) {
            if (feed.sampleRate() == rate) {
                feed.write(chunk, 0, count);
                return;
            }
            var resampler = resamplers.computeIfAbsent(feed.sampleRate(), to -> new Resampler(rate, to));
            if (resampled.length < resampler.maxOutput(count)) {
                resampled = new short[resampler.maxOutput(count)];
            }
            feed.write(resampled, 0, resampler.resample(chunk, 0, count, resampled, 0));
        }
    }
}
