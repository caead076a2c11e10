package io.allo.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * What one source file shows to other rooms: its public types, and their public methods, constructors and fields.
 *
 * <p>Left out: methods with {@code @Override} (documented where they are declared), enum constants, a record's
 * components and its canonical constructor (documented by the record), an exception's constructors (documented by its
 * type).
 */
final class PublicApi {

    /** A public thing: where it stands, its name, whether it is a type, whether it has a doc comment. */
    record Element(String where, String name, boolean isType, boolean isDocumented) {}

    private final SourceFile file;
    private final List<Element> elements = new ArrayList<>();

    private PublicApi(SourceFile file) {
        this.file = file;
    }

    static List<Element> of(SourceFile file) {
        var api = new PublicApi(file);
        var root = new TreePath(file.unit());
        for (var declared : file.unit().getTypeDecls()) {
            if (declared instanceof ClassTree type && isPublic(type.getModifiers())) {
                api.addType(new TreePath(root, type), type);
            }
        }
        return List.copyOf(api.elements);
    }

    private void addType(TreePath path, ClassTree type) {
        add(path, type.getSimpleName().toString(), true);
        boolean implicitlyPublic = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        for (var member : type.getMembers()) {
            var inside = new TreePath(path, member);
            switch (member) {
                case ClassTree nested when isShown(nested.getModifiers(), implicitlyPublic) -> addType(inside, nested);
                case MethodTree method
                when isShown(method.getModifiers(), implicitlyPublic) -> addMethod(inside, method);
                case VariableTree field
                when isShown(field.getModifiers(), implicitlyPublic) && !isEnumConstant(type, field) ->
                    add(inside, type.getSimpleName() + "." + field.getName(), false);
                default -> {}
            }
        }
    }

    private void addMethod(TreePath path, MethodTree method) {
        var type = (ClassTree) path.getParentPath().getLeaf();
        boolean constructor = method.getReturnType() == null;
        boolean inherited = method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(annotation -> annotation.toString().equals("Override"));
        boolean ofException = constructor && type.getSimpleName().toString().endsWith("Exception");
        boolean canonical =
                constructor && type.getKind() == Tree.Kind.RECORD && (isCompact(method) || isAbsent(method));
        if (!inherited && !canonical && !ofException && !isAbsent(method)) {
            String name = constructor ? "constructor" : method.getName().toString();
            add(path, type.getSimpleName() + "." + name, false);
        }
    }

    private void add(TreePath path, String name, boolean isType) {
        String comment = file.trees().getDocComment(path);
        long start = file.trees().getSourcePositions().getStartPosition(file.unit(), path.getLeaf());
        elements.add(new Element(file.at(start), name, isType, comment != null && !comment.isBlank()));
    }

    /** A constructor the compiler makes has no place of its own in the source. */
    private boolean isAbsent(MethodTree method) {
        return file.trees().getSourcePositions().getEndPosition(file.unit(), method) < 0;
    }

    private boolean isCompact(MethodTree method) {
        var positions = file.trees().getSourcePositions();
        long start = positions.getStartPosition(file.unit(), method);
        long body = positions.getStartPosition(file.unit(), method.getBody());
        try {
            return !file.unit()
                    .getSourceFile()
                    .getCharContent(true)
                    .subSequence((int) start, (int) body)
                    .toString()
                    .contains("(");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isShown(ModifiersTree modifiers, boolean implicitlyPublic) {
        return isPublic(modifiers) || implicitlyPublic && !modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    private static boolean isPublic(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean isEnumConstant(ClassTree type, VariableTree field) {
        return type.getKind() == Tree.Kind.ENUM
                && field.getType() != null
                && field.getType().toString().equals(type.getSimpleName().toString())
                && field.getInitializer() != null
                && field.getModifiers()
                        .getFlags()
                        .containsAll(List.of(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL));
    }
}
