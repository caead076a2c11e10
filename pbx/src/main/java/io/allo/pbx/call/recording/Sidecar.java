package io.allo.pbx.call.recording;

import io.allo.io.recording.FinishedRecording;
import io.allo.io.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The description beside a recording, {@code name.wav.json}: JSON (RFC 8259), one object. No state. */
final class Sidecar {

    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);

    private static final String SEALED = "sealedFacts";

    private Sidecar() {}

    static Path of(Path recording) {
        return recording.resolveSibling(recording.getFileName() + ".json");
    }

    /** Writes it, aside first. A failure is logged: the recording itself is whole. */
    static void write(FinishedRecording finished, Vault vault) {
        var path = of(finished.path());
        var aside = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.writeString(
                    aside,
                    "yes".equals(finished.facts().get("sealed")) ? sealed(finished, path, vault) : json(finished));
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.error("{} could not be written: {}", path, failed.toString());
        }
    }

    /** Who spoke with whom is sealed as the recording is; when and how long, and the hash, stay readable. Never in the clear instead. */
    private static String sealed(FinishedRecording finished, Path path, Vault vault) {
        var facts = new TreeMap<String, String>();
        facts.put("sealed", "yes");
        facts.put("purpose", finished.facts().getOrDefault(Recorder.PURPOSE, ""));
        try {
            var hidden = new StringBuilder("{\n");
            new TreeMap<>(finished.facts()).forEach((name, value) -> member(hidden, name, value));
            hidden.setLength(hidden.length() - 2);
            facts.put(SEALED, vault.sealText(hidden.append("\n}\n").toString(), place(started(finished)), path));
        } catch (IOException unsealed) {
            LOG.error("{} says nothing of who spoke, since it can't be sealed: {}", path, unsealed.getMessage());
        }
        return json(finished, facts);
    }

    /** The sealed facts of a description, as JSON; empty where it has none. */
    static Optional<String> opened(Path path, Vault vault) throws IOException {
        var text = Files.readString(path);
        var sealed = Pattern.compile("\"" + SEALED + "\": \"([^\"]+)\"").matcher(text);
        var started = Pattern.compile("\"started\": \"([^\"]+)\"").matcher(text);
        return sealed.find() && started.find()
                ? Optional.of(vault.openText(sealed.group(1), place(started.group(1)), path))
                : Optional.empty();
    }

    private static String place(String started) {
        return "recording " + started;
    }

    private static String started(FinishedRecording finished) {
        return Instant.ofEpochMilli(finished.startedMillis()).toString();
    }

    static String json(FinishedRecording finished) {
        return json(finished, finished.facts());
    }

    private static String json(FinishedRecording finished, Map<String, String> facts) {
        var text = new StringBuilder("{\n");
        member(text, "file", String.valueOf(finished.path().getFileName()));
        member(text, "started", started(finished));
        text.append("  \"lengthMs\": ").append(finished.lengthMs()).append(",\n");
        text.append("  \"bytes\": ").append(finished.bytes()).append(",\n");
        text.append("  \"recovered\": ").append(finished.recovered()).append(",\n");
        new TreeMap<>(facts).forEach((name, value) -> member(text, name, value));
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
