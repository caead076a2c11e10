package io.allo.gate.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 that are not longer than a limit. Owned by its connection. */
final class RequestLines {

    private final InputStream in;
    private final int limitBytes;

    RequestLines(InputStream in, int limitBytes) {
        this.in = new BufferedInputStream(in);
        this.limitBytes = limitBytes;
    }

    /** The next line without its end; null at the end of the stream. */
    @Nullable
    String next() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            var b = in.read();
            if (b < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == limitBytes) {
                throw new IOException("a line of more than " + limitBytes + " bytes");
            }
            line.write(b);
        }
    }
}
