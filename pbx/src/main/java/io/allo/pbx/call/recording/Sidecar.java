package io.allo.pbx.call.recording;

import io.allo.io.recording.FinishedRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The description beside a recording, {@code name.wav.json}: JSON (RFC 8259), one object. No state. */
final class Sidecar {

    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);

    private Sidecar() {}

    static Path of(Path recording) {
        return recording.resolveSibling(recording.getFileName() + ".json");
    }

    /** Writes it, aside first. A failure is logged: the recording itself is whole. */
    static void write(FinishedRecording finished) {
        var path = of(finished.path());
        var aside = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.writeString(aside, json(finished));
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.error("{} could not be written: {}", path, failed.toString());
        }
    }

    static String json(FinishedRecording finished) {
        var text = new StringBuilder("{\n");
        member(text, "file", String.valueOf(finished.path().getFileName()));
        member(text, "started", Instant.ofEpochMilli(finished.startedMillis()).toString());
        text.append("  \"lengthMs\": ").append(finished.lengthMs()).append(",\n");
        text.append("  \"bytes\": ").append(finished.bytes()).append(",\n");
        text.append("  \"recovered\": ").append(finished.recovered()).append(",\n");
        new TreeMap<>(finished.facts()).forEach((name, value) -> member(text, name, value));
        member(text, "sha256", finished.sha256());
        text.setLength(text.length() - 2);
        return text.append("\n}\n").toString();
    }

    private static void member(StringBuilder text, String name, String value) {
        text.append("  ");
        string(text, name);
        text.append(": ");
        string(text, value);
        text.append(",\n");
    }

    private static void string(StringBuilder text, String value) {
        text.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7F) {
                text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
