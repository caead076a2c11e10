package io.allo.pbx.conf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One parse of one file with its inclusions: the state of {@link ConfParser}. Owned by the thread that parses. */
final class ConfReading {
    private final ConfSource source;
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> filesRead = new LinkedHashSet<>();
    private final List<SectionDraft> drafts = new ArrayList<>();
    private final Map<String, List<SectionDraft>> draftsByName = new HashMap<>();
    private final List<ConfProblem> problems = new ArrayList<>();
    private int fileCount;
    private long totalBytes;
    private int entryCount;
    private boolean full;
    private String file = "";
    private int line;

    ConfReading(ConfSource source) {
        this.source = source;
    }

    void readTop(String name) {
        file = name;
        try {
            List<String> found = source.find(name);
            if (found.isEmpty()) {
                error("file-missing", "there is no such file", "ce fichier n'existe pas");
            }
            for (String each : found) readFile(each, null);
        } catch (IOException e) {
            unreadable(name, e);
        }
    }

    ConfFile result(String name) {
        return new ConfFile(name, drafts.stream().map(SectionDraft::finish).toList(), problems, List.copyOf(filesRead));
    }

    /** Reads one file; its first lines belong to the section that includes it. */
    private void readFile(String name, @Nullable SectionDraft including) throws IOException {
        byte[] bytes = source.read(name);
        fileCount++;
        totalBytes += bytes.length;
        if (fileCount > ConfParser.MAX_FILES || totalBytes > ConfParser.MAX_TOTAL_BYTES) {
            overflow("files", ConfParser.MAX_FILES + " files, " + ConfParser.MAX_TOTAL_BYTES + " bytes");
            return;
        }
        filesRead.add(name);
        open.push(name);
        String outerFile = file;
        int outerLine = line;
        file = name;
        readLines(decode(bytes), including);
        file = outerFile;
        line = outerLine;
        open.pop();
    }

    private void readLines(String text, @Nullable SectionDraft including) {
        var comments = new CommentStripper();
        SectionDraft current = including;
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        line = 0;
        while (start <= text.length() && !full) {
            int end = text.indexOf('\n', start);
            if (end < 0) end = text.length();
            line++;
            if (end - start > ConfParser.MAX_LINE_CHARS) {
                error(
                        "line-too-long",
                        "a line may have " + ConfParser.MAX_LINE_CHARS + " characters",
                        "une ligne peut avoir " + ConfParser.MAX_LINE_CHARS + " caractères");
            } else {
                String plain = comments.strip(text.substring(start, end), line);
                if (plain != null) current = readLine(plain.trim(), current);
            }
            start = end + 1;
        }
        if (comments.tooDeep() && !full) {
            error("comment-depth", "block comments nest too deep", "des commentaires sont imbriqués trop profondément");
        }
        if (comments.openSince() > 0 && !full) {
            line = comments.openSince();
            warning(
                    "comment-unclosed",
                    "this block comment is never closed; all that follows is comment",
                    "ce bloc de commentaire n'est jamais fermé ; toute la suite est commentaire",
                    "close it with --;",
                    "fermez-le par --;");
        }
    }

    private @Nullable SectionDraft readLine(String text, @Nullable SectionDraft current) {
        if (text.isEmpty()) return current;
        char first = text.charAt(0);
        if (first == '[') return readHeader(text, current);
        if (first == '#') {
            readDirective(text, current);
            return current;
        }
        readEntry(text, current);
        return current;
    }

    // ---- headers

    private @Nullable SectionDraft readHeader(String text, @Nullable SectionDraft current) {
        int close = text.indexOf(']');
        String name = close < 0 ? "" : text.substring(1, close).trim();
        if (name.isEmpty()) {
            error(
                    "section-header",
                    close < 0 ? "the section's name is not closed by ]" : "the section has no name",
                    close < 0 ? "le nom de section n'est pas fermé par ]" : "la section n'a pas de nom");
            return current;
        }
        String rest = text.substring(close + 1);
        if (!rest.startsWith("(")) {
            if (!rest.isBlank()) ignoredAfterHeader(rest.trim());
            return begin(new SectionDraft(name, file, line));
        }
        int end = rest.indexOf(')');
        if (end < 0) {
            error(
                    "section-header",
                    "the section's options are not closed by )",
                    "les options de section ne sont pas fermées par )");
            return begin(new SectionDraft(name, file, line));
        }
        if (!rest.substring(end + 1).isBlank())
            ignoredAfterHeader(rest.substring(end + 1).trim());
        return readOptions(name, rest.substring(1, end));
    }

    private SectionDraft begin(SectionDraft draft) {
        drafts.add(draft);
        draftsByName
                .computeIfAbsent(draft.name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(draft);
        count(1);
        return draft;
    }

    private void ignoredAfterHeader(String rest) {
        warning(
                "section-header",
                "\"" + rest + "\" after the section's name is ignored, as Asterisk does",
                "« " + rest + " » après le nom de section est ignoré, comme dans Asterisk",
                rest.startsWith("(") ? "write the parenthesis right after ], without a blank" : null,
                rest.startsWith("(") ? "écrivez la parenthèse juste après ], sans espace" : null);
    }

    private SectionDraft readOptions(String name, String options) {
        SectionDraft target = null;
        var bases = new ArrayList<SectionDraft>();
        boolean template = false;
        for (String each : options.split(",", -1)) {
            String option = each.trim();
            if (option.equals("!")) {
                template = true;
            } else if (option.startsWith("+")) {
                target = existing(name, option.substring(1).trim());
            } else if (!option.isEmpty()) {
                SectionDraft base = firstNamed(option);
                if (base == null) unknownBase(option);
                else bases.add(base);
            }
        }
        SectionDraft draft = target != null ? target : begin(new SectionDraft(name, file, line));
        if (template) draft.template = true;
        for (SectionDraft base : bases) {
            count(base.entries.size());
            if (full) break;
            draft.inherit(base);
        }
        return draft;
    }

    private @Nullable SectionDraft existing(String name, String filter) {
        var found = new ArrayList<SectionDraft>();
        try {
            for (SectionDraft draft : named(name)) {
                if (filter.isEmpty() || draft.fits(filter)) found.add(draft);
            }
        } catch (PosixRegex.SyntaxException e) {
            error(
                    "addition-filter",
                    "the filter cannot be read: " + e.getMessage(),
                    "le filtre est illisible : " + e.getMessage());
            return null;
        }
        if (found.isEmpty()) {
            String what = filter.isEmpty() ? "[" + name + "]" : "[" + name + "] (" + filter + ")";
            error(
                    "addition-without-section",
                    "(+) adds to a section, but there is no " + what + " above",
                    "(+) complète une section, mais il n'y a pas de " + what + " plus haut");
            return null;
        }
        if (filter.isEmpty()
                && found.size() > 1
                && found.getFirst().entries.stream().anyMatch(entry -> entry.is("type"))) {
            warning(
                    "addition-ambiguous",
                    "there are " + found.size() + " sections [" + name + "]; (+) adds to the first, in line "
                            + found.getFirst().line,
                    "il y a " + found.size() + " sections [" + name + "] ; (+) complète la première, ligne "
                            + found.getFirst().line,
                    "say which: [" + name + "](+type=...)",
                    "dites laquelle : [" + name + "](+type=...)");
        }
        return found.getFirst();
    }

    private @Nullable SectionDraft firstNamed(String name) {
        List<SectionDraft> found = named(name);
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<SectionDraft> named(String name) {
        return draftsByName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    private void unknownBase(String base) {
        Text near = Spelling.didYouMean(
                        base,
                        drafts.stream().map(draft -> draft.name).distinct().toList())
                .orElse(new Text("a template must stand above its use", "un modèle doit précéder son emploi"));
        error(
                "template-missing",
                "there is no section or template [" + base + "] above",
                "il n'y a ni section ni modèle [" + base + "] plus haut",
                near.en(),
                near.fr());
    }

    // ---- entries

    private void readEntry(String text, @Nullable SectionDraft current) {
        int equals = text.indexOf('=');
        if (current == null) {
            error(
                    "outside-section",
                    "this line stands before any [section]",
                    "cette ligne se trouve avant toute [section]");
            return;
        }
        String key = equals < 0 ? "" : text.substring(0, equals).trim();
        boolean append = key.endsWith("+");
        if (append) key = key.substring(0, key.length() - 1).trim();
        if (key.isEmpty()) {
            warning(
                    "not-an-entry",
                    equals < 0
                            ? "there is no = in this line; it is ignored"
                            : "there is no name before the =; the line is ignored",
                    equals < 0
                            ? "il n'y a pas de = dans cette ligne ; elle est ignorée"
                            : "il n'y a pas de nom avant le = ; la ligne est ignorée",
                    "write key = value, or ; before a comment",
                    "écrivez clé = valeur, ou ; avant un commentaire");
            return;
        }
        boolean arrow = text.startsWith(">", equals + 1);
        String value = text.substring(equals + (arrow ? 2 : 1)).trim();
        count(1);
        if (full) return;
        if (!current.add(new ConfEntry(key, value, arrow, file, line, false), append)) {
            error(
                    "value-too-long",
                    "with += the value exceeds " + ConfParser.MAX_LINE_CHARS + " characters",
                    "avec += la valeur dépasse " + ConfParser.MAX_LINE_CHARS + " caractères");
        }
    }

    // ---- directives

    private void readDirective(String text, @Nullable SectionDraft current) {
        int blank = 1;
        while (blank < text.length() && text.charAt(blank) > ' ') blank++;
        String directive = text.substring(1, blank).toLowerCase(Locale.ROOT);
        String argument = unquote(text.substring(blank).trim());
        switch (directive) {
            case "include", "tryinclude" -> {
                if (argument.isEmpty()) {
                    warning(
                            "directive",
                            "#" + directive + " names no file",
                            "#" + directive + " ne nomme aucun fichier",
                            null,
                            null);
                } else {
                    include(argument, directive.equals("tryinclude"), current);
                }
            }
            case "exec" ->
                warning(
                        "exec-refused",
                        "#exec is not run: a configuration must not depend on what a program prints",
                        "#exec n'est pas exécuté : une configuration ne doit pas dépendre de ce qu'un programme affiche",
                        "run " + argument + " yourself, keep its output in a file, and #include that",
                        "exécutez " + argument
                                + " vous-même, gardez sa sortie dans un fichier, et incluez-le par #include");
            default -> {
                Text near = Spelling.didYouMean(directive, List.of("include", "tryinclude", "exec"))
                        .orElse(new Text("comments begin with ;", "les commentaires commencent par ;"));
                warning(
                        "directive",
                        "\"#" + directive + "\" is no directive; the line is ignored",
                        "« #" + directive + " » n'est pas une directive ; la ligne est ignorée",
                        near.en(),
                        near.fr());
            }
        }
    }

    private static String unquote(String argument) {
        if (argument.isEmpty()) return argument;
        char closing = switch (argument.charAt(0)) {
            case '"' -> '"';
            case '<' -> '>';
            default -> 0;
        };
        if (closing == 0) return argument;
        int end = argument.indexOf(closing, 1);
        return argument.substring(1, end < 0 ? argument.length() : end).trim();
    }

    private void include(String name, boolean mayMiss, @Nullable SectionDraft current) {
        if (open.size() >= ConfParser.MAX_INCLUDE_DEPTH) {
            error(
                    "include-depth",
                    "files include one another more than " + ConfParser.MAX_INCLUDE_DEPTH + " deep",
                    "des fichiers s'incluent sur plus de " + ConfParser.MAX_INCLUDE_DEPTH + " niveaux");
            return;
        }
        try {
            List<String> found = source.find(name);
            if (found.isEmpty() && !mayMiss) missing(name);
            for (String each : found) {
                if (full) return;
                if (open.contains(each)) {
                    error(
                            "include-loop",
                            each + " includes itself: " + String.join(" < ", open),
                            each + " s'inclut lui-même : " + String.join(" < ", open));
                } else {
                    readFile(each, current);
                }
            }
        } catch (IOException e) {
            unreadable(name, e);
        }
    }

    private void missing(String name) {
        String hintEn = "use #tryinclude for a file that need not exist";
        String hintFr = "utilisez #tryinclude pour un fichier facultatif";
        if (DirectorySource.isPattern(name)) {
            warning("include-missing", "no file fits " + name, "aucun fichier ne correspond à " + name, hintEn, hintFr);
        } else {
            error(
                    "include-missing",
                    "the file " + name + " does not exist",
                    "le fichier " + name + " n'existe pas",
                    hintEn,
                    hintFr);
        }
    }

    // ---- text and problems

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            report(new ConfProblem(
                    ConfProblem.Severity.NOTICE,
                    file,
                    0,
                    "not-utf-8",
                    new Text(
                            "the file is not UTF-8; it is read as ISO-8859-1",
                            "le fichier n'est pas en UTF-8 ; il est lu en ISO-8859-1"),
                    null));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private void count(int more) {
        entryCount += more;
        if (entryCount > ConfParser.MAX_ENTRIES) overflow("entries", ConfParser.MAX_ENTRIES + " entries");
    }

    private void overflow(String what, String limit) {
        if (full) return;
        error("too-many-" + what, "the configuration exceeds " + limit, "la configuration dépasse " + limit);
        full = true;
    }

    private void unreadable(String name, IOException e) {
        String why = String.valueOf(e.getMessage());
        error("file-unreadable", name + " cannot be read: " + why, name + " ne peut être lu : " + why);
    }

    private void error(String code, String en, String fr) {
        error(code, en, fr, null, null);
    }

    private void error(String code, String en, String fr, @Nullable String hintEn, @Nullable String hintFr) {
        report(ConfProblem.error(file, line, code, new Text(en, fr), hint(hintEn, hintFr)));
    }

    private void warning(String code, String en, String fr, @Nullable String hintEn, @Nullable String hintFr) {
        report(ConfProblem.warning(file, line, code, new Text(en, fr), hint(hintEn, hintFr)));
    }

    private static @Nullable Text hint(@Nullable String en, @Nullable String fr) {
        return en == null || fr == null ? null : new Text(en, fr);
    }

    private void report(ConfProblem problem) {
        if (problems.size() < ConfParser.MAX_PROBLEMS) problems.add(problem);
    }
}
