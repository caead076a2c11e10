package io.allo.media.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tones a country's telephones know (ITU-T E.180 supplement 2). The built-in ones are kept in {@code tonezones.properties}; an
 * indications.conf adds to or replaces them.
 *
 * @param country its two letters, lower case
 * @param description its name
 * @param tones by the names of indications.conf: {@code dial busy ring congestion callwaiting dialrecall record info stutter}
 */
public record ToneZone(String country, String description, Map<String, ToneSequence> tones) {
    /** The dial tone. */
    public static final String DIAL = "dial";

    /** The called party is busy. */
    public static final String BUSY = "busy";

    /** It rings. */
    public static final String RING = "ring";

    /** No line free. */
    public static final String CONGESTION = "congestion";

    private static final Map<String, ToneZone> BUILT_IN = load();

    /** Takes an unchanging copy. */
    public ToneZone {
        tones = Map.copyOf(tones);
    }

    /** The built-in zone of a country; {@code uk} is {@code gb}. */
    public static Optional<ToneZone> of(String country) {
        var key = country.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BUILT_IN.get(key.equals("uk") ? "gb" : key));
    }

    /** The countries built in. */
    public static List<String> countries() {
        return List.copyOf(BUILT_IN.keySet());
    }

    /** One of its tones. */
    public Optional<ToneSequence> tone(String name) {
        return Optional.ofNullable(tones.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, ToneZone> load() {
        var zones = new LinkedHashMap<String, ToneZone>();
        for (var line : text().lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            var key = line.substring(0, equals).strip();
            var value = line.substring(equals + 1).strip();
            int dot = key.indexOf('.');
            var country = key.substring(0, dot);
            var name = key.substring(dot + 1);
            if (name.equals("description")) {
                zones.put(country, new ToneZone(country, value, Map.of()));
            } else {
                zones.computeIfPresent(country, (ignored, zone) -> zone.with(name, ToneSequence.parse(value)));
            }
        }
        return zones;
    }

    private ToneZone with(String name, ToneSequence sequence) {
        var more = new LinkedHashMap<>(tones);
        more.put(name, sequence);
        return new ToneZone(country, description, more);
    }

    private static String text() {
        try (InputStream in = ToneZone.class.getResourceAsStream("tonezones.properties")) {
            if (in == null) {
                throw new IllegalStateException("tonezones.properties is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
