package io.allo.io.sound;

import io.allo.io.vault.Vault;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.port.Sound;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds sounds by the names a dialplan calls them, in Asterisk's order: the wanted language ("fr_FR"), what is left of it
 * without its last part ("fr"), "en", none; in each language the directories of sounds in turn, the language as a
 * directory before the name ({@code fr/digits/1}) and then within it ({@code digits/fr/1}); of one sound's files the one
 * whose format is nearest to the codec. A name that begins with a slash is a path, tried in the languages likewise.
 *
 * <p>A board for any thread: a file is read on the thread that asks, once for all, and again when its time or size has
 * changed. At most {@link #MOST_SAMPLES} samples are kept; what was asked for longest ago is forgotten first.
 */
public final class SoundLibrary {

    /** Samples kept in memory, 2 bytes each: 64 MB. */
    public static final long MOST_SAMPLES = 32_000_000;

    /** The longest file that is played, in samples: an hour at 8000 Hz. Longer ones count as broken. */
    public static final int LONGEST_SAMPLES = 28_800_000;

    /** The language that is tried when no file of the wanted one is there. */
    public static final String DEFAULT_LANGUAGE = "en";

    static final String ENDINGS = Arrays.stream(SoundFormat.values())
            .map(format -> format.extensions().getFirst())
            .collect(Collectors.joining(" "));

    private final List<Path> roots;
    private final Vault vault;
    private final long mostSamples;
    private final Map<Path, Kept> cache = new LinkedHashMap<>(64, 0.75f, true);
    private long keptSamples;

    private record Kept(FileTime modified, long bytes, Sound sound) {}

    /** Looks in these directories of sounds, in order; those that are not there do no harm. */
    public SoundLibrary(List<Path> roots) {
        this(roots, Vault.NONE);
    }

    /** The same; sounds that are sealed, as recordings may be, are opened by this vault. */
    public SoundLibrary(List<Path> roots, Vault vault) {
        this(roots, vault, MOST_SAMPLES);
    }

    SoundLibrary(List<Path> roots, long mostSamples) {
        this(roots, Vault.NONE, mostSamples);
    }

    private SoundLibrary(List<Path> roots, Vault vault, long mostSamples) {
        this.vault = vault;
        this.roots = List.copyOf(new LinkedHashSet<>(roots));
        this.mostSamples = mostSamples;
    }

    /**
     * The usual directories: {@code sounds/custom} (if wanted) and {@code sounds} below the data directory, {@code sounds}
     * in allo's home, and where Asterisk and Debian's packages have theirs.
     *
     * @param dataDirectory astdatadir of asterisk.conf, null if it names none
     * @param home allo's own directory
     * @param custom sounds_search_custom_dir of asterisk.conf
     */
    public static List<Path> usualRoots(@Nullable Path dataDirectory, Path home, boolean custom) {
        var sounds = new ArrayList<Path>();
        if (dataDirectory != null) {
            sounds.add(dataDirectory.resolve("sounds"));
        }
        sounds.add(home.resolve("sounds"));
        sounds.add(Path.of("/var/lib/asterisk/sounds"));
        sounds.add(Path.of("/usr/share/asterisk/sounds"));
        var all = new ArrayList<Path>();
        for (var root : sounds) {
            if (custom) {
                all.add(root.resolve("custom"));
            }
            all.add(root);
        }
        return all;
    }

    /** The directories it looks in. */
    public List<Path> roots() {
        return roots;
    }

    /** Finds a sound by name, without ending, in a language ("" for none), for a listener with this codec. */
    public SoundLookup find(String name, String language, CodecName codec) {
        var places = new ArrayList<String>();
        var broken = new ArrayList<String>();
        for (var place : places(name, language)) {
            places.add(place.toString());
            for (var format : FormatOrder.of(codec)) {
                for (var ending : format.extensions()) {
                    var file = place.resolveSibling(place.getFileName() + "." + ending);
                    var sound = sound(file, name, format, broken);
                    if (sound != null) {
                        return new SoundLookup.Found(sound, file);
                    }
                }
            }
        }
        return new SoundLookup.Missing(name, places, broken);
    }

    static boolean isEnding(String text) {
        return SoundFormat.byExtension(text).isPresent();
    }

    private List<Path> places(String name, String language) {
        var places = new LinkedHashSet<Path>();
        try {
            var path = Path.of(name);
            if (path.getFileName() == null || name.isBlank()) {
                return List.of();
            }
            for (var tag : languages(language)) {
                if (path.isAbsolute()) {
                    places.add(within(path, tag));
                    continue;
                }
                for (var root : roots) {
                    places.add(
                            tag.isEmpty()
                                    ? root.resolve(path)
                                    : root.resolve(tag).resolve(path));
                    places.add(within(root.resolve(path), tag));
                }
            }
        } catch (InvalidPathException notAPath) {
            return List.of();
        }
        return List.copyOf(places);
    }

    private static Path within(Path path, String language) {
        return language.isEmpty() ? path : path.resolveSibling(language).resolve(path.getFileName());
    }

    private static List<String> languages(String wanted) {
        var tags = new LinkedHashSet<String>();
        var tag = wanted.replace('-', '_');
        if (tag.matches("[A-Za-z0-9_]{1,40}")) {
            for (var end = tag.length(); end > 0; end = tag.lastIndexOf('_', end - 1)) {
                tags.add(tag.substring(0, end));
            }
        }
        tags.add(DEFAULT_LANGUAGE);
        tags.add("");
        return List.copyOf(tags);
    }

    private @Nullable Sound sound(Path file, String name, SoundFormat format, List<String> broken) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            var modified = Files.getLastModifiedTime(file);
            var bytes = Files.size(file);
            synchronized (cache) {
                var kept = cache.get(file);
                if (kept != null && kept.modified().equals(modified) && kept.bytes() == bytes) {
                    return kept.sound();
                }
            }
            var sound = read(file, name, format);
            keep(file, new Kept(modified, bytes, sound));
            return sound;
        } catch (IOException unreadable) {
            broken.add(file + ": " + unreadable.getMessage());
            return null;
        }
    }

    private Sound read(Path file, String name, SoundFormat format) throws IOException {
        try (var reader = SoundFile.open(vault.read(file), format)) {
            var samples = new short[16_000];
            var length = 0;
            for (var n = reader.read(samples, 0, samples.length);
                    n >= 0;
                    n = reader.read(samples, length, samples.length - length)) {
                length += n;
                if (length > LONGEST_SAMPLES) {
                    throw new IOException("longer than " + LONGEST_SAMPLES + " samples");
                }
                if (length == samples.length) {
                    samples = Arrays.copyOf(samples, length * 2);
                }
            }
            return new Sound(name, reader.sampleRate(), Arrays.copyOf(samples, length));
        }
    }

    private void keep(Path file, Kept kept) {
        var samples = kept.sound().samples().length;
        synchronized (cache) {
            var former = cache.remove(file);
            keptSamples -= former == null ? 0 : former.sound().samples().length;
            if (samples > mostSamples / 4) {
                return;
            }
            cache.put(file, kept);
            keptSamples += samples;
            for (var oldest = cache.entrySet().iterator(); keptSamples > mostSamples && oldest.hasNext(); ) {
                keptSamples -= oldest.next().getValue().sound().samples().length;
                oldest.remove();
            }
        }
    }

    /** How many samples are kept now, for the metrics. */
    public long keptSamples() {
        synchronized (cache) {
            return keptSamples;
        }
    }
}
