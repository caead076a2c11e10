package io.allo.architecture;

import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Every Java file of every module, main and test, read once with the compiler's own parser. */
final class SourceTree {

    private static final List<SourceFile> FILES = parse();

    private SourceTree() {}

    static List<SourceFile> files() {
        return FILES;
    }

    static List<SourceFile> mainFiles() {
        return FILES.stream().filter(SourceFile::isMain).toList();
    }

    static List<SourceFile> testFiles() {
        return FILES.stream().filter(file -> !file.isMain()).toList();
    }

    /** The root of the repository: the nearest folder above that holds the Maven wrapper's settings. */
    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("run the tests inside the repository: no folder above holds .mvn");
        }
        return folder;
    }

    private static List<SourceFile> parse() {
        var root = root();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var paths = javaFiles(root);
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(paths));
            var trees = DocTrees.instance(task);
            var files = new ArrayList<SourceFile>();
            for (var unit : task.parse()) {
                var path = Path.of(unit.getSourceFile().toUri());
                files.add(new SourceFile(root.relativize(path), Files.readAllLines(path), unit, trees));
            }
            return List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        var found = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(root)) {
            for (var module : modules.sorted().toList()) {
                for (var kind : List.of("src/main/java", "src/test/java")) {
                    var folder = module.resolve(kind);
                    if (Files.isDirectory(folder)) {
                        try (Stream<Path> inside = Files.walk(folder)) {
                            inside.filter(path -> path.toString().endsWith(".java"))
                                    .sorted()
                                    .forEach(found::add);
                        }
                    }
                }
            }
        }
        return found;
    }
}
