package io.allo.pbx.app.voicemail;

import io.allo.core.random.RandomSource;
import io.allo.io.store.PinRow;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.voicemail.Mailbox;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.NewMessage;
import io.allo.pbx.voicemail.PinBook;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoicemailConf;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Mailboxes on a disk of the test's, and callers in virtual time, one after the other. A recording is cue "recording". */
final class MailboxTown {
    static final String[] PROMPTS = {
        "beep",
        "auth-thankyou",
        "vm-login",
        "vm-password",
        "vm-incorrect",
        "vm-incorrect-mailbox",
        "vm-goodbye",
        "vm-youhave",
        "vm-no",
        "vm-messages",
        "vm-message",
        "vm-INBOX",
        "vm-Old",
        "vm-Urgent",
        "vm-Work",
        "vm-Family",
        "vm-Friends",
        "vm-Cust1",
        "vm-and",
        "vm-onefor",
        "vm-onefor-full",
        "vm-opts",
        "vm-helpexit",
        "vm-prev",
        "vm-next",
        "vm-advopts",
        "vm-repeat",
        "vm-delete",
        "vm-undelete",
        "vm-deleted",
        "vm-undeleted",
        "vm-toforward",
        "vm-savemessage",
        "vm-first",
        "vm-last",
        "vm-received",
        "vm-from-phonenumber",
        "vm-from-extension",
        "vm-from",
        "vm-unknown-caller",
        "vm-duration",
        "vm-minutes",
        "vm-nomore",
        "vm-sorry",
        "vm-changeto",
        "vm-press",
        "vm-for",
        "vm-tocancel",
        "vm-savefolder",
        "vm-savedto",
        "vm-options",
        "vm-newpassword",
        "vm-reenterpassword",
        "vm-passchanged",
        "vm-mismatch",
        "vm-invalid-password",
        "vm-rec-name",
        "vm-rec-unv",
        "vm-rec-busy",
        "vm-rec-temp",
        "vm-review",
        "vm-msgsaved",
        "vm-tooshort",
        "vm-torerecord",
        "vm-review-urgent",
        "vm-review-nonurgent",
        "vm-reachoper",
        "vm-marked-urgent",
        "vm-marked-nonurgent",
        "vm-intro",
        "vm-theperson",
        "vm-isunavail",
        "vm-isonphone",
        "vm-mailboxfull",
        "vm-whichbox",
        "pbx-invalid",
        "vm-extension",
        "vm-then-pound",
        "vm-forward-multiple",
        "vm-forwardoptions",
        "vm-msgforwarded",
        "vm-record-prepend",
        "vm-nobox",
        "vm-toreply",
        "vm-tohearenv",
        "vm-starmain",
        "vm-leavemsg",
        "vm-tocallback",
        "vm-tomakecall",
        "vm-dialout",
        "vm-enter-num-to-call",
        "vm-tempgreeting",
        "vm-tempgreeting2",
        "vm-tempgreetactive",
        "vm-tempremoved",
        "vm-tmpexists",
        "vm-newuser",
        "vm-num-i-have",
        "vm-tocallnum",
        "vm-star-cancel",
        "vm-nonumber",
        "digits/0",
        "digits/1",
        "digits/2",
        "digits/3",
        "digits/4",
        "digits/5",
        "digits/6",
        "digits/7",
        "digits/8",
        "digits/9",
        "digits/10",
        "digits/11",
        "digits/12",
        "digits/20",
        "digits/et",
        "digits/at",
        "digits/today",
        "digits/oclock",
        "digits/p-m",
        "digits/a-m"
    };

    private final Path directory;
    private final Spool spool;
    private final List<PinRow> pins = new ArrayList<>();
    private final List<NewMessage> posted = new ArrayList<>();
    private final List<ConfProblem> mistakes = new ArrayList<>();
    private final ArrayDeque<Long> silences = new ArrayDeque<>();
    private VoicemailSettings settings;

    MailboxTown(Path directory, String conf) {
        this.directory = directory;
        this.spool = new Spool(directory.resolve("voicemail"));
        configure(conf);
    }

    MailboxTown configure(String conf) {
        var file = new ConfParser(ConfSource.of(Map.of("voicemail.conf", conf))).parse("voicemail.conf");
        settings = VoicemailConf.read(file, mistakes::add);
        return this;
    }

    /** A caller, in a call of their own. */
    CallerWorld caller() {
        var world = new CallerWorld(directory.resolve("sounds")).records(300, PROMPTS);
        var pinBook = new PinBook(pins, pins::add, world.clock(), RandomSource.seeded(7), 1_000);
        return world.registers((runner, prompts) -> VoicemailApplications.register(
                runner,
                new VoicemailWorld(
                        () -> settings, spool, pinBook, prompts, dictaphone(world), posted::add, world.clock())));
    }

    /** The next recording that no key ends is ended by silence after so long. */
    MailboxTown silentAfter(long ms) {
        silences.add(ms);
        return this;
    }

    Spool spool() {
        return spool;
    }

    Mailbox mailbox(String name) {
        return spool.mailbox(MailboxName.parse(name));
    }

    List<NewMessage> posted() {
        return posted;
    }

    List<ConfProblem> mistakes() {
        return mistakes;
    }

    Path path() {
        return directory;
    }

    /** Records silence, as long as time passes. */
    private Dictaphone dictaphone(CallerWorld world) {
        return (call, file, rules) -> {
            long began = world.clock().nanoTime();
            Long silence = silences.poll();
            world.heard("recording");
            try {
                return record(call, file, rules, began, silence);
            } catch (CallInterrupted ended) {
                write(file, (world.clock().nanoTime() - began) / 1_000_000);
                throw ended;
            }
        };
    }

    private static Dictaphone.Dictated record(Call call, Path file, Dictaphone.Rules rules, long began, Long silence) {
        long full = rules.mostMs() == 0 ? Long.MAX_VALUE : began + rules.mostMs() * 1_000_000;
        long silent = silence == null ? Long.MAX_VALUE : began + silence * 1_000_000;
        while (true) {
            var received = call.await(Math.min(full, silent));
            long length = (call.clock().nanoTime() - began) / 1_000_000;
            if (received == null) {
                write(file, length);
                return new Dictaphone.Dictated(
                        silent < full ? Dictaphone.End.SILENCE : Dictaphone.End.FULL, (char) 0, length);
            }
            if (received.event() instanceof ChannelEvent.Digit digit
                    && rules.keys().indexOf(digit.digit()) >= 0) {
                write(file, length);
                return new Dictaphone.Dictated(Dictaphone.End.KEY, digit.digit(), length);
            }
        }
    }

    static void write(Path file, long ms) {
        try {
            Files.createDirectories(file.getParent());
            try (var writer = SoundFile.create(
                    Files.newByteChannel(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING),
                    SoundFormat.SLN)) {
                writer.write(new short[(int) ms * 8], 0, (int) ms * 8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
