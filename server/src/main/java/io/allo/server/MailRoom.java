package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.io.mail.MailQueue;
import io.allo.io.store.Store;
import io.allo.io.store.StoreException;
import io.allo.pbx.app.voicemail.RecorderDictaphone;
import io.allo.pbx.app.voicemail.VoicemailWorld;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.voicemail.MailSettings;
import io.allo.pbx.voicemail.NewMessage;
import io.allo.pbx.voicemail.PinBook;
import io.allo.pbx.voicemail.Postman;
import io.allo.pbx.voicemail.Spool;
import io.allo.pbx.voicemail.VoiceCopies;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The parts of voicemail, made and joined: the spool with what a crash left, PINs, the mail on its way. Any thread. */
final class MailRoom implements AutoCloseable {

    private final Supplier<Configuration> configuration;
    private final Spool spool;
    private final PinBook pins;
    private final MailQueue queue;
    private final Postman postman;
    private final Clock clock;

    private MailRoom(
            Supplier<Configuration> configuration,
            Path state,
            Store store,
            Sealing sealing,
            Clock clock,
            RandomSource random)
            throws StoreException {
        this.configuration = configuration;
        this.clock = clock;
        spool = new Spool(
                configuration.get().asterisk().directories().spool().resolve("voicemail"),
                new VoiceCopies(sealing.vault(), sealing::sealsVoicemail));
        pins = new PinBook(store.pins(), store::put, clock, random);
        queue = new MailQueue(
                state.resolve("mail"), () -> mail().smtp(), clock, sealing.vault(), sealing::sealsVoicemail);
        postman = new Postman(
                spool,
                queue,
                this::voicemail,
                this::mail,
                task -> Thread.ofVirtual().name("mail").start(task));
    }

    /** Opens it; what was being said when a former run was killed becomes messages first. */
    static MailRoom open(
            Supplier<Configuration> configuration,
            Path state,
            Store store,
            Sealing sealing,
            Clock clock,
            RandomSource random)
            throws StoreException {
        var room = new MailRoom(configuration, state, store, sealing, clock, random);
        room.queue.start();
        for (var recovered : room.spool.recover(room.voicemail())) {
            room.voicemail()
                    .box(recovered.mailbox())
                    .ifPresent(box -> room.postman.take(new NewMessage(
                            box,
                            recovered.message(),
                            configuration.get().asterisk().defaultLanguage())));
        }
        return room;
    }

    private VoicemailSettings voicemail() {
        return configuration.get().voicemail().boxes();
    }

    private MailSettings mail() {
        return configuration.get().voicemail().mail();
    }

    /** The mailboxes on the disk. */
    Spool spool() {
        return spool;
    }

    /** What the applications work with. */
    VoicemailWorld world(Prompts prompts, Recorder recorder) {
        return new VoicemailWorld(
                this::voicemail, spool, pins, prompts, new RecorderDictaphone(recorder), postman::take, clock);
    }

    /** What {@code allo check} makes the applications with: nothing is read or sent. */
    static VoicemailWorld rehearsal(
            Configuration configuration, Prompts prompts, Recorder recorder, Clock clock, RandomSource random) {
        return new VoicemailWorld(
                () -> configuration.voicemail().boxes(),
                new Spool(configuration.asterisk().directories().spool().resolve("voicemail")),
                new PinBook(List.of(), row -> {}, clock, random),
                prompts,
                new RecorderDictaphone(recorder),
                news -> {},
                clock);
    }

    /** Nothing more is sent; what waits is sent by the next run. */
    @Override
    public void close() {
        queue.close();
    }
}
