package io.allo.pbx.voicemail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.io.store.PinRow;
import io.allo.io.vault.SlowHash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The PINs of mailboxes: those of voicemail.conf until their owners change them, then those of allo's own store; when the file gets another PIN,
 * that counts again. Wrong ones make the next answer come later. A board: any call's thread.
 */
public final class PinBook {

    /** The longest wait after wrong PINs, milliseconds. */
    public static final long MOST_DELAY_MS = 30_000;

    private static final int SALT_BYTES = 16;
    private static final long FORGET_MS = TimeUnit.MINUTES.toMillis(15);

    private final Clock clock;
    private final RandomSource random;
    private final int rounds;
    private final Consumer<PinRow> keep;
    private final Map<MailboxName, PinRow> changed = new ConcurrentHashMap<>();
    private final Map<MailboxName, Failures> failures = new ConcurrentHashMap<>();

    private record Failures(int count, long lastMs) {}

    /**
     * @param kept those of the store
     * @param keep writes one into the store
     */
    public PinBook(List<PinRow> kept, Consumer<PinRow> keep, Clock clock, RandomSource random) {
        this(kept, keep, clock, random, SlowHash.ROUNDS);
    }

    /** The same with another number of rounds for new hashes. */
    public PinBook(List<PinRow> kept, Consumer<PinRow> keep, Clock clock, RandomSource random, int rounds) {
        this.rounds = rounds;
        this.clock = clock;
        this.random = random;
        this.keep = keep;
        kept.forEach(row -> changed.put(new MailboxName(row.box(), row.context()), row));
    }

    /** Whether a PIN is asked for at all. */
    public boolean isAsked(VoicemailBox box) {
        return !box.pin().isEmpty() || changed.containsKey(box.name());
    }

    /** Whether this is the PIN. Takes some tenths of a second where it was changed. */
    public boolean matches(VoicemailBox box, String typed) {
        var row = changed.get(box.name());
        boolean right = row != null && isMarked(box.pin(), row.replaced())
                ? SlowHash.isOne(row.hash()) && SlowHash.parse(row.hash()).matches(typed)
                : MessageDigest.isEqual(typed.getBytes(UTF_8), box.pin().getBytes(UTF_8));
        if (right) {
            failures.remove(box.name());
        } else {
            failed(box.name());
        }
        return right;
    }

    /** Somebody has tried a mailbox that is not there, or a wrong PIN. */
    public void failed(MailboxName name) {
        var now = clock.epochMillis();
        failures.values().removeIf(failure -> now - failure.lastMs() > FORGET_MS);
        failures.merge(name, new Failures(1, now), (before, one) -> new Failures(before.count() + 1, now));
    }

    /** How long the next answer about a mailbox is to be held back: 0, 1, 2, 4, ... seconds with each wrong PIN within a quarter of an hour. */
    public long delayMs(MailboxName name) {
        var failure = failures.get(name);
        if (failure == null || clock.epochMillis() - failure.lastMs() > FORGET_MS) {
            return 0;
        }
        return Math.min(MOST_DELAY_MS, 1_000L << Math.min(failure.count() - 1, 10));
    }

    /** Whether the owner has still the PIN that is the mailbox's number, as new ones have. */
    public boolean isNew(VoicemailBox box, String typed) {
        return typed.equals(box.name().box());
    }

    /** Changes the PIN. */
    public void change(VoicemailBox box, String pin) {
        var row = new PinRow(
                box.name().context(),
                box.name().box(),
                SlowHash.of(pin, rounds, random).toString(),
                mark(box.pin()));
        changed.put(box.name(), row);
        keep.accept(row);
    }

    /** A mark by which a PIN that stands in a file anyway is known again: salt and SHA-256. */
    private String mark(String pin) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var text = HexFormat.of().formatHex(salt);
        return text + "$" + digest(text, pin);
    }

    private static boolean isMarked(String pin, String mark) {
        var dollar = mark.indexOf('$');
        return dollar > 0
                && MessageDigest.isEqual(
                        digest(mark.substring(0, dollar), pin).getBytes(UTF_8),
                        mark.substring(dollar + 1).getBytes(UTF_8));
    }

    private static String digest(String salt, String pin) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest((salt + pin).getBytes(UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
