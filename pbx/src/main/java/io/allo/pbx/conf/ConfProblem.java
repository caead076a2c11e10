package io.allo.pbx.conf;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a configuration file: where, why, and what to write instead. Immutable.
 *
 * @param severity how bad it is
 * @param file the file as the administrator names it
 * @param line the line, counted from 1; 0 when the whole file is meant
 * @param code a stable name of the kind of problem, for programs: {@code unknown-option}
 * @param message what is wrong and why
 * @param suggestion what to do about it, where that is known
 */
public record ConfProblem(
        Severity severity,
        String file,
        int line,
        String code,
        Text message,
        @Nullable Text suggestion) {

    /** How bad a problem is. */
    public enum Severity {
        /** The configuration cannot be used; a reload keeps the old one. */
        ERROR,
        /** The configuration works, but not as written. */
        WARNING,
        /** Worth knowing; nothing is lost. */
        NOTICE
    }

    /** A problem that makes the configuration unusable. */
    public static ConfProblem error(String file, int line, String code, Text message, @Nullable Text suggestion) {
        return new ConfProblem(Severity.ERROR, file, line, code, message, suggestion);
    }

    /** A problem that the configuration survives. */
    public static ConfProblem warning(String file, int line, String code, Text message, @Nullable Text suggestion) {
        return new ConfProblem(Severity.WARNING, file, line, code, message, suggestion);
    }

    /** Whether this problem makes the configuration unusable. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line, {@code file:line: error: message (suggestion)}, in the language of the tag ({@code en}, {@code fr}). */
    public String inWords(String language) {
        boolean french = language.regionMatches(true, 0, "fr", 0, 2);
        String level = switch (severity) {
            case ERROR -> french ? "erreur" : "error";
            case WARNING -> french ? "attention" : "warning";
            case NOTICE -> french ? "remarque" : "notice";
        };
        String place = line > 0 ? file + ":" + line : file;
        String colon = french ? " : " : ": ";
        String hint = suggestion == null ? "" : " (" + suggestion.in(language) + ")";
        return place + ": " + level + colon + message.in(language) + hint;
    }

    @Override
    public String toString() {
        return inWords("en");
    }
}
