package io.allo.media.port;

/**
 * A sound in memory: linear 16-bit mono samples. Immutable by agreement (the array is never written after it was handed
 * in), so that one copy serves all listeners.
 */
public final class Sound {

    private final String name;
    private final int sampleRate;
    private final short[] samples;

    /** The name is what the dialplan called it, the rate is in Hz. */
    public Sound(String name, int sampleRate, short[] samples) {
        this.name = name;
        this.sampleRate = sampleRate;
        this.samples = samples;
    }

    /** What the dialplan called it. */
    public String name() {
        return name;
    }

    /** Samples a second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** The samples themselves, not a copy: only to be read. */
    public short[] samples() {
        return samples;
    }

    /** How long it is. */
    public long lengthMs() {
        return samples.length * 1000L / sampleRate;
    }
}
