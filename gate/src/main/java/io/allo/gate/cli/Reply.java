package io.allo.gate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer to one command, in the asker's language. Owned by its connection. */
final class Reply {

    private final boolean french;
    private final List<String> lines = new ArrayList<>();
    private int status;

    Reply(String language) {
        french = language.toLowerCase(Locale.ROOT).startsWith("fr");
    }

    String say(String english, String inFrench) {
        return french ? inFrench : english;
    }

    String language() {
        return french ? "fr" : "en";
    }

    void line(String english, String inFrench) {
        line(say(english, inFrench));
    }

    void line(String text) {
        lines.add(text);
    }

    void table(Table table) {
        lines.addAll(table.lines());
    }

    /** It did not work. */
    void fail(String english, String inFrench) {
        line(english, inFrench);
        status = 1;
    }

    List<String> lines() {
        return lines;
    }

    int status() {
        return status;
    }
}
