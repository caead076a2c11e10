package io.allo.media.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sources under one key by SSRC, each with its own window: RFC 3711 3.2.3. Only authenticated packets make entries. Owned
 * by the thread of its context.
 */
final class SourceTable {

    private int[] ssrcs = new int[2];
    private @Nullable ReplayWindow[] windows = new ReplayWindow[2];
    private int count;
    private int last;

    /** The window of this source, null if it is not known. */
    @Nullable
    ReplayWindow find(int ssrc) {
        if (last < count && ssrcs[last] == ssrc) {
            return windows[last];
        }
        for (var i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                last = i;
                return windows[i];
            }
        }
        return null;
    }

    boolean isFull() {
        return count == SrtpContext.MAX_SOURCES;
    }

    /** Makes the window of a new source; the table must not be full. */
    ReplayWindow add(int ssrc) {
        if (count == ssrcs.length) {
            ssrcs = Arrays.copyOf(ssrcs, 2 * count);
            windows = Arrays.copyOf(windows, 2 * count);
        }
        var window = new ReplayWindow();
        ssrcs[count] = ssrc;
        windows[count] = window;
        last = count++;
        return window;
    }
}
