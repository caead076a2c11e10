package io.allo.io.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.locate.DnsRecord;
import io.allo.sip.locate.LocateEvent;
import io.allo.sip.locate.LocatorSettings;
import io.allo.sip.locate.ServerLocator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a DNS server on loopback. */
@Timeout(60)
class DnsResolverTest {

    private LoopbackDns server;
    private DnsResolver resolver;

    @BeforeEach
    void start() throws IOException {
        server = new LoopbackDns();
        resolver = new DnsResolver(settings(Duration.ofSeconds(5), Duration.ofSeconds(20)));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private DnsSettings settings(Duration tryTimeout, Duration timeout) {
        return new DnsSettings(List.of(server.address()), tryTimeout, 2, timeout, false);
    }

    private DnsAnswer resolve(String name, DnsQuestion.Type type) {
        return resolver.resolve(new DnsQuestion(name, type));
    }

    @Test
    void naptrSrvAndAddressesComeAsRecords() throws Exception {
        server.record("example.com", 60, "NAPTR", "20 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com.")
                .record("example.com", 60, "NAPTR", "10 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.example.com.")
                .record("_sip._udp.example.com", 60, "SRV", "10 60 5060 a.example.com.")
                .record("_none._udp.example.com", 60, "SRV", "0 0 0 .")
                .record("a.example.com", 60, "A", "192.0.2.1")
                .record("a.example.com", 60, "A", "192.0.2.2")
                .record("a.example.com", 60, "AAAA", "2001:db8::1");
        assertEquals(
                Set.of(
                        new DnsRecord.Naptr(20, 50, "s", "SIP+D2U", "", "_sip._udp.example.com"),
                        new DnsRecord.Naptr(10, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.com")),
                new HashSet<>(resolve("example.com", DnsQuestion.Type.NAPTR).records()));
        assertEquals(
                List.of(new DnsRecord.Srv(10, 60, 5060, "a.example.com")),
                resolve("_sip._udp.example.com", DnsQuestion.Type.SRV).records());
        assertEquals(
                List.of(new DnsRecord.Srv(0, 0, 0, "")),
                resolve("_none._udp.example.com", DnsQuestion.Type.SRV).records());
        assertEquals(
                Set.of(new DnsRecord.Address("192.0.2.1"), new DnsRecord.Address("192.0.2.2")),
                new HashSet<>(resolve("A.Example.com.", DnsQuestion.Type.A).records()));
        assertEquals(
                List.of(new DnsRecord.Address("2001:db8:0:0:0:0:0:1")),
                resolve("a.example.com", DnsQuestion.Type.AAAA).records());
    }

    @Test
    void aliasesAreFollowed() throws Exception {
        server.record("www.example.com", 60, "CNAME", "a.example.com.").record("a.example.com", 60, "A", "192.0.2.1");
        assertEquals(
                List.of(new DnsRecord.Address("192.0.2.1")),
                resolve("www.example.com", DnsQuestion.Type.A).records());
    }

    @Test
    void aLoopOfAliasesFails() throws Exception {
        server.record("a.example.com", 60, "CNAME", "b.example.com.")
                .record("b.example.com", 60, "CNAME", "a.example.com.");
        assertTrue(resolve("a.example.com", DnsQuestion.Type.A).failed());
    }

    @Test
    void whatDoesNotExistIsNoFailure() throws Exception {
        server.record("a.example.com", 60, "A", "192.0.2.1");
        assertEquals(DnsAnswer.NONE, resolve("nobody.example.com", DnsQuestion.Type.A));
        assertEquals(DnsAnswer.NONE, resolve("a.example.com", DnsQuestion.Type.SRV));
        assertEquals(0, resolver.failed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"servfail", "refused"})
    void aServerThatCanNotAnswerIsAFailure(String mood) throws Exception {
        server.mood("a.example.com", mood);
        assertEquals(DnsAnswer.FAILED, resolve("a.example.com", DnsQuestion.Type.A));
        assertEquals(1, resolver.failed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "garbage"})
    void aServerThatIsNotThereIsAFailureInTime(String mood) throws Exception {
        server.mood("a.example.com", mood);
        resolver = new DnsResolver(settings(Duration.ofMillis(100), Duration.ofMillis(400)));
        long start = System.nanoTime();
        assertEquals(DnsAnswer.FAILED, resolve("a.example.com", DnsQuestion.Type.A));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
    }

    @Test
    void theSecondServerAnswersForTheFirst() throws Exception {
        try (var dead = new LoopbackDns()) {
            dead.mood("a.example.com", "silence");
            server.record("a.example.com", 60, "A", "192.0.2.1");
            resolver = new DnsResolver(new DnsSettings(
                    List.of(dead.address(), server.address()),
                    Duration.ofMillis(200),
                    2,
                    Duration.ofSeconds(20),
                    false));
            assertEquals(
                    List.of(new DnsRecord.Address("192.0.2.1")),
                    resolve("a.example.com", DnsQuestion.Type.A).records());
            assertEquals(1, dead.questions());
        }
    }

    @Test
    void aTruncatedAnswerIsAskedForAgainOverTcp() throws Exception {
        server.record("a.example.com", 60, "A", "192.0.2.1").mood("a.example.com", "truncated");
        assertEquals(
                List.of(new DnsRecord.Address("192.0.2.1")),
                resolve("a.example.com", DnsQuestion.Type.A).records());
        assertEquals(2, server.questions());
    }

    @Test
    void answersAreKeptForTheirTimeAndForgottenOnCommand() throws Exception {
        server.record("a.example.com", 60, "A", "192.0.2.1").record("b.example.com", 0, "A", "192.0.2.1");
        resolve("a.example.com", DnsQuestion.Type.A);
        resolve("a.example.com", DnsQuestion.Type.A);
        assertEquals(1, server.questions());
        resolver.forget();
        resolve("a.example.com", DnsQuestion.Type.A);
        assertEquals(2, server.questions());
        resolve("b.example.com", DnsQuestion.Type.A);
        resolve("b.example.com", DnsQuestion.Type.A);
        assertEquals(4, server.questions());
    }

    @Test
    void whatDoesNotExistIsKeptToo() {
        resolve("nobody.example.com", DnsQuestion.Type.A);
        resolve("nobody.example.com", DnsQuestion.Type.A);
        assertEquals(1, server.questions());
    }

    @Test
    void failuresAreNotKept() throws Exception {
        server.mood("a.example.com", "servfail");
        assertTrue(resolve("a.example.com", DnsQuestion.Type.A).failed());
        server.record("a.example.com", 60, "A", "192.0.2.1").mood("a.example.com", "");
        assertFalse(resolve("a.example.com", DnsQuestion.Type.A).failed());
    }

    @Test
    void equalQuestionsAtOneTimeAreAskedOnce() throws Exception {
        server.record("a.example.com", 0, "A", "192.0.2.1");
        var gate = new CountDownLatch(1);
        server.hold(gate);
        var answers = new ArrayList<CompletableFuture<DnsAnswer>>();
        for (int i = 0; i < 20; i++) {
            var answer = new CompletableFuture<DnsAnswer>();
            answers.add(answer);
            resolver.ask(new DnsQuestion("a.example.com", DnsQuestion.Type.A), answer::complete);
        }
        while (resolver.joined() < 19) {
            Thread.onSpinWait();
        }
        gate.countDown();
        for (var answer : answers) {
            assertEquals(1, answer.get(20, TimeUnit.SECONDS).records().size());
        }
        assertEquals(1, server.questions());
        assertEquals(1, resolver.asked());
    }

    @Test
    void questionsBeyondTheLimitFailAtOnce() throws Exception {
        var gate = new CountDownLatch(1);
        server.hold(gate);
        resolver = new DnsResolver(settings(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        var answers = new LinkedBlockingQueue<DnsAnswer>();
        int more = 5;
        for (int i = 0; i < DnsResolver.MAX_WAITING + more; i++) {
            resolver.ask(new DnsQuestion("n" + i + ".example.com", DnsQuestion.Type.A), answers::add);
        }
        for (int i = 0; i < more; i++) {
            assertEquals(DnsAnswer.FAILED, answers.poll(20, TimeUnit.SECONDS));
        }
        assertEquals(more, resolver.refused());
        gate.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b.example.com", ".example.com"})
    void whatIsNoNameDoesNotExist(String name) {
        assertEquals(DnsAnswer.NONE, resolve(name, DnsQuestion.Type.A));
        assertEquals(0, server.questions());
    }

    @Test
    void tooLongNamesAreNoNames() {
        assertEquals(DnsAnswer.NONE, resolve("x".repeat(64) + ".example.com", DnsQuestion.Type.A));
        assertFalse(resolve("x.".repeat(200) + "example.com", DnsQuestion.Type.A)
                .records()
                .iterator()
                .hasNext());
    }

    @Test
    void namesOfOtherScriptsAreAskedForInTheirAsciiForm() throws Exception {
        server.record("xn--tlphone-byab.example.com", 60, "A", "192.0.2.1");
        assertEquals(
                1,
                resolve("téléphone.example.com", DnsQuestion.Type.A).records().size());
    }

    @Test
    void manyRecordsAreCutToTheLimit() throws Exception {
        for (int i = 0; i < DnsResolver.MAX_RECORDS + 10; i++) {
            server.record("many.example.com", 60, "A", "192.0.2." + (i + 1));
        }
        server.mood("many.example.com", "truncated");
        assertEquals(
                DnsResolver.MAX_RECORDS,
                resolve("many.example.com", DnsQuestion.Type.A).records().size());
    }

    @Test
    void serverLocationWorksOnTheseAnswers() throws Exception {
        server.record("example.com", 60, "NAPTR", "10 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp.example.com.")
                .record("_sip._tcp.example.com", 60, "SRV", "10 0 5070 a.example.com.")
                .record("_sip._tcp.example.com", 60, "SRV", "20 0 5071 b.example.com.")
                .record("a.example.com", 60, "A", "192.0.2.1")
                .record("b.example.com", 60, "A", "192.0.2.2");
        var locator = new ServerLocator(
                SipUri.parse("sip:alice@example.com"), LocatorSettings.DEFAULT, RandomSource.seeded(1));
        var out = new Outbox<LocateEvent>();
        locator.start(out);
        var found = new ArrayList<String>();
        var events = new ArrayDeque<LocateEvent>();
        while (found.isEmpty()) {
            out.drain(events::add);
            switch (events.remove()) {
                case LocateEvent.AskDns(var question) -> locator.answer(question, resolver.resolve(question), out);
                case LocateEvent.Located(var servers) ->
                    servers.forEach(s -> found.add(s.transport() + " " + s.address()));
                case LocateEvent.NotLocated(var reason) -> throw new AssertionError(reason);
            }
        }
        assertEquals(List.of("TCP 192.0.2.1:5070", "TCP 192.0.2.2:5071"), found);
    }

    @Test
    void settingsThatMakeNoSenseAreOurMistake() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DnsSettings(List.of(), Duration.ofSeconds(1), 0, Duration.ofSeconds(1), false));
    }
}
