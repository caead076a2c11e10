package io.allo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The core decides, the edge acts (docs/design.md, section 1): sip and media touch nothing of the world. */
class PureProtocolTest {

    private static final String[] PURE = {"io.allo.sip..", "io.allo.media.."};

    private static final Set<String> WORLD = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.net.DatagramPacket",
            "java.net.DatagramSocket",
            "java.net.HttpURLConnection",
            "java.net.MulticastSocket",
            "java.net.NetworkInterface",
            "java.net.ServerSocket",
            "java.net.Socket",
            "java.net.URL",
            "java.net.URLConnection");

    private static final Set<String> THREADS = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.util.Timer",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ThreadFactory",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.locks.LockSupport");

    private static final Set<String> CHANCE = Set.of(
            "java.security.SecureRandom",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGenerator");

    private static final Set<String> CLOCK_AND_CHANCE_CALLS = Set.of(
            "java.lang.Math.random",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.util.UUID.randomUUID");

    private static final Set<String> CALENDAR = Set.of("java.util.Date", "java.util.GregorianCalendar");

    private static final Set<String> NAME_RESOLVING = Set.of(
            "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getByName",
            "java.net.InetAddress.getCanonicalHostName",
            "java.net.InetAddress.getHostName",
            "java.net.InetAddress.getLocalHost",
            "java.net.InetSocketAddress.getHostName");

    /**
     * Bytes that the caller hands in and that can be read anywhere, as the end of a WAV file must be before its beginning is
     * known. The interface opens nothing: whoever opens a file (a FileChannel) is in io.* and lends it; and its exceptions.
     */
    private static final Set<String> BYTES_HANDED_IN = Set.of(
            "java.nio.channels.ClosedChannelException",
            "java.nio.channels.NonWritableChannelException",
            "java.nio.channels.SeekableByteChannel");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.allo");

    @Test
    void opensNoSocketAndNoFile() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(describe(
                        "are sockets, files or processes",
                        type -> WORLD.contains(type.getName())
                                || isIn(type, "java.nio.channels", "java.nio.file", "javax.net", "java.net.http")
                                        && !BYTES_HANDED_IN.contains(type.getName())))
                .because("sockets and files belong to io.*: take bytes in, put bytes into the outbox")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void startsNoThreadAndWaitsForNothing() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(describe("are threads or executors", type -> THREADS.contains(type.getName())))
                .because("a machine is driven by its owner's thread: return a deadline instead of waiting")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void readsNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(target("reads a clock", PureProtocolTest::readsClockOrChance))
                .orShould()
                .dependOnClassesThat(
                        describe("are clocks", type -> type.getName().equals("java.time.Clock")))
                .because("time comes in as a parameter `long nowNanos`; wall-clock time too, as a value")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void hasNoChanceOfItsOwn() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(describe("are sources of chance", type -> CHANCE.contains(type.getName())))
                .because("chance comes in as an io.allo.core.random.RandomSource")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void writesNoLog() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(describe(
                        "are loggers",
                        type -> isIn(type, "org.slf4j", "java.util.logging", "ch.qos.logback")
                                || type.getName().startsWith("java.lang.System$Logger")))
                .because("a machine says what happened in its outbox; the edge logs it")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void resolvesNoName() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(target("resolves a host name", PureProtocolTest::resolvesName))
                .because("a lookup blocks: use InetAddress.ofLiteral or getByAddress, getHostString, or ask through"
                        + " sip.locate")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    private static boolean readsClockOrChance(CodeUnitAccessTarget target) {
        return CLOCK_AND_CHANCE_CALLS.contains(nameOf(target))
                || target.getName().equals("now") && isIn(target.getOwner(), "java.time")
                || target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                        && target.getRawParameterTypes().isEmpty()
                        && CALENDAR.contains(target.getOwner().getName());
    }

    private static boolean resolvesName(CodeUnitAccessTarget target) {
        return NAME_RESOLVING.contains(nameOf(target))
                || target.getOwner().getName().equals("java.net.InetSocketAddress")
                        && target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                        && target.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList()
                                .equals(List.of("java.lang.String", "int"));
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, Predicate<CodeUnitAccessTarget> condition) {
        return describe(
                description,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target && condition.test(target));
    }

    private static String nameOf(CodeUnitAccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static boolean isIn(JavaClass type, String... packages) {
        for (String name : packages) {
            if (type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }
}
