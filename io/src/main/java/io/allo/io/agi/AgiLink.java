package io.allo.io.agi;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with one script, line by line. Nothing here blocks: what comes waits in a short queue (the script waits when
 * it is full), what is sent in another. Owned by the call that opened it.
 */
public interface AgiLink extends AutoCloseable {

    /** Bytes of one line that are taken; Asterisk takes as many. */
    int LONGEST_LINE = 8_192;

    /** The next thing that came, null if nothing has; in the end {@link AgiInput.Ended} again and again. */
    @Nullable
    AgiInput next();

    /** Sends text with its line ends. False if the script does not read what it is sent: so much waits that no more is taken. */
    boolean send(String text);

    /** Tells the script that the caller has hung up: SIGHUP to a process, {@code HANGUP} to a server. */
    void hangUp();

    /** Sound of the caller for a script that wants it (EAGI): linear samples at 8000 Hz. Dropped where it isn't read in time. */
    default void hear(short[] samples, int count) {}

    /** Ends it: what has not ended by itself is ended, a process with its children. */
    @Override
    void close();
}
