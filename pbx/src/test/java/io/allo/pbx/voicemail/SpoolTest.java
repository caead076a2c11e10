package io.allo.pbx.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.io.vault.SealedFile;
import io.allo.io.vault.Vault;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final MailboxName NAME = new MailboxName("101", "default");

    @TempDir
    Path directory;

    private Spool spool;
    private Mailbox mailbox;
    private Path inbox;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(directory);
        mailbox = spool.mailbox(NAME);
        inbox = Files.createDirectories(directory.resolve("default/101/INBOX"));
    }

    /** As Asterisk 18 writes it. */
    private void asteriskLeft(int number, String caller, int seconds) throws IOException {
        Files.writeString(
                inbox.resolve("msg%04d.txt".formatted(number)), """
                ;
                ; Message Information file
                ;
                [message]
                origmailbox=101
                context=macro-vm
                macrocontext=ext-local
                exten=s-NOANSWER
                rdnis=unknown
                priority=2
                callerchan=PJSIP/ovh-0000%04x
                callerid="Jean Dupont" <%s>
                origdate=Fri Oct  2 02:25:07 PM UTC 2026
                origtime=1790951107
                category=
                msg_id=1790951107-%08x
                flag=
                duration=%d
                """.formatted(number, caller, number, seconds));
        sound(inbox.resolve("msg%04d.wav".formatted(number)), SoundFormat.WAV, seconds * 1000);
        sound(inbox.resolve("msg%04d.WAV".formatted(number)), SoundFormat.WAV49, seconds * 1000);
    }

    private static void sound(Path file, SoundFormat format, int ms) throws IOException {
        try (var writer = SoundFile.create(
                Files.newByteChannel(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                format)) {
            writer.write(new short[ms * 8], 0, ms * 8);
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void messagesOfAsteriskAreRead() throws IOException {
        asteriskLeft(0, "0145678901", 12);
        var message = mailbox.messages(Folder.INBOX).getFirst();
        assertEquals("0145678901", message.info().callerNumber().orElseThrow());
        assertEquals("Jean Dupont", message.info().callerName());
        assertEquals(12, message.info().durationSeconds());
        assertEquals(1790951107, message.info().originSeconds());
        assertEquals(
                inbox.resolve("msg0000.WAV"), message.sound(SoundFormat.WAV49).orElseThrow());
        assertEquals(
                12_000,
                VoiceCopies.PLAIN.lengthMs(message.sound(SoundFormat.WAV).orElseThrow()));
    }

    @Test
    void whatIsWrittenIsWhatAsteriskWrites() throws IOException {
        asteriskLeft(0, "0145678901", 12);
        String text = Files.readString(inbox.resolve("msg0000.txt"));
        assertEquals(text, MessageInfo.read(inbox.resolve("msg0000.txt")).text());
    }

    private Mailbox sealing(boolean seals) {
        var vault = Vault.of(directory.resolve("seal.keys"), RandomSource.secure());
        return new Spool(directory, new VoiceCopies(vault, () -> seals)).mailbox(NAME);
    }

    private MessageInfo left(Mailbox box, String number) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("origmailbox", "101");
        fields.put("callerchan", "PJSIP/ovh-" + number);
        fields.put("callerid", "\"Zoé\" <" + number + ">");
        fields.put("origtime", "1790951107");
        fields.put("msg_id", "1790951107-00000001");
        fields.put("flag", "");
        fields.put("duration", "7");
        var info = new MessageInfo(fields);
        var draft = box.draft("x" + number);
        sound(Path.of(draft + ".wav"), SoundFormat.WAV, 1000);
        assertTrue(box.deliver(Folder.INBOX, draft, info, 9).isPresent());
        return info;
    }

    @Test
    void whoLeftAMessageIsSealedWithItAndReadWithTheKeyOnly() throws IOException {
        Mailbox box = sealing(true);
        left(box, "0612345678");
        Path file = inbox.resolve("msg0000.txt");
        String text = Files.readString(file);
        assertFalse(text.contains("061234") || text.contains("Zoé") || text.contains("ovh"), text);
        assertTrue(
                text.contains("origtime=1790951107\n") && text.contains("duration=7\n"), "for other readers: " + text);
        MessageInfo read = box.messages(Folder.INBOX).getFirst().info();
        assertEquals("0612345678", read.callerNumber().orElseThrow());
        assertEquals("Zoé", read.callerName());

        // changed, moved and copied it stays sealed, whatever the setting is now
        Mailbox later = sealing(false);
        later.update(Folder.INBOX, read.identity(), "flag", MessageInfo.URGENT);
        assertFalse(Files.readString(file).contains("061234"));
        assertTrue(later.messages(Folder.INBOX).getFirst().info().isUrgent());
        assertTrue(later.move(Folder.INBOX, read.identity(), Folder.OLD, 9));
        assertEquals("Zoé", later.messages(Folder.OLD).getFirst().info().callerName());
        StoredMessage old = sealing(true).messages(Folder.OLD).getFirst();
        sealing(true).copy(Folder.INBOX, old.base(), old.info().with("msg_id", "another"), 9);
        assertFalse(Files.readString(file).contains("061234"));
        assertEquals("Zoé", box.messages(Folder.INBOX).getFirst().info().callerName());

        // without the key the message is there, from nobody; and with it again
        Path keys = directory.resolve("seal.keys");
        Files.move(keys, directory.resolve("away"));
        MessageInfo unknown = box.messages(Folder.INBOX).getFirst().info();
        assertTrue(unknown.callerNumber().isEmpty());
        box.update(Folder.INBOX, unknown.identity(), "flag", "");
        Files.move(directory.resolve("away"), keys);
        assertEquals("Zoé", box.messages(Folder.INBOX).getFirst().info().callerName());
    }

    @Test
    void aSealedTextThatWasCutOffLosesNoMessage() throws IOException {
        left(sealing(true), "0612345678");
        Path file = inbox.resolve("msg0000.txt");
        String text = Files.readString(file);
        for (int length = text.indexOf("[message]"); length <= text.length(); length += 7) {
            Files.writeString(file, text.substring(0, length));
            var messages = sealing(true).messages(Folder.INBOX);
            assertEquals(1, messages.size());
            sealing(true).update(Folder.INBOX, messages.getFirst().info().identity(), "flag", "");
            assertFalse(Files.readString(file).contains("061234"));
        }
    }

    @Test
    void anAsterisksMessageStaysReadableUntilItIsChanged() throws IOException {
        asteriskLeft(0, "0611", 1);
        Mailbox box = sealing(true);
        MessageInfo info = box.messages(Folder.INBOX).getFirst().info();
        assertEquals("0611", info.callerNumber().orElseThrow());
        assertTrue(Files.readString(inbox.resolve("msg0000.txt")).contains("0611"));
        box.update(Folder.INBOX, info.identity(), "flag", MessageInfo.URGENT);
        assertFalse(Files.readString(inbox.resolve("msg0000.txt")).contains("0611"));
        assertEquals(
                info.with("flag", MessageInfo.URGENT).fields(),
                box.messages(Folder.INBOX).getFirst().info().fields());
    }

    @Test
    void numbersCloseUpAfterADeletion() throws IOException {
        for (int number = 0; number < 4; number++) asteriskLeft(number, "0" + number, 1);
        String second = mailbox.messages(Folder.INBOX).get(1).info().identity();
        mailbox.delete(Folder.INBOX, second, 0);
        assertEquals(
                List.of(
                        "msg0000.WAV",
                        "msg0000.txt",
                        "msg0000.wav",
                        "msg0001.WAV",
                        "msg0001.txt",
                        "msg0001.wav",
                        "msg0002.WAV",
                        "msg0002.txt",
                        "msg0002.wav"),
                files());
        assertEquals(
                List.of("00", "02", "03"),
                mailbox.messages(Folder.INBOX).stream()
                        .map(message -> message.info().callerNumber().orElseThrow())
                        .toList());
    }

    @Test
    void anOldAsterisksMessageWithoutAnIdentityIsMovedAllTheSame() throws IOException {
        asteriskLeft(0, "01", 1);
        Path text = inbox.resolve("msg0000.txt");
        Files.writeString(text, Files.readString(text).replaceAll("msg_id=.*\n", ""));
        String id = mailbox.messages(Folder.INBOX).getFirst().info().identity();
        assertTrue(mailbox.move(Folder.INBOX, id, Folder.OLD, 10));
        assertEquals(1, mailbox.count(Folder.OLD));
        assertEquals(List.of(), files());
    }

    @Test
    void aFullFolderTakesNothing() throws IOException {
        asteriskLeft(0, "01", 1);
        asteriskLeft(1, "02", 1);
        var messages = mailbox.messages(Folder.INBOX);
        assertTrue(mailbox.move(Folder.INBOX, messages.get(0).info().identity(), Folder.WORK, 1));
        assertFalse(mailbox.move(Folder.INBOX, messages.get(1).info().identity(), Folder.WORK, 1));
        assertEquals(1, mailbox.count(Folder.INBOX));
    }

    @Test
    void deletedMessagesAreKeptAsManyAsWanted() throws IOException {
        for (int number = 0; number < 3; number++) asteriskLeft(number, "0" + number, 1);
        for (var message : mailbox.messages(Folder.INBOX)) {
            mailbox.delete(Folder.INBOX, message.info().identity(), 2);
        }
        assertEquals(
                List.of("01", "02"),
                mailbox.messages(Folder.DELETED).stream()
                        .map(message -> message.info().callerNumber().orElseThrow())
                        .toList());
    }

    @Test
    void whoWatchesIsTold() throws IOException {
        var told = new ArrayList<MailboxName>();
        spool.subscribe(told::add);
        asteriskLeft(0, "01", 1);
        mailbox.move(
                Folder.INBOX, mailbox.messages(Folder.INBOX).getFirst().info().identity(), Folder.OLD, 9);
        assertEquals(List.of(NAME), told);
    }

    @Test
    void aSoundWithoutATextIsNoMessageAndInNobodysWay() throws IOException {
        sound(inbox.resolve("msg0000.wav"), SoundFormat.WAV, 1000);
        assertEquals(0, mailbox.count(Folder.INBOX));
        asteriskLeft(1, "01", 2);
        mailbox.delete(Folder.INBOX, "nobody", 0);
        var draft = mailbox.draft("x");
        sound(Path.of(draft + ".wav"), SoundFormat.WAV, 3000);
        var put = mailbox.deliver(
                Folder.INBOX,
                draft,
                mailbox.messages(Folder.INBOX).getFirst().info().with("msg_id", "n"),
                10);
        assertEquals(2, put.orElseThrow().number());
    }

    @Test
    void whatWasSaidBeforeACrashIsAMessageAtTheNextStart() throws IOException {
        var draft = mailbox.draft("1-1");
        Files.writeString(Path.of(draft + ".txt"), "[message]\ncallerid=0612\nmsg_id=1-1\nflag=Urgent\n");
        sound(Path.of(draft + ".sln"), SoundFormat.SLN, 5_300);
        var tooShort = mailbox.draft("1-2");
        Files.writeString(Path.of(tooShort + ".txt"), "[message]\ncallerid=0612\nmsg_id=1-2\nflag=\n");
        var recovered = spool.recover(VoicemailSettings.DEFAULT);
        assertEquals(1, recovered.size());
        assertEquals(NAME, recovered.getFirst().mailbox());
        var message = mailbox.messages(Folder.URGENT).getFirst();
        assertEquals(5, message.info().durationSeconds());
        assertEquals(
                5_300, VoiceCopies.PLAIN.lengthMs(message.sound(SoundFormat.WAV).orElseThrow()));
        try (var left = Files.list(directory.resolve("default/101/tmp"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void whatWasSaidBeforeACrashIsASealedMessageAtTheNextStart() throws IOException {
        var keys = directory.resolve("seal.keys");
        var vault = Vault.of(keys, RandomSource.secure());
        var copies = new VoiceCopies(vault, () -> true);
        var sealing = new Spool(directory.resolve("spool"), copies);
        var box = sealing.mailbox(NAME);
        var draft = box.draft("1-1");
        Files.writeString(Path.of(draft + ".txt"), "[message]\ncallerid=0612\nmsg_id=1-1\nflag=\n");
        var said = directory.resolve("said.sln");
        sound(said, SoundFormat.SLN, 5_300);
        vault.copy(said, Path.of(draft + ".sln"), true);
        var away = Files.move(keys, directory.resolve("away"));
        assertEquals(List.of(), sealing.recover(VoicemailSettings.DEFAULT), "it waits for its key");
        Files.move(away, keys);
        assertEquals(1, sealing.recover(VoicemailSettings.DEFAULT).size());
        var message = box.messages(Folder.INBOX).getFirst();
        var wav = message.sound(SoundFormat.WAV).orElseThrow();
        assertTrue(SealedFile.isSealed(wav));
        assertEquals(5_300, copies.lengthMs(wav));
        box.greet(Greeting.BUSY, said, 1_000, List.of(SoundFormat.WAV));
        var greeting = VoiceCopies.of(box.greeting(Greeting.BUSY).orElseThrow()).getFirst();
        assertTrue(SealedFile.isSealed(greeting));
        assertEquals(1_000, copies.lengthMs(greeting));
    }

    @Test
    void aCrashAfterTheCopiesWereMadeLosesNothing() throws IOException {
        var draft = mailbox.draft("1-1");
        Files.writeString(Path.of(draft + ".txt"), "[message]\ncallerid=0612\nmsg_id=1-1\nflag=\n");
        sound(Path.of(draft + ".wav"), SoundFormat.WAV, 4_000);
        assertEquals(1, spool.recover(VoicemailSettings.DEFAULT).size());
        assertEquals(4, mailbox.messages(Folder.INBOX).getFirst().info().durationSeconds());
    }

    @Test
    void noNameLeadsOutOfTheSpool() {
        for (var name : List.of("..", "../x", "", "a/b", ".", "...")) {
            assertThrows(IllegalArgumentException.class, () -> spool.mailbox(new MailboxName(name, "default")));
            assertThrows(IllegalArgumentException.class, () -> spool.mailbox(new MailboxName("1", name)));
        }
    }
}
