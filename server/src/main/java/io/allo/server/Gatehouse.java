package io.allo.server;

import io.allo.core.timer.Clock;
import io.allo.io.store.LineLog;
import io.allo.io.store.Store;
import io.allo.io.store.StoreException;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.event.SecurityBus;
import io.allo.pbx.event.SecurityEvent;
import io.allo.pbx.event.SecurityEvent.Kind;
import io.allo.pbx.record.SecurityLine;
import io.allo.pbx.settings.DoorConf;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.Admission;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.door.Ban;
import io.allo.sip.door.BanSubject;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.flow.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The door with what belongs to it: its memory (the store keeps bans over a restart) and its book (the security log). Any thread; told by
 * the SIP loop and the gates.
 */
final class Gatehouse implements AutoCloseable {

    /** Lines a second that the security log takes; what happens beyond is counted and said in one line. */
    static final int LINES_PER_SECOND = 500;

    private static final long BANS_REMEMBERED_MS = TimeUnit.DAYS.toMillis(7);

    private final Clock clock;
    private final Store store;
    private final Supplier<EndpointDirectory> directory;
    private final Door door;
    private final SecurityBus bus = new SecurityBus();
    private final SecurityLine line =
            new SecurityLine(ZoneId.systemDefault(), ProcessHandle.current().pid());
    private final LineLog log;
    private long second;
    private int written;
    private long suppressed;

    /** Reads the bans that the store has kept. */
    Gatehouse(Clock clock, Store store, Supplier<EndpointDirectory> directory, Configuration configuration)
            throws StoreException {
        this.clock = clock;
        this.store = store;
        this.directory = directory;
        door = new Door(settings(configuration.security().door()), this::epochMs);
        door.restore(store.bans(clock.epochMillis() - BANS_REMEMBERED_MS));
        log = new LineLog("security log", files(configuration));
        bus.subscribe(this::write);
    }

    Door door() {
        return door;
    }

    /** Where security events are told, and read. */
    SecurityBus bus() {
        return bus;
    }

    /** Another configuration holds. */
    void configure(Configuration configuration) {
        door.configure(settings(configuration.security().door()));
        log.files(files(configuration));
    }

    private DoorSettings settings(DoorConf conf) {
        return new DoorSettings(
                conf.rates(),
                conf.failures(),
                conf.connections(),
                address -> conf.trusts(address) || directory.get().trusts(address));
    }

    private static List<Path> files(Configuration configuration) {
        var directory = configuration.asterisk().directories().log();
        return configuration.security().logger().securityFiles().stream()
                .map(directory::resolve)
                .toList();
    }

    /** The calendar's time of a moment of the monotonic clock. */
    long epochMs(long nowNanos) {
        return clock.epochMillis() + (nowNanos - clock.nanoTime()) / 1_000_000;
    }

    // ---- what the user agent tells

    void told(UserAgentEvent.Knocked knocked) {
        var more = new LinkedHashMap<String, String>();
        if (knocked.admission() == Admission.CHALLENGED) {
            more.put("Challenge", knocked.detail());
        } else {
            more.put("RequestType", knocked.method());
            if (!knocked.detail().isEmpty()) {
                more.put("Reason", knocked.detail());
            }
        }
        bus.publish(new SecurityEvent(
                clock.epochMillis(),
                kind(knocked.admission()),
                "PJSIP",
                knocked.user().isEmpty() ? "<unknown>" : knocked.user(),
                knocked.callId(),
                end(knocked.flow(), knocked.flow().local()),
                end(knocked.flow(), knocked.flow().remote()),
                more));
    }

    private static Kind kind(Admission admission) {
        return switch (admission) {
            case PROVED -> Kind.SUCCESSFUL_AUTH;
            case CHALLENGED -> Kind.CHALLENGE_SENT;
            case UNKNOWN_USER -> Kind.INVALID_ACCOUNT_ID;
            case WRONG_PASSWORD -> Kind.INVALID_PASSWORD;
            case BARRED -> Kind.CHALLENGE_RESPONSE_FAILED;
            case ADDRESS_REFUSED, CONTACT_REFUSED -> Kind.FAILED_ACL;
            case MALFORMED -> Kind.REQUEST_BAD_FORMAT;
            case NOT_ALLOWED, SCANNER -> Kind.REQUEST_NOT_ALLOWED;
            case TOO_MANY -> Kind.SESSION_LIMIT;
        };
    }

    private static String end(Flow flow, HostPort address) {
        return flow.transport() + "/" + address.host() + "/" + address.port();
    }

    void told(UserAgentEvent.Banned banned) {
        made(banned.ban(), "PJSIP");
    }

    // ---- what operators do

    List<Ban> bans() {
        return door.bans(clock.nanoTime());
    }

    Ban ban(BanSubject subject, long lastsMs) {
        var ban = door.ban(subject, lastsMs, clock.nanoTime());
        made(ban, "CLI");
        return ban;
    }

    /** Lifts the ban; returns whether there was one. */
    boolean lift(BanSubject subject) {
        var gone = door.lift(subject, clock.nanoTime());
        store.remove(subject);
        if (gone != null) {
            bus.publish(of(gone, Kind.BAN_LIFTED, "CLI"));
        }
        return gone != null;
    }

    /** An administrator did something; {@code action} holds no secret. */
    void administration(String service, String action) {
        bus.publish(SecurityEvent.administration(clock.epochMillis(), service, "<local>", action));
    }

    private void made(Ban ban, String service) {
        store.put(ban);
        bus.publish(of(ban, Kind.BAN_ADDED, service));
    }

    private SecurityEvent of(Ban ban, Kind kind, String service) {
        var more = new LinkedHashMap<String, String>();
        more.put("Subject", ban.subject().toString());
        more.put("Reason", ban.reason().name());
        more.put("Detail", ban.detail());
        more.put("Attempts", Integer.toString(ban.attempts()));
        more.put("Seconds", Long.toString((ban.untilMs() - ban.sinceMs()) / 1000));
        return new SecurityEvent(
                clock.epochMillis(), kind, service, ban.subject().user(), "", "", "", more);
    }

    // ---- the log

    /** Files moved away, as they are called now. */
    List<Path> rotate() throws IOException {
        return log.rotate();
    }

    /** Lines that were not written, because too many came or the disk was too slow. */
    long unwritten() {
        synchronized (log) {
            return suppressed + log.lost();
        }
    }

    private void write(SecurityEvent event) {
        for (var each : admitted(event)) {
            log.add(line.of(each));
        }
    }

    private List<SecurityEvent> admitted(SecurityEvent event) {
        var out = new ArrayList<SecurityEvent>(2);
        synchronized (log) {
            var now = event.atMillis() / 1000;
            if (now != second) {
                if (written > LINES_PER_SECOND) {
                    var more = Map.of("Count", Integer.toString(written - LINES_PER_SECOND));
                    out.add(new SecurityEvent(event.atMillis(), Kind.SUPPRESSED, "PJSIP", "", "", "", "", more));
                }
                second = now;
                written = 0;
            }
            var always = event.kind() == Kind.BAN_ADDED
                    || event.kind() == Kind.BAN_LIFTED
                    || event.kind() == Kind.ADMINISTRATION;
            if (always || ++written <= LINES_PER_SECOND) {
                out.add(event);
            } else {
                suppressed++;
            }
        }
        return out;
    }

    @Override
    public void close() {
        log.close();
    }
}
