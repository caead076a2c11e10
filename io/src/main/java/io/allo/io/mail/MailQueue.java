package io.allo.io.mail;

import io.allo.core.timer.Clock;
import io.allo.io.vault.Vault;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters on their way, each a file ({@code TO} lines, an empty line, the message) until the mail server has taken it: a crash loses none. What
 * fails is tried again after 1, 2, 4, ... minutes, at most an hour, for five days; what a server refuses for good, or nobody takes so
 * long, is put aside as {@code .failed} and logged. Any thread posts; a thread of its own sends.
 */
public final class MailQueue implements AutoCloseable {

    /** Letters that may wait. */
    public static final int LETTERS_LIMIT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);
    private static final String LETTER = ".letter";
    private static final long FIRST_RETRY_MS = TimeUnit.MINUTES.toMillis(1);
    private static final long LAST_RETRY_MS = TimeUnit.HOURS.toMillis(1);
    private static final long GIVE_UP_MS = TimeUnit.DAYS.toMillis(5);

    private final Path directory;
    private final Supplier<SmtpSettings> settings;
    private final Clock clock;
    private final long firstRetryMs;
    private final Vault vault;
    private final BooleanSupplier sealed;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Path, Attempt> attempts = new HashMap<>(); // of the sending thread
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    private record Attempt(int count, long nextMs) {}

    /** Keeps letters in this directory, which is made when the first one comes. */
    public MailQueue(Path directory, Supplier<SmtpSettings> settings, Clock clock) {
        this(directory, settings, clock, FIRST_RETRY_MS, Vault.NONE, () -> false);
    }

    /** The same with letters that lie sealed while they wait, where that is asked for. */
    public MailQueue(
            Path directory, Supplier<SmtpSettings> settings, Clock clock, Vault vault, BooleanSupplier sealed) {
        this(directory, settings, clock, FIRST_RETRY_MS, vault, sealed);
    }

    MailQueue(Path directory, Supplier<SmtpSettings> settings, Clock clock, long firstRetryMs) {
        this(directory, settings, clock, firstRetryMs, Vault.NONE, () -> false);
    }

    private MailQueue(
            Path directory,
            Supplier<SmtpSettings> settings,
            Clock clock,
            long firstRetryMs,
            Vault vault,
            BooleanSupplier sealed) {
        this.vault = vault;
        this.sealed = sealed;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.firstRetryMs = firstRetryMs;
    }

    /** Begins to send, first what a former run left. */
    public void start() {
        var sender = Thread.ofPlatform().name("mail").daemon(true).unstarted(this::work);
        thread = sender;
        sender.start();
    }

    /**
     * Takes a letter over: it is on the disk when this returns.
     *
     * @throws IOException if it can't be written, or is none (a bad address)
     */
    public void post(Letter letter) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (waiting().size() >= LETTERS_LIMIT) {
            throw new IOException(LETTERS_LIMIT + " letters wait in " + directory + ": no more is taken");
        }
        var name = "%013d-%06d".formatted(clock.epochMillis(), ids.incrementAndGet());
        var aside = directory.resolve(name + ".new");
        try (var out = new BufferedOutputStream(Channels.newOutputStream(fresh(aside)))) {
            for (var to : letter.to()) {
                out.write(("TO " + to + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
            LetterWriter.write(letter, vault, clock.epochMillis(), out);
        } catch (MessagingException wrong) {
            Files.deleteIfExists(aside);
            throw new IOException("no letter can be made: " + wrong.getMessage(), wrong);
        }
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(aside, directory.resolve(name + LETTER), StandardCopyOption.ATOMIC_MOVE);
        LockSupport.unpark(thread);
    }

    private SeekableByteChannel fresh(Path aside) throws IOException {
        Files.deleteIfExists(aside);
        return vault.create(aside, sealed.getAsBoolean());
    }

    /** The letters that wait, the oldest first. */
    public List<Path> waiting() {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "*" + LETTER)) {
                files.forEach(found::add);
            } catch (IOException | DirectoryIteratorException unreadable) {
                LOG.error("{} can't be read: {}", directory, unreadable.toString());
            }
        }
        found.sort(null);
        return found;
    }

    private void work() {
        while (!closed) {
            var next = sendAll();
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(Math.max(1, next - clock.epochMillis())));
        }
    }

    /** Tries what is due; when the next one is. */
    private long sendAll() {
        var next = clock.epochMillis() + LAST_RETRY_MS;
        for (var file : waiting()) {
            if (closed) {
                return next;
            }
            var attempt = attempts.getOrDefault(file, new Attempt(0, 0));
            if (attempt.nextMs() <= clock.epochMillis()) {
                attempt = send(file, attempt.count() + 1);
            }
            if (attempt != null) {
                next = Math.min(next, attempt.nextMs());
            }
        }
        return next;
    }

    /** Null when the letter waits no longer. */
    private @Nullable Attempt send(Path file, int count) {
        try {
            if (settings.get().host().isEmpty()) {
                return later(file, count, "no mail server is configured");
            }
            deliver(file);
            Files.deleteIfExists(file);
            attempts.remove(file);
            return null;
        } catch (IOException | UncheckedIOException | GeneralSecurityException | MessagingException failed) {
            if (isFinal(failed) || clock.epochMillis() - posted(file) > GIVE_UP_MS) {
                giveUp(file, failed);
                return null;
            }
            return later(file, count, describe(failed));
        }
    }

    private void deliver(Path file) throws IOException, MessagingException, GeneralSecurityException {
        try (var in = new BufferedInputStream(Channels.newInputStream(vault.read(file)))) {
            var to = new ArrayList<String>();
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                to.add(line.substring("TO ".length()));
            }
            SmtpSender.send(settings.get(), in, to);
        }
    }

    private static String line(BufferedInputStream in) throws IOException {
        var line = new java.io.ByteArrayOutputStream();
        for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private Attempt later(Path file, int count, String why) {
        var wait = Math.min(LAST_RETRY_MS, firstRetryMs << Math.min(count - 1, 10));
        var attempt = new Attempt(count, clock.epochMillis() + wait);
        attempts.put(file, attempt);
        LOG.warn("a mail is not sent yet, next attempt in {} s: {}", wait / 1000, why);
        return attempt;
    }

    private void giveUp(Path file, Exception why) {
        attempts.remove(file);
        var aside = file.resolveSibling(file.getFileName().toString().replace(LETTER, ".failed"));
        LOG.error("a mail can't be sent and is put aside as {}: {}", aside, describe(why));
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException stays) {
            LOG.error("{} can't be renamed: {}", file, stays.toString());
        }
    }

    /** A 5xx for the receivers (RFC 5321 4.2.1), or an address that is none; a failed login may be mended. */
    private static boolean isFinal(Exception failed) {
        if (failed instanceof AddressException) {
            return true;
        }
        return failed instanceof SendFailedException refused
                && refused.getValidUnsentAddresses() != null
                && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0
                && refused.getValidUnsentAddresses().length == 0;
    }

    private static String describe(Exception failed) {
        var cause = failed.getCause();
        return failed.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }

    private long posted(Path file) {
        var digits = file.getFileName().toString();
        return Long.parseLong(digits.substring(0, digits.indexOf('-')));
    }

    /** Ends the thread; what waits is sent by the next run. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
