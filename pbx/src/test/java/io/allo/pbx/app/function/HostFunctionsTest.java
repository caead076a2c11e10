package io.allo.pbx.app.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFunctionsTest {
    private final FunctionKit kit = new FunctionKit();

    private void liveDangerously() {
        kit.files.put("asterisk.conf", "[options]\nlive_dangerously=yes\n");
    }

    @Test
    void programsAndFilesAreForbiddenUnlessAllowed() {
        assertEquals(
                List.of("[] [] []"),
                kit.lines("Say([${SHELL(echo hello)}] [${FILE(/etc/hostname)}] [${ENV(MY_SECRET)}])"));
        assertEquals(3, kit.problems.size());
        assertTrue(
                kit.problems.stream().allMatch(problem -> problem.contains("live_dangerously=yes")),
                kit.problems::toString);
    }

    @Test
    void aProgramsWordsAreTaken() {
        liveDangerously();
        assertEquals(List.of("hello"), kit.lines("Say(${FILTER(a-z,${SHELL(echo hello)})})"));
    }

    @Test
    void partsOfAFileAreRead(@TempDir Path directory) throws IOException {
        liveDangerously();
        var file = Files.writeString(directory.resolve("f"), "one\ntwo\nthree\n");
        assertEquals(
                List.of("one two three ee", "1 0 1 14 0"),
                kit.lines(
                        "Set(F=" + file + ")",
                        "Say(${FILE(${F},0,3)} ${FILE(${F},1,1,l)} ${FILE(${F},-1,1,l)} ${FILE(${F},-3,-1)})",
                        "Say(${STAT(e,${F})} ${STAT(d,${F})} ${STAT(f,${F})} ${STAT(s,${F})} ${STAT(e,${F}x)})"));
    }

    @Test
    void theEnvironmentIsReadAndNotSet() {
        assertEquals(List.of(System.getenv("PATH")), kit.lines("Set(ENV(PATH)=/)", "Say(${ENV(PATH)})"));
        assertEquals(1, kit.problems.size());
    }

    @Test
    void configurationIsReadByFileSectionAndKey() {
        kit.files.put("own.conf", "[s]\nk=1\nk=2\n");
        assertEquals(
                List.of("1 2 2 []", "[]"),
                kit.lines(
                        "Say(${AST_CONFIG(own.conf,s,k)} ${AST_CONFIG(own.conf,s,k,1)} ${AST_CONFIG(own.conf,s,k,-1)}"
                                + " [${AST_CONFIG(own.conf,t,k)}])",
                        "Say([${AST_CONFIG(/etc/passwd,s,k)}])"));
        assertEquals(1, kit.problems.size());
    }

    @Test
    void aPageIsFetchedAndAFormSent() throws IOException {
        var asked = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            var answer = "line one\nthe end\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(
                    List.of("line one\nthe end", "16"),
                    kit.lines(
                            "Set(CURLOPT(useragent)=me)",
                            "Say(${CURL(" + url + "/a?b=c)})",
                            "Say(${LEN(${CURL(" + url + ",x=1&y=2)})})"));
        } finally {
            server.stop(0);
        }
        assertEquals(List.of("GET /a?b=c  me", "POST / x=1&y=2 me"), asked);
    }

    @Test
    void aPageThatIsNotThereIsReported() {
        assertEquals(List.of("[]"), kit.lines("Say([${CURL(http://127.0.0.1:1/)}])"));
        assertEquals(1, kit.problems.size());
    }

    @Test
    void whatTakesTooLongIsGivenUp() {
        var problems = new ArrayList<String>();
        kit.steps.put("Errand", (call, data) -> {
            try {
                Errand.run(call, work -> {}, 2_000, () -> "never");
            } catch (io.allo.pbx.dialplan.DialplanException late) {
                problems.add(late.getMessage());
            }
        });
        kit.lines("Errand()");
        assertEquals(List.of("took longer than 2000 ms"), problems);
        assertEquals(2_000, kit.time.elapsedMs());
    }
}
