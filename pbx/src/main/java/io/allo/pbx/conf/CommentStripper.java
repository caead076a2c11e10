package io.allo.pbx.conf;

import org.jspecify.annotations.Nullable;

/** Takes comments out of the lines of one file, remembering open block comments between lines. Owned by the parse. */
final class CommentStripper {
    private int depth;
    private int openedAtLine;
    private boolean tooDeep;

    /** The line without comments and with {@code \;} turned into {@code ;}; null when it lies wholly in a comment. */
    @Nullable
    String strip(String line, int lineNumber) {
        boolean startedInside = depth > 0;
        if (!startedInside && line.indexOf(';') < 0) return line;
        var kept = new StringBuilder(line.length());
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c != ';') {
                if (depth == 0) kept.append(c);
                at++;
            } else if (depth == 0 && at > 0 && line.charAt(at - 1) == '\\') {
                kept.setCharAt(kept.length() - 1, ';');
                at++;
            } else if (opensBlock(line, at)) {
                open(lineNumber);
                at += 3;
            } else if (depth > 0) {
                if (at >= 2 && line.charAt(at - 1) == '-' && line.charAt(at - 2) == '-') depth--;
                at++;
            } else {
                break;
            }
        }
        return startedInside && kept.isEmpty() ? null : kept.toString();
    }

    /** {@code ;--} opens a block unless a third dash makes it the ruler of a plain comment. */
    private static boolean opensBlock(String line, int at) {
        return line.startsWith("--", at + 1) && !line.startsWith("-", at + 3);
    }

    private void open(int lineNumber) {
        if (depth == ConfParser.MAX_COMMENT_DEPTH) {
            tooDeep = true;
            return;
        }
        if (depth++ == 0) openedAtLine = lineNumber;
    }

    /** The line where a comment began that is still open, 0 when none is. */
    int openSince() {
        return depth > 0 ? openedAtLine : 0;
    }

    /** Whether comments were nested deeper than {@link ConfParser#MAX_COMMENT_DEPTH}. */
    boolean tooDeep() {
        return tooDeep;
    }
}
