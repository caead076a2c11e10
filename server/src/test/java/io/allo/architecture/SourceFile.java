package io.allo.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import java.nio.file.Path;
import java.util.List;

/** One Java file of this repository, parsed but not compiled. */
record SourceFile(Path path, List<String> lines, CompilationUnitTree unit, DocTrees trees) {

    boolean isMain() {
        return path.toString().contains("/src/main/java/");
    }

    boolean isPackageInfo() {
        return path.endsWith("package-info.java");
    }

    /** The line, from 1, at which character {@code position} stands. */
    long lineAt(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    /** {@code path:line}, as editors and people read it. */
    String at(long position) {
        return path + ":" + lineAt(position);
    }
}
