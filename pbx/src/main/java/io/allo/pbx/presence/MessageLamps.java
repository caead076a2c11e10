package io.allo.pbx.presence;

import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.voicemail.MailboxCounts;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.Spool;
import io.allo.sip.agent.SubscriptionId;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Message lamps: who has subscribed to a mailbox is told at once and after each change (RFC 3842); the phones of endpoints with {@code
 * mailboxes} that have not are told after each change and when they register. Any thread tells; a thread of its own, the only one that touches
 * what is kept here, reads the counts, so that the newest is told last.
 */
public final class MessageLamps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MessageLamps.class);

    private final Spool spool;
    private final Supplier<EndpointDirectory> directory;
    private final Consumer<UserAgentCommand> sip;
    private final ExecutorService serial =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("lamps").factory());
    private final Map<SubscriptionId, Watcher> watchers = new HashMap<>();

    private record Watcher(String endpoint, List<MailboxName> mailboxes) {}

    /** Tells by these commands what happens in the spool. */
    public MessageLamps(Spool spool, Supplier<EndpointDirectory> directory, Consumer<UserAgentCommand> sip) {
        this.spool = spool;
        this.directory = directory;
        this.sip = sip;
        spool.subscribe(name -> later(() -> changed(name)));
    }

    private void later(Runnable task) {
        try {
            serial.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nobody is told any more: allo stops");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException fault) {
            LOG.error("a fault in allo: a message lamp may be wrong", fault);
        }
    }

    /** Somebody has subscribed. */
    public void subscribed(UserAgentEvent.Subscribed event) {
        later(() -> {
            var watcher = new Watcher(
                    event.endpoint(), names(Arrays.asList(event.resource().split(","))));
            watchers.put(event.subscription(), watcher);
            tell(event.subscription(), watcher);
        });
    }

    /** A subscription is over. */
    public void unsubscribed(SubscriptionId subscription) {
        later(() -> watchers.remove(subscription));
    }

    /** A phone has registered. */
    public void registered(String aor) {
        later(() -> {
            for (var endpoint : directory.get().conf().endpoints().values()) {
                if (endpoint.aors().contains(aor) && !isWatching(endpoint.name())) {
                    tellPhones(aor, names(endpoint.behaviour().mailboxes()));
                }
            }
        });
    }

    private boolean isWatching(String endpoint) {
        return watchers.values().stream().anyMatch(watcher -> watcher.endpoint().equals(endpoint));
    }

    private void changed(MailboxName name) {
        watchers.forEach((id, watcher) -> {
            if (watcher.mailboxes().contains(name)) {
                tell(id, watcher);
            }
        });
        var told = new HashSet<String>();
        for (var endpoint : directory.get().conf().endpoints().values()) {
            var mailboxes = names(endpoint.behaviour().mailboxes());
            if (mailboxes.contains(name) && !isWatching(endpoint.name())) {
                for (var aor : endpoint.aors()) {
                    if (told.add(aor)) {
                        tellPhones(aor, mailboxes);
                    }
                }
            }
        }
    }

    private void tell(SubscriptionId id, Watcher watcher) {
        sip.accept(
                new UserAgentCommand.Notify(id, MessageSummary.TYPE, MessageSummary.of(counts(watcher.mailboxes()))));
    }

    private void tellPhones(String aor, List<MailboxName> mailboxes) {
        if (!mailboxes.isEmpty()) {
            sip.accept(new UserAgentCommand.NotifyContacts(
                    aor, MessageSummary.EVENT, MessageSummary.TYPE, MessageSummary.of(counts(mailboxes))));
        }
    }

    private static List<MailboxName> names(List<String> written) {
        return written.stream()
                .map(String::strip)
                .map(MailboxName::parse)
                .filter(MailboxName::isSafe)
                .toList();
    }

    private MailboxCounts counts(List<MailboxName> mailboxes) {
        var sum = MailboxCounts.NONE;
        for (var name : mailboxes) {
            try {
                var own = spool.mailbox(name).counts();
                sum = new MailboxCounts(sum.fresh() + own.fresh(), sum.old() + own.old(), sum.urgent() + own.urgent());
            } catch (IOException broken) {
                LOG.error("the mailbox {} can't be read: {}", name, broken.toString());
            }
        }
        return sum;
    }

    /** Nobody is told any more. */
    @Override
    public void close() {
        serial.shutdownNow();
    }
}
