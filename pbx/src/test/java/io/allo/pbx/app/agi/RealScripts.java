package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiInput;
import io.allo.io.agi.AgiLauncher;
import io.allo.io.agi.AgiLink;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real scripts and servers in a call of virtual time, which stands still while a script thinks, for {@code patienceMs} at most. */
final class RealScripts implements AgiLauncher {
    private final AgiLauncher real;
    private final long patienceMs;
    private final Semaphore news = new Semaphore(0);

    RealScripts(AgiLauncher real, long patienceMs) {
        this.real = real;
        this.patienceMs = patienceMs;
    }

    @Override
    public Launched script(String name, List<String> arguments, String text, boolean sound, Runnable wake) {
        var launched = real.script(name, arguments, text, sound, news::release);
        return launched instanceof Launched.Running(AgiLink link) ? new Launched.Running(new Waiting(link)) : launched;
    }

    @Override
    public boolean hasScript(String name) {
        return real.hasScript(name);
    }

    @Override
    public AgiLink connect(URI url, String text, Runnable wake) {
        return new Waiting(real.connect(url, text, news::release));
    }

    private final class Waiting implements AgiLink {
        private final AgiLink link;

        Waiting(AgiLink link) {
            this.link = link;
        }

        @Override
        public @Nullable AgiInput next() {
            var input = link.next();
            try {
                while (input == null && news.tryAcquire(patienceMs, TimeUnit.MILLISECONDS)) {
                    input = link.next();
                }
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
            return input;
        }

        @Override
        public boolean send(String text) {
            return link.send(text);
        }

        @Override
        public void hangUp() {
            link.hangUp();
        }

        @Override
        public void hear(short[] samples, int count) {
            link.hear(samples, count);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
