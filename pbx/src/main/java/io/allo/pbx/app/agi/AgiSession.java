package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiInput;
import io.allo.io.agi.AgiLink;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.CallMoved;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with a script, from its environment to its end. While the caller is there every command is carried out;
 * after the hangup the script is told, and may go on for a while with the commands that need no caller. Owned by the call.
 */
final class AgiSession {

    /** Something new came from the script; it waits in the link. */
    record Spoke() implements ChannelEvent {}

    /** Lines without a command between two commands, after which the script is taken for broken. */
    static final int MOST_RUBBISH = 100;

    /** After so many commands the script is made to wait a moment, so that a fast one takes no core for itself. */
    private static final int BREATH_EVERY = 100;

    private static final long BREATH_MS = 20;
    private static final Logger LOG = LoggerFactory.getLogger("agi");

    private final Call call;
    private final Channel channel;
    private final DialplanRunner runner;
    private final AgiWorld world;
    private final AgiCommands commands;
    private final AgiLink link;
    private final String request;
    private final boolean signals;
    private final boolean exits;
    private final Course course;
    private boolean failed;
    private boolean dead;
    private int rubbish;
    private long count;
    private boolean spoken;
    private String hangupReply = "";

    AgiSession(Call call, DialplanRunner runner, AgiWorld world, AgiCommands commands, AgiLink link, String request) {
        this.call = call;
        this.channel = call.channel();
        this.runner = runner;
        this.world = world;
        this.commands = commands;
        this.link = link;
        this.request = request;
        this.course = new Course(channel);
        signals = !isNo(runner.variable(call, "AGISIGHUP"));
        exits = isYes(runner.variable(call, "AGIEXITONHANGUP"));
    }

    /** How a conversation ended: AGISTATUS, and the hangup that the dialplan is still to see. */
    record Outcome(String status, @Nullable CallEnded hangup) {}

    /** Talks to the script until it ends, is of no use any more, or has had its time after the hangup. */
    Outcome run() {
        CallEnded hangup = null;
        try (link) {
            dead = call.isAfterHangup() || channel.isHungUp();
            if (!dead) {
                hangup = serveCaller();
            }
            if (hangup != null) {
                dead = true;
                tellHangup();
            }
            if (dead && !(hangup != null && exits)) {
                call.pastHangup(() -> serve(world.settings().get().hangupSeconds()));
            }
        } catch (CallMoved moved) {
            tellHangup();
            throw moved;
        } finally {
            course.settle();
        }
        return new Outcome(failed ? "FAILURE" : hangup != null ? "HANGUP" : "SUCCESS", hangup);
    }

    private @Nullable CallEnded serveCaller() {
        try {
            serve(0);
            return null;
        } catch (CallEnded ended) {
            return ended;
        }
    }

    private void tellHangup() {
        if (signals) {
            link.hangUp();
        }
    }

    /** Carries commands out until the script ends; {@code limitSeconds} for all of them, 0 for a limit to each pause. */
    private void serve(int limitSeconds) {
        var until = call.inMillis(limitSeconds * 1_000L);
        var replyMs = world.settings().get().replySeconds() * 1_000L;
        while (true) {
            passBy();
            var late = dead && call.clock().nanoTime() >= until;
            switch (late ? null : input(dead ? until : call.inMillis(replyMs))) {
                case AgiInput.Line(String line) -> {
                    if (!obey(line)) {
                        return;
                    }
                }
                case AgiInput.Ended(String how) -> {
                    ended(how);
                    return;
                }
                case AgiInput.Unreachable(String english, String french) -> {
                    problem("agi-unreachable", english, french);
                    return;
                }
                case null -> {
                    problem(
                            "agi-timeout",
                            request
                                    + " has said nothing for too long and is ended (agi.conf, replylimit and hanguplimit)",
                            request
                                    + " n'a rien dit trop longtemps et est arrêté (agi.conf, replylimit et hanguplimit)");
                    return;
                }
            }
        }
    }

    private void ended(String how) {
        LOG.info("{}: {} has ended: {}", channel.name(), request, how);
        if (!spoken && how.matches("exit status 12[67]")) {
            problem(
                    "agi-not-run",
                    request + " could not be executed (" + how + "): see its first line, and the log",
                    request + " n'a pas pu être exécuté (" + how + ") : voyez sa première ligne, et le journal");
        }
    }

    /** Keys between commands are lost, as in Asterisk; a hangup is seen, however fast the script talks. */
    private void passBy() {
        while (call.await(Long.MIN_VALUE) != null) {
            // nobody asked for it
        }
    }

    private @Nullable AgiInput input(long deadline) {
        for (var input = link.next(); ; input = link.next()) {
            if (input != null) {
                return input;
            }
            if (call.await(deadline) == null && call.clock().nanoTime() >= deadline) {
                return link.next();
            }
        }
    }

    /** Carries out one line; false if the script is of no use any more. */
    private boolean obey(String line) {
        spoken = true;
        var meant = commands.find(AgiLine.words(line));
        if (meant == null) {
            rubbish++;
            if (rubbish > MOST_RUBBISH) {
                problem(
                        "agi-rubbish",
                        request + " prints what is no command, e.g. \"" + shown(line) + "\", and is ended",
                        request + " écrit ce qui n'est pas une commande, p. ex. « " + shown(line)
                                + " », et est arrêté");
                return false;
            }
            return reply("510 Invalid or unknown command");
        }
        rubbish = 0;
        if (++count % BREATH_EVERY == 0) {
            call.pause(BREATH_MS);
        }
        if (dead && !meant.command().dead()) {
            return reply("511 Command Not Permitted on a dead channel or intercept routine");
        }
        return reply(result(meant));
    }

    private String result(AgiCommands.Meant meant) {
        hangupReply = "200 result=-1";
        try {
            var reply = meant.command().body().run(this, meant.arguments());
            return !dead && channel.isHungUp() && meant.command().endsWithCaller() ? hangupReply : reply;
        } catch (AgiCommand.Usage wrong) {
            return meant.command().usage();
        } catch (DialplanException refused) {
            var words = meant.command().name().toUpperCase(java.util.Locale.ROOT) + ": " + refused.getMessage();
            call.problem("agi", request + ": " + words, request + " : " + words);
            return failure("200 result=-1");
        } catch (CallEnded ended) {
            reply(hangupReply);
            throw ended;
        }
    }

    private boolean reply(String text) {
        if (link.send(text + "\n")) {
            return true;
        }
        problem(
                "agi-deaf",
                request + " does not read its results and is ended",
                request + " ne lit pas ses résultats et est arrêté");
        return false;
    }

    private void problem(String code, String english, String french) {
        failed = true;
        call.problem(code, english, french);
    }

    private static String shown(String line) {
        var plain = line.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }

    static boolean isNo(String text) {
        return text.strip().toLowerCase(java.util.Locale.ROOT).matches("no|false|n|f|0|off");
    }

    private static boolean isYes(String text) {
        return text.strip().toLowerCase(java.util.Locale.ROOT).matches("yes|true|y|t|1|on");
    }

    // ---- what commands use

    Call call() {
        return call;
    }

    Channel channel() {
        return channel;
    }

    /** Another channel by its name or unique id, null if there is none. */
    @Nullable
    Channel otherChannel(String name) {
        return world.calls().channel(name);
    }

    DialplanRunner runner() {
        return runner;
    }

    Prompts prompts() {
        return world.prompts();
    }

    /** Where the dialplan goes on. */
    Course course() {
        return course;
    }

    /** The conversation counts as failed; gives the reply. */
    String failure(String reply) {
        failed = true;
        return reply;
    }

    /** What is replied if the caller hangs up during the command. */
    void onHangup(String reply) {
        hangupReply = reply;
    }

    /** Sends a line that goes before the command's result. */
    void tell(String line) {
        reply(line);
    }
}
