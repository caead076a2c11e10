package io.allo.pbx.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLampsTest {
    @TempDir
    Path directory;

    private final BlockingQueue<UserAgentCommand> sent = new LinkedBlockingQueue<>();
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

    private UserAgentCommand told() throws InterruptedException {
        var command = sent.poll(10, TimeUnit.SECONDS);
        assertNotNull(command, "nobody was told");
        return command;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.US_ASCII);
    }

    @Test
    void phonesThatHaveNotSubscribedAreToldAtEachChangeAndWhenTheyRegister() throws Exception {
        leave("1");
        var told = (UserAgentCommand.NotifyContacts) told();
        assertEquals("alice", told.aor());
        assertEquals("message-summary", told.event());
        assertEquals("Messages-Waiting: yes\r\nVoice-Message: 1/0 (0/0)\r\n", text(told.body()));
        lamps.registered("bob"); // has no mailbox: is told nothing
        lamps.registered("alice");
        assertEquals("alice", ((UserAgentCommand.NotifyContacts) told()).aor());
        assertTrue(sent.isEmpty());
    }

    @Test
    void whoSubscribesIsToldAtOnceAndAtEachChangeUntilItEnds() throws Exception {
        var id = new SubscriptionId(7);
        lamps.subscribed(new UserAgentEvent.Subscribed(id, "alice", "message-summary", "101@default"));
        var told = (UserAgentCommand.Notify) told();
        assertEquals(id, told.subscription());
        assertEquals("Messages-Waiting: no\r\nVoice-Message: 0/0 (0/0)\r\n", text(told.body()));
        leave("1");
        assertTrue(told() instanceof UserAgentCommand.Notify, "a subscriber is told in the subscription");
        lamps.unsubscribed(id);
        leave("2");
        assertTrue(told() instanceof UserAgentCommand.NotifyContacts);
    }

    @Test
    void urgentMessagesAreCountedAmongTheNew() {
        assertEquals(
                "Messages-Waiting: yes\r\nVoice-Message: 3/4 (2/0)\r\n",
                text(MessageSummary.of(new MailboxCounts(1, 4, 2))));
    }
}
