package io.allo.architecture;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/** A method and its length in lines, from its annotations to its closing brace; the doc comment does not count. */
record MethodLength(String where, String name, int lines) {

    /** The methods and constructors written in {@code file}; those without a body are left out. */
    static List<MethodLength> of(SourceFile file) {
        var found = new ArrayList<MethodLength>();
        var positions = file.trees().getSourcePositions();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                long start = positions.getStartPosition(file.unit(), method);
                long end = positions.getEndPosition(file.unit(), method);
                if (method.getBody() != null && end > start) {
                    int lines = Math.toIntExact(file.lineAt(end) - file.lineAt(start) + 1);
                    found.add(new MethodLength(file.at(start), method.getName().toString(), lines));
                }
                return super.visitMethod(method, unused);
            }
        }.scan(file.unit(), null);
        return found;
    }
}
