package io.allo.pbx.presence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.MailboxCounts;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.MessageInfo;
import io.allo.pbx.voicemail.Spool;
import io.allo.sip.agent.SubscriptionId;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLampsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final List<UserAgentCommand> sent = new CopyOnWriteArrayList<>();
    private Spool spool;
    private MessageLamps lamps;

    @BeforeEach
    void open() {
        var conf = PjsipConf.read(
                new ConfParser(ConfSource.of(Map.of("pjsip.conf", """
                        [alice]
                        type=endpoint
                        aors=alice
                        mailboxes=101@default
                        [alice]
                        type=aor
                        max_contacts=1
                        [bob]
                        type=endpoint
                        aors=bob
                        [bob]
                        type=aor
                        max_contacts=1
                        """))).parse("pjsip.conf"), problem -> {});
        var endpoints = new EndpointDirectory(conf);
        spool = new Spool(directory);
        lamps = new MessageLamps(spool, () -> endpoints, sent::add);
    }

    @AfterEach
    void close() {
        lamps.close();
    }

    private void leave(String id) throws IOException {
        var mailbox = spool.mailbox(new MailboxName("101", "default"));
        var draft = mailbox.draft(id);
        Files.write(Path.of(draft + ".wav"), new byte[44]);
        mailbox.deliver(Folder.INBOX, draft, new MessageInfo(Map.of("msg_id", id)), 10);
    }

    private void awaitSent(int count) {
        await().atMost(PATIENCE).until(() -> sent.size() >= count);
        assertEquals(count, sent.size());
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.US_ASCII);
    }

    @Test
    void phonesThatHaveNotSubscribedAreToldAtEachChangeAndWhenTheyRegister() throws IOException {
        leave("1");
        awaitSent(1);
        var told = (UserAgentCommand.NotifyContacts) sent.getFirst();
        assertEquals("alice", told.aor());
        assertEquals("message-summary", told.event());
        assertEquals("Messages-Waiting: yes\r\nVoice-Message: 1/0 (0/0)\r\n", text(told.body()));
        lamps.registered("alice");
        lamps.registered("bob");
        awaitSent(2);
    }

    @Test
    void whoSubscribesIsToldAtOnceAndAtEachChangeUntilItEnds() throws IOException {
        var id = new SubscriptionId(7);
        lamps.subscribed(new UserAgentEvent.Subscribed(id, "alice", "message-summary", "101@default"));
        awaitSent(1);
        var told = (UserAgentCommand.Notify) sent.getFirst();
        assertEquals(id, told.subscription());
        assertEquals("Messages-Waiting: no\r\nVoice-Message: 0/0 (0/0)\r\n", text(told.body()));
        leave("1");
        awaitSent(2);
        assertTrue(sent.getLast() instanceof UserAgentCommand.Notify, "a subscriber is not told twice");
        lamps.unsubscribed(id);
        leave("2");
        awaitSent(3);
        assertTrue(sent.getLast() instanceof UserAgentCommand.NotifyContacts);
    }

    @Test
    void urgentMessagesAreCountedAmongTheNew() {
        assertEquals(
                "Messages-Waiting: yes\r\nVoice-Message: 3/4 (2/0)\r\n",
                text(MessageSummary.of(new MailboxCounts(1, 4, 2))));
    }
}
