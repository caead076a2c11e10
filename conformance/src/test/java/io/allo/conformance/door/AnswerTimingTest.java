package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.attack.TimingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stranger with thousands of addresses asks as users that exist and as users that do not, mixed by chance, without and with a wrong password. The
 * answers are the same octet by octet, and the time they take tells nothing: how often an answer to a user that exists is the slower one of two
 * is compared with the same figure between two kinds of users that both do not exist.
 */
@Isolated
@Tag("phones")
class AnswerTimingTest {
    private static final int COUNT = 2_000;

    /** Each is asked for twice, in a third of the questions by chance. */
    private static final int USERS = 400;

    /** Half of the pairs, and what chance and a loaded machine may add: ten times the standard error of 650 and 650 answers. */
    private static final double MOST_OFF = 0.16;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private record Answer(String question, String kind, long nanos, String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "INVITE"})
    void neitherAnswersNorTheirTimeTellWhoExists(String method) throws IOException {
        for (int i = 0; i < USERS; i++) {
            lab.config().user("user" + i, AlloLab.PASSWORD, "");
        }
        lab.start();
        lab.network().isWholeNetwork(lab.host("attacker"), lab.host("allo"));
        var file = lab.host("attacker").directory().resolve("answers");
        var program = lab.attack(
                TimingProgram.class,
                "attacker",
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                method,
                Integer.toString(COUNT),
                file.toString());
        program.awaitLine(Pattern.compile("^asked"), 0, Duration.ofMinutes(5));
        var answers = Files.readAllLines(file).stream()
                .map(line -> line.split(" ", 4))
                .map(part -> new Answer(part[0], part[1], Long.parseLong(part[2]), part[3]))
                .toList();
        for (String question : List.of("question", "password")) {
            assertAlike(method, question, answers);
        }
    }

    private static void assertAlike(String method, String question, List<Answer> answers) {
        Set<String> texts = answers.stream()
                .filter(a -> a.question().equals(question) && a.nanos() > 0)
                .map(Answer::text)
                .collect(Collectors.toSet());
        assertEquals(1, texts.size(), "answers differ: " + texts);
        long[] user = nanos(question, "user", answers);
        long[] nobody = nanos(question, "nobody", answers);
        long[] ghost = nanos(question, "ghost", answers);
        double real = slower(user, nobody);
        double chance = slower(nobody, ghost);
        System.out.printf(
                "figures: %s, %s: median %d us for who exists, %d and %d us for who does not; slower %.3f, by chance %.3f (%d, %d, %d answers)%n",
                method,
                question,
                median(user),
                median(nobody),
                median(ghost),
                real,
                chance,
                user.length,
                nobody.length,
                ghost.length);
        for (long[] kind : List.of(user, nobody, ghost)) {
            assertTrue(kind.length > COUNT / 6, "answered: " + kind.length);
        }
        assertTrue(
                Math.abs(real - 0.5) < MOST_OFF + Math.abs(chance - 0.5), "who exists is known by the time: " + real);
    }

    private static long[] nanos(String question, String kind, List<Answer> answers) {
        return answers.stream()
                .skip(answers.size() / 10) // while allo warms up
                .filter(a -> a.question().equals(question) && a.kind().equals(kind) && a.nanos() > 0)
                .mapToLong(Answer::nanos)
                .sorted()
                .toArray();
    }

    private static long median(long[] sorted) {
        return sorted[sorted.length / 2] / 1_000;
    }

    /** In how many of all pairs the first is the slower one (Mann and Whitney's U over the number of pairs). Both sorted. */
    private static double slower(long[] one, long[] other) {
        long pairs = 0;
        for (long value : one) {
            int at = Arrays.binarySearch(other, value);
            pairs += at < 0 ? -at - 1 : at;
        }
        return pairs / ((double) one.length * other.length);
    }
}
