package io.allo.media.recording;

/** Which side of a port's sound stands in a recording. */
public enum RecordedSides {
    /** Both, added up. */
    MIX(1),
    /** What comes from the port's phone. */
    HEARD(1),
    /** What goes to the port's phone. */
    SPOKEN(1),
    /** Both, the heard one left and the spoken one right. */
    STEREO(2);

    private final int channels;

    RecordedSides(int channels) {
        this.channels = channels;
    }

    /** Sound channels of the file. */
    public int channels() {
        return channels;
    }
}
