package io.allo.io.music;

import io.allo.core.random.RandomSource;
import io.allo.media.audio.SoundSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pieces of a class one after the other, round and round. Without any file a loop of quiet tones takes their place, which is
 * logged once: never silence without a word. Owned by the music thread.
 */
final class Repertoire {

    private static final Logger LOG = LoggerFactory.getLogger(Repertoire.class);

    private final MusicClass music;
    private final RandomSource random;
    private List<Path> order = List.of();
    private int next;
    private boolean announced;
    private boolean toneTold;

    Repertoire(MusicClass music, RandomSource random) {
        this.music = music;
        this.random = random;
    }

    /** The next piece. */
    SoundSource next() {
        if (!announced && !music.announcement().isEmpty() && next > 0) {
            announced = true;
            var announcement = open(Path.of(music.announcement()));
            if (announcement != null) {
                return announcement;
            }
        }
        announced = false;
        for (var tries = 0; tries < 2; tries++) {
            if (next >= order.size()) {
                order = arranged();
                next = 0;
            }
            while (next < order.size()) {
                var piece = open(order.get(next++));
                if (piece != null) {
                    return piece;
                }
            }
        }
        tellTone();
        return new ToneLoop();
    }

    private static @Nullable SoundSource open(Path file) {
        try {
            return PieceReader.open(file);
        } catch (IOException broken) {
            LOG.warn("the music {} can't be played: {}", file, broken.getMessage());
            return null;
        }
    }

    private void tellTone() {
        if (!toneTold) {
            toneTold = true;
            LOG.warn(
                    "the music class {} has no file that can be played ({}): a loop of tones is heard. Put files there, or install"
                            + " Asterisk's free music: apt-get install asterisk-moh-opsound-wav",
                    music.name(),
                    music.entries().isEmpty() ? music.directories() : music.entries());
        }
    }

    private List<Path> arranged() {
        var files = files();
        switch (music.sort()) {
            case NONE -> {}
            case ALPHA -> files.sort(null);
            case RANDSTART -> {
                files.sort(null);
                java.util.Collections.rotate(files, files.isEmpty() ? 0 : random.nextInt(files.size()));
            }
            case RANDOM -> {
                for (var i = files.size() - 1; i > 0; i--) {
                    java.util.Collections.swap(files, i, random.nextInt(i + 1));
                }
            }
        }
        return files;
    }

    private List<Path> files() {
        var found = new ArrayList<Path>();
        for (var entry : music.entries()) {
            for (var directory : music.directories()) {
                var file = directory.resolve(entry);
                if (Files.isRegularFile(file)) {
                    found.add(file);
                    break;
                }
                var any = withEnding(file);
                if (any != null) {
                    found.add(any);
                    break;
                }
            }
        }
        for (var directory : music.entries().isEmpty() ? music.directories() : List.<Path>of()) {
            if (found.isEmpty()) {
                found.addAll(oneOfEachName(directory));
            }
        }
        return found;
    }

    private static @Nullable Path withEnding(Path file) {
        var name = file.getFileName() + ".";
        return file.getParent() == null
                ? null
                : oneOfEachName(file.getParent()).stream()
                        .filter(f -> String.valueOf(f.getFileName()).startsWith(name))
                        .findFirst()
                        .orElse(null);
    }

    /** Files of a directory that can be read; of one piece in several formats the widest. */
    private static List<Path> oneOfEachName(Path directory) {
        var best = new java.util.LinkedHashMap<String, Path>();
        try (var all = Files.newDirectoryStream(directory)) {
            for (var file : all) {
                var name = String.valueOf(file.getFileName());
                var dot = name.lastIndexOf('.');
                if (dot > 0 && !name.startsWith(".") && PieceReader.canRead(file) && Files.isRegularFile(file)) {
                    best.merge(name.substring(0, dot), file, Repertoire::wider);
                }
            }
        } catch (IOException missing) {
            LOG.debug("no music in {}", directory);
        }
        return new ArrayList<>(best.values());
    }

    private static Path wider(Path one, Path other) {
        return rate(other) > rate(one) ? other : one;
    }

    private static int rate(Path file) {
        try (var piece = PieceReader.open(file)) {
            return piece.sampleRate();
        } catch (IOException broken) {
            return 0;
        }
    }
}
