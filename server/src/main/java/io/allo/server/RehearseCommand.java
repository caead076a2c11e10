package io.allo.server;

import io.allo.io.sip.SipBindException;
import io.allo.io.store.StoreException;
import io.allo.io.tls.TlsException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code allo rehearse}: starts the phone system on a configuration of its own on loopback, has a phone knock and call, and
 * ends. A build runs it once to write the start-up cache: what is loaded, linked and called here need not be at a start
 * (decision 0002). Leaves nothing behind. Main thread.
 */
@Command(name = "rehearse", hidden = true, description = "Start on a configuration of its own, take calls, and end.")
final class RehearseCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException, StoreException, TlsException, SipBindException {
        var folder = Files.createTempDirectory("allo-rehearsal");
        try {
            rehearse(folder);
        } finally {
            delete(folder);
        }
        return 0;
    }

    private static void rehearse(Path folder)
            throws IOException, InterruptedException, StoreException, TlsException, SipBindException {
        Files.writeString(folder.resolve("pjsip.conf"), phones());
        Files.writeString(folder.resolve("extensions.conf"), DIALPLAN);
        var configuration = Configuration.read(folder, null, folder);
        var system = PhoneSystem.start(configuration, folder);
        try (var phone = new RehearsalPhone(
                InetAddress.ofLiteral(LOOPBACK),
                system.listeners().getFirst().bound().port())) {
            for (var i = 0; i < CALLS; i++) {
                phone.ask();
                phone.register();
                phone.call();
            }
        } finally {
            system.stop(PATIENCE_MS);
        }
    }

    private static String phones() {
        var text = new StringBuilder("[udp]\ntype=transport\nprotocol=udp\nbind=" + LOOPBACK + ":0\n");
        for (var i = 0; i < PHONES; i++) {
            text.append(PHONE.replace("NAME", "phone" + i));
        }
        return text.append(OPEN_PHONE).toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            for (var each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static final long PATIENCE_MS = 2_000;
    private static final int PHONES = 200;
    private static final int CALLS = 40;
    private static final String LOOPBACK = "127.0.0.1";

    private static final String PHONE = """
            [NAME]
            type=endpoint
            context=rehearsal
            auth=NAME
            aors=NAME
            callerid=Rehearsal <100>
            disallow=all
            allow=ulaw,alaw,g722
            [NAME]
            type=auth
            username=NAME
            password=rehearsal
            [NAME]
            type=aor
            max_contacts=1
            remove_existing=yes
            """;

    /** May call without a password: on loopback, for the length of a rehearsal. */
    private static final String OPEN_PHONE = """
            [open]
            type=endpoint
            context=rehearsal
            aors=open
            disallow=all
            allow=ulaw,alaw
            [open]
            type=aor
            """;

    private static final String DIALPLAN = """
            [rehearsal]
            exten => _1XX,1,Set(DIALLED=${EXTEN})
             same => n,GotoIf($["${DIALLED}" = "100"]?answer)
             same => n,Hangup()
             same => n(answer),Answer()
             same => n,Hangup()
            """;
}
