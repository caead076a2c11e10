package io.allo.pbx.conf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where configuration text comes from: a directory of files, or text in memory (what the console provisions, tests). */
public interface ConfSource {
    /**
     * The files that a name or glob pattern stands for, sorted by name; empty when there is none. A name that is not
     * absolute is meant from the configuration directory, never from the including file, as in Asterisk.
     */
    List<String> find(String nameOrPattern) throws IOException;

    /** The bytes of a file that {@link #find} named. */
    byte[] read(String name) throws IOException;

    /** The files of a configuration directory, such as /etc/asterisk. */
    static ConfSource directory(Path directory) {
        return new DirectorySource(directory);
    }

    /** Files in memory, by name. */
    static ConfSource of(Map<String, String> textByName) {
        return new MemorySource(textByName);
    }
}
