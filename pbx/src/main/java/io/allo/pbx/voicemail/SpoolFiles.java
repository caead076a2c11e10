package io.allo.pbx.voicemail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of one folder: {@code msgNNNN.txt} and the sounds of that name. A file appears whole: written aside, forced to the disk, renamed;
 * the text last, since it is what makes a message. No state; used under the mailbox's lock.
 */
final class SpoolFiles {

    private static final Pattern TEXT = Pattern.compile("msg(\\d{4})\\.txt");
    private static final int MOST_MESSAGES = 9_999;

    private SpoolFiles() {}

    static Path base(Path folder, int number) {
        return folder.resolve("msg%04d".formatted(number));
    }

    /** The numbers of the messages that are there, with their texts. */
    static TreeMap<Integer, Path> numbers(Path folder) throws IOException {
        var found = new TreeMap<Integer, Path>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (var files = Files.newDirectoryStream(folder, "msg????.txt")) {
            for (var file : files) {
                var name = TEXT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(Integer.parseInt(name.group(1)), file);
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return found;
    }

    /** The number behind the last message. */
    static int free(Path folder) throws IOException {
        var numbers = numbers(folder);
        var next = numbers.isEmpty() ? 0 : numbers.lastKey() + 1;
        if (next > MOST_MESSAGES) {
            throw new IOException(folder + " is full");
        }
        return next;
    }

    /** All files of a message, the text last. */
    static List<Path> of(Path base) throws IOException {
        var found = new ArrayList<Path>();
        var parent = parent(base);
        if (!Files.isDirectory(parent)) {
            return found;
        }
        try (var files = Files.newDirectoryStream(parent, base.getFileName() + ".*")) {
            for (var file : files) {
                if (file.toString().endsWith(".txt")) {
                    found.addLast(file);
                } else {
                    found.addFirst(file);
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return found;
    }

    /** Gives the files of a message another base name. */
    static void rename(Path from, Path to) throws IOException {
        Files.createDirectories(parent(to));
        for (var file : of(from)) {
            Files.move(file, named(to, file, from), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Copies the files of a message but its text. */
    static void copySounds(Path from, Path to) throws IOException {
        Files.createDirectories(parent(to));
        for (var file : of(from)) {
            if (!file.toString().endsWith(".txt")) {
                var aside = aside(named(to, file, from));
                Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
                force(aside);
                Files.move(aside, named(to, file, from), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static Path named(Path to, Path file, Path from) {
        return to.resolveSibling(to.getFileName()
                + file.getFileName()
                        .toString()
                        .substring(from.getFileName().toString().length()));
    }

    /** Deletes a message, its text first: then it is none any more. */
    static void delete(Path base) throws IOException {
        for (var file : of(base).reversed()) {
            Files.deleteIfExists(file);
        }
    }

    /** Closes the gaps in the numbers. */
    static void renumber(Path folder) throws IOException {
        var next = 0;
        for (var number : numbers(folder).keySet()) {
            if (number != next) {
                delete(base(folder, next)); // sounds that no text names
                rename(base(folder, number), base(folder, next));
            }
            next++;
        }
    }

    /** Writes a text so that it is there whole or not at all, also after the power went. */
    static void write(Path file, String text) throws IOException {
        var aside = aside(file);
        try (var channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(parent(file));
    }

    static Path aside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }

    /** Forces a file to the disk. */
    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void forceDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parent(Path file) {
        var parent = file.getParent();
        return parent == null ? Path.of(".") : parent;
    }
}
