package io.allo.io.recording;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the journal keeps of a recording under way. Immutable. */
record RecordingNote(
        String name, Path path, Path part, String ending, int channels, long startedMillis, Map<String, String> facts) {

    private static final String FACT = "fact.";

    RecordingNote {
        facts = Map.copyOf(facts);
    }

    Properties properties() {
        var all = new Properties();
        all.setProperty("path", path.toString());
        all.setProperty("part", part.toString());
        all.setProperty("ending", ending);
        all.setProperty("channels", String.valueOf(channels));
        all.setProperty("started", String.valueOf(startedMillis));
        facts.forEach((key, value) -> all.setProperty(FACT + key, value));
        return all;
    }

    /** Reads one back. Throws IllegalArgumentException if it was not written whole. */
    static RecordingNote of(String name, Properties all) {
        var facts = new TreeMap<String, String>();
        for (var key : all.stringPropertyNames()) {
            if (key.startsWith(FACT)) {
                facts.put(key.substring(FACT.length()), all.getProperty(key, ""));
            }
        }
        return new RecordingNote(
                name,
                Path.of(needed(all, "path")),
                Path.of(needed(all, "part")),
                needed(all, "ending"),
                Integer.parseInt(needed(all, "channels")),
                Long.parseLong(needed(all, "started")),
                facts);
    }

    private static String needed(Properties all, String key) {
        var value = all.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
