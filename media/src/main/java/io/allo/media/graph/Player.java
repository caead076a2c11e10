package io.allo.media.graph;

import io.allo.media.audio.ToneSequence;
import io.allo.media.audio.ToneSequenceGenerator;
import io.allo.media.codec.Resampler;
import io.allo.media.port.PlaySource;
import io.allo.media.port.Sound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a {@link PlaySource} to one port: pause, seek, end. Owned by the media loop. */
final class Player implements FrameSource {

    /** Enough for tones, and for silence. */
    private static final int TONES_RATE = 8_000;

    private final long playbackId;
    private final FrameSource source;
    private final @Nullable SoundTrack track;
    private @Nullable MusicPlayer music;
    private boolean paused;
    private long playedSamples;
    private int lastRate = 8_000;

    Player(long playbackId, PlaySource source) {
        this.playbackId = playbackId;
        switch (source) {
            case PlaySource.Sounds sounds -> {
                track = new SoundTrack(sounds.sounds());
                this.source = track;
            }
            case PlaySource.Tones tones -> {
                track = null;
                this.source = new ToneTrack(tones.sequence());
            }
            case PlaySource.Music wanted -> {
                track = null;
                music = new MusicPlayer(wanted.stream());
                this.source = (pcm, samples, sampleRate) -> {
                    java.util.Arrays.fill(pcm, 0, samples, (short) 0); // time passes for one that nobody hears
                    return samples;
                };
            }
            case PlaySource.Silence silence -> {
                track = null;
                this.source = new SilenceTrack(silence.durationMs());
            }
        }
    }

    long playbackId() {
        return playbackId;
    }

    /** The listener's place in a music, null if it plays something else or is paused. */
    @Nullable
    MusicPlayer music() {
        return paused ? null : music;
    }

    void pause(boolean on) {
        paused = on;
    }

    void seek(long offsetMs) {
        if (track != null) {
            track.seek(offsetMs);
        }
    }

    long positionMs() {
        return track != null ? track.positionMs() : playedSamples * 1000 / lastRate;
    }

    /** The rate of the sound that comes next, Hz: at it nothing has to be resampled. */
    int sourceRate() {
        return track != null ? track.sourceRate() : TONES_RATE;
    }

    @Override
    public int produce(short[] pcm, int samples, int sampleRate) {
        if (paused) {
            java.util.Arrays.fill(pcm, 0, samples, (short) 0);
            return samples;
        }
        lastRate = sampleRate;
        var made = source.produce(pcm, samples, sampleRate);
        playedSamples += made;
        return made;
    }

    /** Sounds one after the other. */
    private static final class SoundTrack implements FrameSource {
        private final List<Sound> sounds;
        private int index;
        private int at;
        private @Nullable Resampler resampler;
        private int resamplerFrom;
        private int resamplerTo;
        private short[] piece = new short[0];

        SoundTrack(List<Sound> sounds) {
            this.sounds = sounds;
        }

        long positionMs() {
            var ms = 0L;
            for (var i = 0; i < index; i++) {
                ms += sounds.get(i).lengthMs();
            }
            return index < sounds.size() ? ms + at * 1000L / sounds.get(index).sampleRate() : ms;
        }

        int sourceRate() {
            return sounds.isEmpty()
                    ? TONES_RATE
                    : sounds.get(Math.min(index, sounds.size() - 1)).sampleRate();
        }

        void seek(long offsetMs) {
            var target = Math.max(0, positionMs() + offsetMs);
            index = 0;
            at = 0;
            while (index < sounds.size() && target >= sounds.get(index).lengthMs()) {
                target -= sounds.get(index).lengthMs();
                index++;
            }
            if (index < sounds.size()) {
                at = (int) (target * sounds.get(index).sampleRate() / 1000);
            }
        }

        @Override
        public int produce(short[] pcm, int samples, int sampleRate) {
            var made = 0;
            while (made < samples && index < sounds.size()) {
                var sound = sounds.get(index);
                var got = sound.sampleRate() == sampleRate
                        ? copy(sound, pcm, made, samples - made)
                        : convert(sound, pcm, made, samples - made, sampleRate);
                made += got;
                if (at >= sound.samples().length) {
                    index++;
                    at = 0;
                }
                if (got == 0 && at > 0) {
                    break;
                }
            }
            return made;
        }

        private int copy(Sound sound, short[] pcm, int off, int wanted) {
            var n = Math.min(wanted, sound.samples().length - at);
            System.arraycopy(sound.samples(), at, pcm, off, n);
            at += n;
            return n;
        }

        private int convert(Sound sound, short[] pcm, int off, int wanted, int sampleRate) {
            if (resampler == null || resamplerFrom != sound.sampleRate() || resamplerTo != sampleRate) {
                resampler = new Resampler(sound.sampleRate(), sampleRate);
                resamplerFrom = sound.sampleRate();
                resamplerTo = sampleRate;
            }
            var needed = wanted * sound.sampleRate() / sampleRate;
            var n = Math.min(needed, sound.samples().length - at);
            if (n <= 0) {
                at = sound.samples().length;
                return 0;
            }
            var room = resampler.maxOutput(n);
            if (piece.length < room) {
                piece = new short[room];
            }
            var got = Math.min(wanted, resampler.resample(sound.samples(), at, n, piece, 0));
            System.arraycopy(piece, 0, pcm, off, got);
            at += n;
            return got;
        }
    }

    /** Tones; the generator is made when the rate is known. */
    private static final class ToneTrack implements FrameSource {
        private final ToneSequence sequence;
        private @Nullable ToneSequenceGenerator generator;

        ToneTrack(ToneSequence sequence) {
            this.sequence = sequence;
        }

        @Override
        public int produce(short[] pcm, int samples, int sampleRate) {
            if (generator == null) {
                generator = new ToneSequenceGenerator(sequence, sampleRate);
            }
            return generator.fill(pcm, 0, samples);
        }
    }

    /** Nothing, for a while. */
    private static final class SilenceTrack implements FrameSource {
        private long leftMicros;

        SilenceTrack(long durationMs) {
            leftMicros = durationMs * 1000;
        }

        @Override
        public int produce(short[] pcm, int samples, int sampleRate) {
            var left = leftMicros * sampleRate / 1_000_000;
            var n = (int) Math.min(samples, left);
            java.util.Arrays.fill(pcm, 0, n, (short) 0);
            leftMicros -= samples * 1_000_000L / sampleRate;
            return n;
        }
    }
}
