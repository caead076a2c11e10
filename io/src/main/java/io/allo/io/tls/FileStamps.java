package io.allo.io.tls;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** By what one sees that a file was changed or replaced, without reading it: inode, size, and time of the last change. No state. */
final class FileStamps {

    private static final String ATTRIBUTES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    ? "unix:ino,size,ctime" // ctime: a chmod counts too
                    : "size,lastModifiedTime";

    private FileStamps() {}

    /** The stamp of each file; a missing one has its own. Links are followed, as certbot's are. */
    static Map<Path, String> of(List<Path> files) {
        var stamps = new LinkedHashMap<Path, String>();
        for (Path file : files) {
            stamps.put(file, of(file));
        }
        return stamps;
    }

    private static String of(Path file) {
        try {
            return new TreeMap<>(Files.readAttributes(file, ATTRIBUTES)).toString();
        } catch (IOException missing) {
            return "missing";
        }
    }
}
