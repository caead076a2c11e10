package io.allo.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The style that can be counted: docs/design.md, sections 11 and 12. */
class SourceRulesTest {

    private static final int LONGEST_METHOD_LINES = 70;
    private static final int LONGEST_FILE_LINES = 600;
    private static final int LARGEST_FOLDER_FILES = 30;
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Helper|Helpers|Util|Utils|Impl|Base)");
    private static final Pattern PROMISE = Pattern.compile("\\b(TODO|FIXME)\\b");

    @Test
    void theSourceIsFound() {
        assertFalse(SourceTree.mainFiles().isEmpty(), "no main source found below " + SourceTree.root());
        assertFalse(SourceTree.testFiles().isEmpty(), "no test source found below " + SourceTree.root());
    }

    @Test
    void methodsAreShort() {
        var methods = new ArrayList<MethodLength>();
        SourceTree.files().forEach(file -> methods.addAll(MethodLength.of(file)));
        var tooLong = methods.stream()
                .filter(method -> method.lines() > LONGEST_METHOD_LINES)
                .map(method -> method.where() + " " + method.name() + " has " + method.lines() + " lines")
                .toList();
        check(tooLong, "a method has at most 70 lines: keep the branches in one method, move what they compute out");
    }

    @Test
    void filesAreShort() {
        var tooLong = SourceTree.files().stream()
                .filter(file -> file.lines().size() > LONGEST_FILE_LINES)
                .map(file -> file.path() + " has " + file.lines().size() + " lines")
                .toList();
        check(tooLong, "a file has at most 600 lines: it holds two things; give the second a file and a name");
    }

    @Test
    void foldersAreSmall() {
        Map<String, Integer> counts = new TreeMap<>();
        for (var file : SourceTree.files()) {
            counts.merge(String.valueOf(file.path().getParent()), 1, Integer::sum);
        }
        var tooFull = counts.entrySet().stream()
                .filter(folder -> folder.getValue() > LARGEST_FOLDER_FILES)
                .map(folder -> folder.getKey() + " holds " + folder.getValue() + " files")
                .toList();
        check(tooFull, "a folder holds at most 30 files: find the second room in it and move it out");
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        Map<String, String> problems = new TreeMap<>();
        SourceTree.mainFiles()
                .forEach(file -> problems.put(String.valueOf(file.path().getParent()), "no package-info.java"));
        for (var file : SourceTree.mainFiles()) {
            if (file.isPackageInfo()) {
                problems.put(String.valueOf(file.path().getParent()), packageInfoProblem(file));
            }
        }
        var found = problems.entrySet().stream()
                .filter(problem -> !problem.getValue().isEmpty())
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .toList();
        check(
                found,
                "every package of main code has a package-info.java with @NullMarked and a doc comment that says what"
                        + " lives there, which RFCs, which thread");
    }

    @Test
    void typeNamesSayWhatTheyAre() {
        var found = new ArrayList<String>();
        forEachType(SourceTree.files(), (file, type) -> {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                found.add(file.path() + " " + type.getSimpleName());
            }
        });
        check(
                found,
                "no type is called Manager, Helper, Util, Impl or Base: use the RFC's word or Asterisk's for what it"
                        + " is");
    }

    @Test
    void testsDoNotSleep() {
        var found = new ArrayList<String>();
        for (var file : SourceTree.testFiles()) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitMemberSelect(MemberSelectTree select, Void unused) {
                    String owner = select.getExpression().toString();
                    if (select.getIdentifier().contentEquals("sleep")
                            && (owner.endsWith("Thread") || owner.contains("TimeUnit"))) {
                        found.add(file.at(startOf(file, select)) + " " + select);
                    }
                    return super.visitMemberSelect(select, unused);
                }
            }.scan(file.unit(), null);
        }
        check(
                found,
                "a test waits for what it expects (Awaitility, a latch, virtual time), never for a length of time");
    }

    @Test
    void noTestIsSwitchedOff() {
        var found = new ArrayList<String>();
        for (var file : SourceTree.testFiles()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitAnnotation(AnnotationTree annotation, Void unused) {
                    String name = annotation.getAnnotationType().toString();
                    if (name.equals("Disabled") || name.endsWith(".Disabled")) {
                        found.add(file.at(startOf(file, annotation)) + " @Disabled");
                    }
                    return super.visitAnnotation(annotation, unused);
                }
            }.scan(file.unit(), null);
        }
        check(found, "mend the test or take it away; one that needs a missing program assumes it (Assumptions)");
    }

    @Test
    void nothingIsLeftForLater() {
        var found = new ArrayList<String>();
        for (var file : SourceTree.files()) {
            if (file.path().endsWith("SourceRulesTest.java")) {
                continue; // it names the words
            }
            for (int i = 0; i < file.lines().size(); i++) {
                if (PROMISE.matcher(file.lines().get(i)).find()) {
                    found.add(file.path() + ":" + (i + 1) + " "
                            + file.lines().get(i).strip());
                }
            }
        }
        check(found, "do it now, or file an issue and say in the comment what holds today");
    }

    private static String packageInfoProblem(SourceFile file) {
        var marked = file.unit().getPackageAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().endsWith("NullMarked"));
        if (!marked) {
            return "package-info.java lacks @org.jspecify.annotations.NullMarked";
        }
        boolean documented = file.lines().stream().anyMatch(line -> line.strip().startsWith("/**"));
        return documented ? "" : "package-info.java lacks a doc comment";
    }

    private interface TypeVisitor {
        void visit(SourceFile file, ClassTree type);
    }

    private static void forEachType(List<SourceFile> files, TypeVisitor visitor) {
        for (var file : files) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree type, Void unused) {
                    visitor.visit(file, type);
                    return super.visitClass(type, unused);
                }
            }.scan(file.unit(), null);
        }
    }

    private static long startOf(SourceFile file, Tree tree) {
        return file.trees().getSourcePositions().getStartPosition(file.unit(), tree);
    }

    private static void check(List<String> problems, String advice) {
        assertTrue(
                problems.isEmpty(),
                () -> advice + "\n" + problems.size() + " found:\n  " + String.join("\n  ", problems));
    }
}
