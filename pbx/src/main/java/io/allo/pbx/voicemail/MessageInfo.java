package io.allo.pbx.voicemail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code msgNNNN.txt} says about a message, in Asterisk's names: origmailbox, context, exten, priority, callerchan, callerid, origdate,
 * origtime, category, msg_id, flag, duration, ... What allo does not know is kept as it is. Immutable.
 */
public record MessageInfo(Map<String, String> fields) {

    /** {@code flag} of a message that its caller or the dialplan called urgent. */
    public static final String URGENT = "Urgent";

    /** The field that holds who left the message, sealed. */
    static final String SEALED = "allo_sealed";

    /** What stays readable: what the spool and its other readers need to keep a message, none of which says who it is from. */
    private static final Set<String> OPEN =
            Set.of("origmailbox", "origdate", "origtime", "category", "msg_id", "flag", "duration", SEALED);

    private static final int MOST_BYTES = 1 << 16;

    public MessageInfo {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Reads a file as Asterisk writes it; lines without {@code =} say nothing. */
    public static MessageInfo read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    private static MessageInfo parse(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var line : text.split("\\R")) {
            var equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith(";") && !line.startsWith("[")) {
                fields.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return new MessageInfo(fields);
    }

    /** As the file has it. */
    public String text() {
        var text = new StringBuilder(";\n; Message Information file\n;\n[message]\n");
        fields.forEach((key, value) -> text.append(key)
                .append('=')
                .append(value.replaceAll("[\\r\\n]+", " "))
                .append('\n'));
        return text.toString();
    }

    /** What {@link #withSealed} leaves out, as lines. */
    String hidden() {
        var text = new StringBuilder();
        fields.forEach((key, value) -> {
            if (!OPEN.contains(key)) {
                text.append(key)
                        .append('=')
                        .append(value.replaceAll("[\\r\\n]+", " "))
                        .append('\n');
            }
        });
        return text.toString();
    }

    /** Only what stays readable, and the rest in one sealed field. */
    MessageInfo withSealed(String sealed) {
        var kept = new LinkedHashMap<>(fields);
        kept.keySet().retainAll(OPEN);
        kept.put(SEALED, sealed);
        return new MessageInfo(kept);
    }

    /** With the lines of {@link #hidden} in the place of the sealed field. */
    MessageInfo opened(String hidden) {
        var all = new LinkedHashMap<>(fields);
        all.remove(SEALED);
        all.putAll(parse(hidden).fields());
        return new MessageInfo(all);
    }

    /** A field, empty if it is not there. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The same with another value. */
    public MessageInfo with(String name, String value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new MessageInfo(changed);
    }

    /** What tells it from all others: {@code msg_id}, or where an old Asterisk wrote none, when and from whom it came. */
    public String identity() {
        var id = field("msg_id");
        return id.isEmpty() ? field("origtime") + " " + field("callerchan") + " " + field("callerid") : id;
    }

    /** When it was left, in seconds since 1970; 0 if unknown. */
    public long originSeconds() {
        return number("origtime");
    }

    /** How long it is, in seconds. */
    public long durationSeconds() {
        return number("duration");
    }

    private long number(String name) {
        var text = field(name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Whether it is urgent. */
    public boolean isUrgent() {
        return field("flag").equalsIgnoreCase(URGENT);
    }

    /** The caller's number out of {@code "Name" <number>}; empty if unknown. */
    public Optional<String> callerNumber() {
        var caller = field("callerid");
        var open = caller.lastIndexOf('<');
        var number = open >= 0 && caller.endsWith(">") ? caller.substring(open + 1, caller.length() - 1) : caller;
        return number.isBlank() || number.toLowerCase(Locale.ROOT).equals("unknown")
                ? Optional.empty()
                : Optional.of(number.strip());
    }

    /** The caller's name out of {@code "Name" <number>}; empty if there is none. */
    public String callerName() {
        var caller = field("callerid");
        var open = caller.lastIndexOf('<');
        return open <= 0 ? "" : caller.substring(0, open).strip().replaceAll("^\"|\"$", "");
    }
}
