package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.sip.address.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A world: a phone system, its phones, the network between them and the time, all from one seed. {@link #run} plays it from
 * the first registration to the quiet after the last call and holds every invariant. Made and run by one thread.
 *
 * <pre>{@code
 * var world = new SimWorld(4711, WorldSettings.drawn(4711, 50));
 * world.run();                      // throws SimFailure where an invariant does not hold
 * }</pre>
 */
public final class SimWorld {

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000L * MS;
    private static final int FIRST_NUMBER = 100;
    /** When nothing has come to an end by then, it never will: longer than any timer. */
    private static final long QUIET_NANOS = 4 * 3_600 * SECOND;

    private final long seed;
    private final WorldSettings settings;
    private final SimClock clock = new SimClock();
    private final SimQueue queue = new SimQueue(clock);
    private final Trace trace = new Trace(clock);
    private final RandomSource random;
    private final RandomSource schedule;
    private final SimNetwork network;
    private final HostPort serverAddress = HostPort.parse("10.0.0.1:5060");
    private final BindingWatch bindings = new BindingWatch(clock);
    private final WireWatch wires = new WireWatch(clock, bindings, serverAddress);
    private final SimServer server;
    private final List<SimPhone> phones = new ArrayList<>();
    private final Invariants invariants;
    private final int roomShare;
    private int placed;

    public SimWorld(long seed, WorldSettings settings) {
        this.seed = seed;
        this.settings = settings;
        random = RandomSource.seeded(seed);
        schedule = RandomSource.seeded(random.nextLong());
        network = new SimNetwork(queue, RandomSource.seeded(random.nextLong()), trace, settings.network());
        network.watch(wires);
        var files = settings.files().isEmpty() ? usualFiles(settings.phones()) : settings.files();
        server = new SimServer(this, serverAddress, files, RandomSource.seeded(random.nextLong()));
        for (var i = 0; i < settings.phones(); i++) {
            phones.add(new SimPhone(
                    this,
                    Integer.toString(FIRST_NUMBER + i),
                    new HostPort("10.0.1." + (i + 1), 5060),
                    settings.habits(),
                    RandomSource.seeded(random.nextLong())));
        }
        roomShare = random.nextInt(3) == 0 ? 70 : 10;
        invariants = new Invariants(this);
    }

    // ---- what it is made of

    /** The seed it was made from. */
    public long seed() {
        return seed;
    }

    /** What it was asked to be. */
    public WorldSettings settings() {
        return settings;
    }

    /** What happened. */
    public Trace trace() {
        return trace;
    }

    /** The network. */
    public SimNetwork network() {
        return network;
    }

    /** The phone system. */
    public SimServer server() {
        return server;
    }

    /** The phones, by number. */
    public List<SimPhone> phones() {
        return List.copyOf(phones);
    }

    /** What has to hold. */
    public Invariants invariants() {
        return invariants;
    }

    /** The time. */
    public SimClock clock() {
        return clock;
    }

    /** Calls placed until now. */
    public int placed() {
        return placed;
    }

    /** Steps done until now. */
    public long steps() {
        return queue.stepsTotal();
    }

    SimQueue queue() {
        return queue;
    }

    Lane lane() {
        return new Lane(queue, schedule, settings.threadLatencyNanos());
    }

    BindingWatch bindings() {
        return bindings;
    }

    WireWatch wires() {
        return wires;
    }

    HostPort serverAddress() {
        return serverAddress;
    }

    String password(String phone) {
        return "secret-" + phone;
    }

    // ---- running

    /** Plays the whole world. @throws SimFailure with the way to run it again */
    public void run() {
        inTurn(() -> {
            registerAll();
            placeCalls();
            end();
        });
    }

    /** Does something on the thread that has the turn, and says on failure how to run the world again. */
    public void inTurn(Runnable action) {
        var task = new FutureTask<Void>(action, null);
        Thread.ofVirtual().name("world " + seed).start(task);
        try {
            awaitEnd(task);
        } catch (ExecutionException failed) {
            var cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new SimFailure(
                    cause.getMessage() + "\nreplay: ./dev sim --seed " + seed + " --calls " + settings.calls()
                            + " --trace",
                    cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SimFailure("interrupted", stopped);
        }
    }

    /** Waits as long as the world goes on: a call that waits elsewhere than in Call.await would keep the turn for ever. */
    private void awaitEnd(FutureTask<Void> task) throws ExecutionException, InterruptedException {
        var before = -1L;
        while (!task.isDone()) {
            try {
                task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                var now = queue.stepsTotal();
                if (now == before) {
                    throw new SimFailure(
                            "no step in " + PATIENCE_SECONDS + " s; the turn has "
                                    + server.threads().whoHasTheTurn(),
                            late);
                }
                before = now;
            }
        }
        task.get();
    }

    /** Lets all phones register and waits until they are. */
    public void registerAll() {
        for (var phone : phones) {
            queue.after(random.nextInt(2_000) * MS, phone::register);
        }
        pass(3 * SECOND);
    }

    /** Lets this much time pass. */
    public void passMillis(long ms) {
        pass(ms * MS);
    }

    private void pass(long nanos) {
        var end = queue.now() + nanos;
        var checkAt = queue.now();
        while (queue.next(end)) {
            if (queue.now() >= checkAt) {
                invariants.check();
                checkAt = queue.now() + CHECK_EVERY_NANOS;
            }
        }
        clock.moveTo(end);
    }

    private void placeCalls() {
        while (placed < settings.calls()) {
            pass((1 + random.nextInt(2 * settings.paceMs())) * MS);
            var caller = phones.get(random.nextInt(phones.size()));
            if (caller.call(number(caller)) != null) {
                placed++;
                maybeTrouble();
            }
        }
    }

    /** The same call at other phones. */
    List<PhoneCall> otherEnds(PhoneCall call) {
        return phones.stream()
                .flatMap(phone -> phone.calls().stream())
                .filter(other -> other != call && other.tag.equals(call.tag))
                .toList();
    }

    private void maybeTrouble() {
        if (random.nextInt(1000) >= settings.trouble()) {
            return;
        }
        if (random.nextInt(2) == 0) {
            queue.after(random.nextInt(20_000) * MS, this::operatorHangsUp);
        } else {
            var phone = phones.get(random.nextInt(phones.size()));
            queue.after(random.nextInt(20_000) * MS, () -> cutOff(phone, 500L + random.nextInt(60_000)));
        }
    }

    private void operatorHangsUp() {
        var channels = server.channels();
        if (!channels.isEmpty()) {
            var channel = channels.get(random.nextInt(channels.size()));
            trace.note("an operator hangs up " + channel);
            channel.post(new ChannelEvent.HangupRequested(HangupCause.NORMAL_CLEARING, "an operator"));
        }
    }

    private void cutOff(SimPhone phone, long ms) {
        trace.note(phone + " is cut off for " + ms + " ms");
        wires.cutOff(phone.address());
        network.cut(phone.address());
        queue.after(ms * MS, () -> {
            trace.note(phone + " can be reached again");
            wires.back(phone.address());
            network.join(phone.address());
        });
    }

    private String number(SimPhone caller) {
        if (random.nextInt(100) < roomShare) {
            return SimPhone.ROOM + random.nextInt(9);
        }
        return switch (random.nextInt(12)) {
            case 0 -> "200";
            case 1 -> "300";
            case 2 -> "400" + another(caller);
            case 3 -> "500";
            case 4 -> "999";
            case 5 -> "600" + another(caller);
            default -> another(caller);
        };
    }

    private String another(SimPhone caller) {
        var other = phones.get(random.nextInt(phones.size()));
        return other == caller ? Integer.toString(FIRST_NUMBER + settings.phones()) : other.name();
    }

    /** Lets everybody go home and waits until all is quiet; then nothing may be left. */
    public void end() {
        pass(30 * SECOND);
        phones.forEach(SimPhone::retire);
        var until = queue.now() + QUIET_NANOS;
        var checkAt = queue.now();
        while (queue.next(until)) {
            if (queue.now() >= checkAt) {
                invariants.check();
                checkAt = queue.now() + CHECK_EVERY_NANOS;
            }
        }
        invariants.checkQuiet();
    }

    /** The configuration of the usual world. */
    static Map<String, String> usualFiles(int phones) {
        var pjsip = new StringBuilder("""
                [udp]
                type=transport
                protocol=udp
                bind=10.0.0.1
                """);
        for (var i = 0; i < phones; i++) {
            pjsip.append("""
                    [%1$d]
                    type=endpoint
                    context=phones
                    allow=!all,ulaw,alaw
                    auth=%1$d
                    aors=%1$d
                    [%1$d]
                    type=auth
                    auth_type=userpass
                    username=%1$d
                    password=secret-%1$d
                    [%1$d]
                    type=aor
                    max_contacts=1
                    remove_existing=yes
                    """.formatted(FIRST_NUMBER + i));
        }
        var files = new LinkedHashMap<String, String>();
        files.put("pjsip.conf", pjsip.toString());
        files.put("confbridge.conf", SimRooms.CONFBRIDGE);
        files.put("extensions.conf", """
                [phones]
                exten => _1XX,1,Dial(PJSIP/${EXTEN},20,tT)
                 same => n,NoOp(${DIALSTATUS})
                exten => 200,1,Dial(PJSIP/100&PJSIP/101&PJSIP/102,15,r)
                 same => n,Hangup(17)
                exten => 300,1,Answer()
                 same => n,SimPlay(3000)
                 same => n,Wait(1)
                 same => n,SimEcho(2000)
                 same => n,WaitExten(4)
                exten => _400XXX,1,Dial(Local/${EXTEN:3}@phones&PJSIP/101,25)
                exten => 500,1,Ringing()
                 same => n,Wait(2)
                 same => n,Busy(3)
                exten => _600XXX,1,Dial(PJSIP/${EXTEN:3},20,gL(5000))
                 same => n,Dial(PJSIP/${EXTEN:3},20,S(3))
                exten => 700,1,ConfBridge(one,,plain,keys)
                 same => n,Wait(1)
                exten => 701,1,ConfBridge(one,,pin,keys)
                exten => 702,1,ConfBridge(two,,waits,keys)
                exten => 703,1,ConfBridge(two,,marked,keys)
                exten => 704,1,ConfBridge(one,,admin,keys)
                exten => 705,1,ConfBridge(two,,admin,keys)
                exten => 706,1,ConfBridge(two,,ends,keys)
                exten => 707,1,Page(PJSIP/100&PJSIP/101&PJSIP/102,dq,10)
                exten => 708,1,ConfBridge(one,small,quiet,keys)
                exten => h,1,NoOp(over)
                """);
        return files;
    }

    private static final long PATIENCE_SECONDS = 30;

    private static final long CHECK_EVERY_NANOS = 200 * MS;
}
