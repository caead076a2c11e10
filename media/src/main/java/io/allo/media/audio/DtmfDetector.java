package io.allo.media.audio;

/**
 * Hears DTMF digits in sound, after the receiver requirements of ITU-T Q.24. Owned by one thread; allocates nothing after construction.
 *
 * <p>The eight frequencies are measured in windows of 12.75 ms that overlap by half. From the phase between two windows follows each
 * frequency to a few Hz, so that speech, whose harmonics are rarely where they should be, is not taken for a digit. A window has a digit
 * if one row and one column stand out, both are strong enough, their levels differ by no more than the allowed twist, and together they are
 * nearly all of the sound. Four windows in a row with the same digit begin it (tones from 40 ms on are heard, below 23 ms not); five
 * without it, or four with another, end it (interruptions up to 10 ms do not double a digit, pauses from 40 ms on divide two).
 */
public final class DtmfDetector {
    /** Is told of digits, in the thread that calls. */
    public interface Listener {
        /** A digit has begun; about 35 ms after it really did. */
        void digitBegan(char digit);

        /** A digit has ended after so many milliseconds. */
        void digitEnded(char digit, int durationMs);
    }

    private static final int STEP_MICROS = 6375; // 51 samples at 8000 Hz
    private static final int BEGIN_WINDOWS = 4;
    private static final int END_WINDOWS = 5;
    private static final double QUIETEST_DBM0 = -36;
    private static final double SHARE = 0.72;
    private static final double LOW_OVER_HIGH = ratio(10); // normal twist: Q.24 asks for up to 8 dB
    private static final double HIGH_OVER_LOW = ratio(8); // reverse twist: up to 6 dB
    private static final double OVER_OTHERS = ratio(5);
    private static final double STEADY = 0.6;
    private static final double DEVIATION = 0.026; // in the mean; heard within 1.5 % + 2 Hz, not heard beyond 3.5 %
    private static final double DEVIATION_ONCE = 0.04; // in one window, where the other tone disturbs

    private final Listener listener;
    private final int sampleRate;
    private final int step;
    private final double minPower;
    private final Goertzel[] tones = new Goertzel[8];
    private final double[] turnCos = new double[8];
    private final double[] turnSin = new double[8];
    private final double[] halfReal = new double[8];
    private final double[] halfImaginary = new double[8];
    private final double[] real = new double[8];
    private final double[] imaginary = new double[8];
    private final double[] cross = new double[8];
    private final double[] dot = new double[8];
    private final double[] power = new double[8];
    private final double[] energies = new double[BEGIN_WINDOWS];
    private double halfEnergy;
    private double energy;
    private int filled;
    private long samples;

    private double lowDeviation;
    private double highDeviation;
    private double lowSum;
    private double highSum;
    private char candidate;
    private int agreeing;
    private char digit;
    private int missing;
    private long beganAt;
    private long lastHeardAt;

    /** Listens to sound of a rate in Hz, at least 8000. */
    public DtmfDetector(int sampleRate, Listener listener) {
        if (sampleRate < 8000) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        this.listener = listener;
        this.sampleRate = sampleRate;
        step = (int) ((long) sampleRate * STEP_MICROS / 1_000_000);
        double amplitude = Tone.amplitude(QUIETEST_DBM0) * step; // A n / 2 for a window of two steps
        minPower = amplitude * amplitude;
        for (int i = 0; i < 8; i++) {
            double hz = i < 4 ? DtmfTone.ROWS[i] : DtmfTone.COLUMNS[i - 4];
            tones[i] = new Goertzel(hz, sampleRate);
            double turn = 2 * Math.PI * hz / sampleRate * step;
            turnCos[i] = Math.cos(turn);
            turnSin[i] = Math.sin(turn);
        }
    }

    /** Listens on. */
    public void accept(short[] pcm, int off, int n) {
        for (int done = 0; done < n; ) {
            int some = Math.min(n - done, step - filled);
            for (var tone : tones) {
                tone.accept(pcm, off + done, some);
            }
            for (int i = off + done; i < off + done + some; i++) {
                energy += pcm[i] * pcm[i];
            }
            filled += some;
            samples += some;
            done += some;
            if (filled == step) {
                filled = 0;
                heard(window());
            }
        }
    }

    /** The digit that sounds now, or 0. */
    public char digit() {
        return digit;
    }

    /** Ends a digit that sounds and forgets what was heard. */
    public void reset() {
        finish();
        candidate = 0;
        agreeing = 0;
        halfEnergy = 0;
        energy = 0;
        filled = 0;
        for (int i = 0; i < 8; i++) {
            tones[i].finish();
            halfReal[i] = 0;
            halfImaginary[i] = 0;
        }
    }

    /** The digit in the last two steps, or 0. */
    private char window() {
        double windowEnergy = halfEnergy + energy;
        halfEnergy = energy;
        energy = 0;
        energies[(int) (samples / step % BEGIN_WINDOWS)] = windowEnergy;
        for (int i = 0; i < 8; i++) {
            transform(i);
        }
        int row = strongest(0);
        int column = strongest(4);
        if (power[row] < minPower || power[column] < minPower || !standsOut(row, 0) || !standsOut(column, 4)) {
            return 0;
        }
        double lowAway = Math.atan2(cross[row], dot[row]);
        double highAway = Math.atan2(cross[column], dot[column]);
        double low = power[row] / loss(lowAway);
        double high = power[column] / loss(highAway);
        boolean level = low <= high * LOW_OVER_HIGH && high <= low * HIGH_OVER_LOW;
        boolean alone = (low + high) * 2 >= SHARE * 2 * step * windowEnergy;
        lowDeviation = lowAway / radiansPerStep(DtmfTone.ROWS[row]);
        highDeviation = highAway / radiansPerStep(DtmfTone.COLUMNS[column - 4]);
        boolean tuned = Math.abs(lowDeviation) <= DEVIATION_ONCE && Math.abs(highDeviation) <= DEVIATION_ONCE;
        return level && alone && tuned ? DtmfTone.DIGITS.charAt(row * 4 + column - 4) : 0;
    }

    /** Joins the last two steps to a window, and compares its phase with what the last window promised. */
    private void transform(int i) {
        tones[i].finish();
        double re = tones[i].real();
        double im = tones[i].imaginary();
        double windowRe = re + halfReal[i] * turnCos[i] - halfImaginary[i] * turnSin[i];
        double windowIm = im + halfReal[i] * turnSin[i] + halfImaginary[i] * turnCos[i];
        double nominalRe = real[i] * turnCos[i] - imaginary[i] * turnSin[i];
        double nominalIm = real[i] * turnSin[i] + imaginary[i] * turnCos[i];
        cross[i] = windowIm * nominalRe - windowRe * nominalIm;
        dot[i] = windowRe * nominalRe + windowIm * nominalIm;
        power[i] = windowRe * windowRe + windowIm * windowIm;
        real[i] = windowRe;
        imaginary[i] = windowIm;
        halfReal[i] = re;
        halfImaginary[i] = im;
    }

    private int strongest(int from) {
        int best = from;
        for (int i = from + 1; i < from + 4; i++) {
            if (power[i] > power[best]) {
                best = i;
            }
        }
        return best;
    }

    private boolean standsOut(int best, int from) {
        for (int i = from; i < from + 4; i++) {
            if (i != best && power[i] * OVER_OTHERS > power[best]) {
                return false;
            }
        }
        return true;
    }

    private double radiansPerStep(int hz) {
        return 2 * Math.PI * hz * step / sampleRate;
    }

    /** What is left of the power of a tone beside the middle of a window: sinc squared, not below what 2 % away makes of it. */
    private static double loss(double radiansPerStep) {
        double x = radiansPerStep; // half the phase over the window of two steps
        if (Math.abs(x) < 1e-6) {
            return 1;
        }
        double sinc = Math.sin(x) / x;
        return Math.max(0.55, sinc * sinc);
    }

    private void heard(char now) {
        if (now == candidate) {
            agreeing++;
            lowSum += lowDeviation;
            highSum += highDeviation;
        } else { // the first deviation compares with a window before the tone and does not count
            candidate = now;
            agreeing = 1;
            lowSum = 0;
            highSum = 0;
        }
        if (digit != 0 && now == digit) {
            missing = 0;
            lastHeardAt = samples;
        } else if (digit != 0 && ++missing >= END_WINDOWS) {
            finish();
        }
        if (now != 0 && now != digit && agreeing >= BEGIN_WINDOWS) {
            if (!isTuned()) {
                candidate = 0;
                return;
            }
            if (!isSteady()) {
                return;
            }
            finish();
            digit = now;
            missing = 0;
            beganAt = samples - (long) (BEGIN_WINDOWS + 1) * step;
            lastHeardAt = samples;
            listener.digitBegan(now);
        }
    }

    /** Whether the windows that begin a digit are all full of it; a tone of 23 ms cannot fill four. */
    private boolean isSteady() {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (double each : energies) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        return least >= STEADY * most;
    }

    private boolean isTuned() {
        double most = DEVIATION * (agreeing - 1);
        return Math.abs(lowSum) <= most && Math.abs(highSum) <= most;
    }

    private void finish() {
        if (digit != 0) {
            char ended = digit;
            digit = 0;
            listener.digitEnded(ended, (int) ((lastHeardAt - beganAt) * 1000 / sampleRate));
        }
    }

    private static double ratio(double db) {
        return Math.pow(10, db / 10);
    }
}
