package io.allo.server.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.timer.Clock;
import io.allo.io.acme.AcmeSettings;
import io.allo.io.tls.CertificateStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority that cannot be reached is asked again after growing pauses, and the trouble is told. */
class AcmeRenewalTest {

    /** A clock that is moved by hand. */
    private static final class HandClock implements Clock {
        private long epochMillis = System.currentTimeMillis();

        @Override
        public long nanoTime() {
            return epochMillis * 1_000_000;
        }

        @Override
        public long epochMillis() {
            return epochMillis;
        }

        void pass(Duration time) {
            epochMillis += time.toMillis();
        }
    }

    @TempDir
    Path directory;

    private static int deadPort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static AcmeSettings settings(boolean agrees) throws Exception {
        return new AcmeSettings(
                URI.create("https://localhost:" + deadPort() + "/dir"),
                List.of("pbx.example.com"),
                "",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), deadPort()),
                agrees,
                Optional.empty());
    }

    @Test
    void afterAFailureTheAuthorityIsLeftAloneForAWhile() throws Exception {
        var clock = new HandClock();
        var renewal = new AcmeRenewal(new CertificateStore(directory, List.of("localhost"), clock), directory, clock);
        assertFalse(renewal.look());
        assertEquals("", renewal.trouble());
        renewal.use(Optional.of(settings(true)));
        assertFalse(renewal.look());
        var first = renewal.trouble();
        assertTrue(first.startsWith("ACME: no certificate for [pbx.example.com]"), first);
        assertTrue(first.contains("can't be reached"), first);
        clock.pass(Duration.ofMinutes(14));
        renewal.look();
        assertEquals(first, renewal.trouble(), "not asked");
        clock.pass(Duration.ofMinutes(1));
        renewal.look();
        assertFalse(first.equals(renewal.trouble()), "asked again");
        assertTrue(renewal.trouble().contains("can't be reached"), renewal.trouble());
        assertTrue(renewal.askNow().isPresent(), "who asks by hand needs not wait");
    }

    @Test
    void withoutTheTermsNothingIsAsked() throws Exception {
        var clock = new HandClock();
        var renewal = new AcmeRenewal(new CertificateStore(directory, List.of("localhost"), clock), directory, clock);
        assertEquals(Optional.of("allo.conf has no section [acme]"), renewal.askNow());
        renewal.use(Optional.of(settings(false)));
        renewal.look();
        assertEquals("", renewal.trouble());
        assertTrue(renewal.askNow().orElseThrow().contains("agree_terms"));
    }
}
