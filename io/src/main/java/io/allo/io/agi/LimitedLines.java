package io.allo.io.agi;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream in which no line is longer than {@link AgiLink#LONGEST_LINE} bytes: where one would be, a line end is put. One thread. */
final class LimitedLines extends FilterInputStream {

    private int column;

    LimitedLines(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var count = super.read(bytes, offset, length);
        for (var i = offset; i < offset + count; i++) {
            column = bytes[i] == '\n' ? 0 : column + 1;
            if (column == AgiLink.LONGEST_LINE) {
                bytes[i] = '\n';
                column = 0;
            }
        }
        return count;
    }
}
