package io.allo.media.codec;

import java.util.Locale;

/**
 * What a receiver of Opus asks of the sender: the format parameters of RFC 7587 6.1, as they stand in {@code a=fmtp}. What is missing
 * or can't be read has the RFC's default. Immutable.
 *
 * @param maxPlaybackRateHz the highest rate it can play ({@code maxplaybackrate}), 8000 to 48000
 * @param maxCaptureRateHz the highest rate it is likely to send ({@code sprop-maxcapturerate})
 * @param maxAverageBitrate bit/s it wants at most ({@code maxaveragebitrate}), 0 if it says none
 * @param stereo it prefers stereo
 * @param sendsStereo it is likely to send stereo ({@code sprop-stereo})
 * @param cbr it wants a constant bit rate
 * @param fec it makes use of in-band forward error correction ({@code useinbandfec})
 * @param dtx it prefers that nothing is sent in silence ({@code usedtx})
 * @param minPtimeMs the shortest packet it wants ({@code minptime}), 0 if it says none; RFC 7587 7 lets it stand here too
 * @param maxPtimeMs the longest ({@code maxptime}), 0 if it says none
 */
public record OpusFormat(
        int maxPlaybackRateHz,
        int maxCaptureRateHz,
        int maxAverageBitrate,
        boolean stereo,
        boolean sendsStereo,
        boolean cbr,
        boolean fec,
        boolean dtx,
        int minPtimeMs,
        int maxPtimeMs) {

    /** Nothing said. */
    public static final OpusFormat DEFAULT =
            new OpusFormat(Opus.RATE, Opus.RATE, 0, false, false, false, false, false, 0, 0);

    /** The lowest rate of RFC 7587 6.1, in Hz. */
    public static final int LEAST_RATE = 8_000;

    /** The lowest and highest bit rates that libopus takes, in bit/s; RFC 7587 6.1 calls 6000 to 510000 sensible. */
    public static final int LEAST_BITRATE = 500;

    /** See {@link #LEAST_BITRATE}. */
    public static final int MOST_BITRATE = 512_000;

    /** Reads the text behind {@code a=fmtp:} and the number. */
    public static OpusFormat parse(String fmtp) {
        var read = new Reading();
        for (String item : fmtp.split(";")) {
            int equals = item.indexOf('=');
            if (equals > 0) {
                read.take(
                        item.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        item.substring(equals + 1).strip());
            }
        }
        return read.format();
    }

    /** The text for {@code a=fmtp}; what is at its default is left out, so that it can be empty. */
    public String text() {
        var text = new StringBuilder();
        say(text, "maxplaybackrate", maxPlaybackRateHz, Opus.RATE);
        say(text, "sprop-maxcapturerate", maxCaptureRateHz, Opus.RATE);
        say(text, "maxaveragebitrate", maxAverageBitrate, 0);
        say(text, "stereo", stereo ? 1 : 0, 0);
        say(text, "sprop-stereo", sendsStereo ? 1 : 0, 0);
        say(text, "cbr", cbr ? 1 : 0, 0);
        say(text, "useinbandfec", fec ? 1 : 0, 0);
        say(text, "usedtx", dtx ? 1 : 0, 0);
        say(text, "minptime", minPtimeMs, 0);
        say(text, "maxptime", maxPtimeMs, 0);
        return text.toString();
    }

    private static void say(StringBuilder text, String name, int value, int usual) {
        if (value != usual) {
            text.append(text.isEmpty() ? "" : ";").append(name).append('=').append(value);
        }
    }

    /** The parameters as they come; the last of a name counts. */
    private static final class Reading {
        private int maxPlaybackRateHz = Opus.RATE;
        private int maxCaptureRateHz = Opus.RATE;
        private int maxAverageBitrate;
        private boolean stereo;
        private boolean sendsStereo;
        private boolean cbr;
        private boolean fec;
        private boolean dtx;
        private int minPtimeMs;
        private int maxPtimeMs;

        void take(String name, String value) {
            switch (name) {
                case "maxplaybackrate" -> maxPlaybackRateHz = number(value, LEAST_RATE, Opus.RATE, Opus.RATE);
                case "sprop-maxcapturerate" -> maxCaptureRateHz = number(value, LEAST_RATE, Opus.RATE, Opus.RATE);
                case "maxaveragebitrate" -> maxAverageBitrate = number(value, LEAST_BITRATE, MOST_BITRATE, 0);
                case "stereo" -> stereo = value.equals("1");
                case "sprop-stereo" -> sendsStereo = value.equals("1");
                case "cbr" -> cbr = value.equals("1");
                case "useinbandfec" -> fec = value.equals("1");
                case "usedtx" -> dtx = value.equals("1");
                case "minptime" -> minPtimeMs = number(value, 1, 120, 0);
                case "maxptime" -> maxPtimeMs = number(value, 1, 120, 0);
                default -> {} // RFC 3264 and RFC 4566 6: what one does not know is passed over
            }
        }

        OpusFormat format() {
            return new OpusFormat(
                    maxPlaybackRateHz,
                    maxCaptureRateHz,
                    maxAverageBitrate,
                    stereo,
                    sendsStereo,
                    cbr,
                    fec,
                    dtx,
                    minPtimeMs,
                    maxPtimeMs);
        }

        private static int number(String digits, int least, int most, int otherwise) {
            if (!digits.matches("\\d{1,9}")) {
                return otherwise;
            }
            return Math.clamp(Integer.parseInt(digits), least, most);
        }
    }
}
