package io.allo.io.music;

import java.nio.file.Path;
import java.util.List;

/**
 * A class of musiconhold.conf. Immutable.
 *
 * @param directories where its files lie; the first that has any is taken
 * @param entries files by name, with or without ending, in this order (mode=playlist); empty: those of the directory
 * @param announcement a file played between two pieces, "" for none
 */
public record MusicClass(String name, List<Path> directories, List<String> entries, Sort sort, String announcement) {

    /** In which order the files come. */
    public enum Sort {
        /** As the directory has them. */
        NONE,
        /** By name. */
        ALPHA,
        /** By name, from a random one on. */
        RANDSTART,
        /** Any. */
        RANDOM
    }

    public MusicClass {
        directories = List.copyOf(directories);
        entries = List.copyOf(entries);
    }
}
