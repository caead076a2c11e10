package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiLauncher;
import io.allo.io.agi.AgiLink;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * AGI(script,arguments), EAGI, DeadAGI: leads the call by a script of the directory of scripts or by a server
 * ({@code agi://host[:port]/script}, {@code hagi://} by SRV records). Sets AGISTATUS: SUCCESS, FAILURE, NOTFOUND or HANGUP.
 * Any thread.
 */
public final class AgiApplications {

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>h?agi)://(?<host>\\[[0-9A-Fa-f:.]+\\]|[^/:?\\[\\]]+)(:(?<port>[0-9]{1,5}))?([/?].*)?",
            Pattern.CASE_INSENSITIVE);

    private final DialplanRunner runner;
    private final AgiWorld world;
    private final AgiCommands commands;

    private AgiApplications(DialplanRunner runner, AgiWorld world) {
        this.runner = runner;
        this.world = world;
        this.commands = new AgiCommands(world);
    }

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, AgiWorld world) {
        var applications = new AgiApplications(runner, world);
        runner.register(
                Application.of("AGI", (call, data) -> applications.run(call, data, false)),
                Application.of("EAGI", (call, data) -> applications.run(call, data, true)),
                Application.of("DeadAGI", (call, data) -> applications.run(call, data, false)));
    }

    private void run(Call call, String data, boolean enhanced) {
        var arguments = Arguments.of(data, AgiLine.MOST_WORDS);
        var request = arguments.get(0).strip();
        if (request.isEmpty()) {
            status(call, "FAILURE");
            throw new DialplanException("AGI needs the name of a script or the address of a server");
        }
        var rest = arguments.all().subList(1, arguments.count());
        if (request.toLowerCase(java.util.Locale.ROOT).startsWith("agi:async")) {
            status(call, "FAILURE");
            call.problem(
                    "not-built",
                    "agi:async is led through AMI, and comes with it",
                    "agi:async se pilote par AMI, et viendra avec elle");
            return;
        }
        var spoken = world.settings().get().speak() && !world.launcher().hasScript(request)
                ? SpokenScript.of(request, rest)
                : Optional.<SpokenScript>empty();
        if (spoken.isPresent()) {
            speak(call, spoken.get());
            return;
        }
        if (enhanced) {
            call.problem(
                    "not-built",
                    "EAGI: the caller's sound on descriptor 3 is not there yet: the script hears nothing",
                    "EAGI : le son de l'appelant sur le descripteur 3 n'est pas encore là : le script n'entend rien");
        }
        var link = request.contains("://")
                ? connect(call, new AgiRequest(request, rest, enhanced, true))
                : start(call, new AgiRequest(request, rest, enhanced, false));
        if (link != null) {
            converse(call, link, request);
        }
    }

    /** What the script would do: answers, speaks, and lets a key that interrupts be the extension. */
    private void speak(Call call, SpokenScript spoken) {
        status(call, "FAILURE");
        if (!world.prompts().answer(call)) {
            return;
        }
        var language = spoken.language().isEmpty() ? call.channel().language() : spoken.language();
        var played = world.prompts().speak(call, spoken.text(), language, spoken.speed(), spoken.keys());
        status(call, played.isWhole() ? "SUCCESS" : "FAILURE");
        if (played.hasDigit()) {
            var context = call.channel().location().context();
            call.channel().location(new DialplanLocation(context, String.valueOf(played.digit()), 1));
        }
    }

    private void converse(Call call, AgiLink link, String request) {
        status(call, "FAILURE"); // as long as it is not known to be better
        var outcome = new AgiSession(call, runner, world, commands, link, request).run();
        status(call, outcome.status());
        if (outcome.hangup() != null) {
            throw outcome.hangup();
        }
    }

    private void status(Call call, String status) {
        runner.assign(call, "AGISTATUS", status);
    }

    private @Nullable AgiLink connect(Call call, AgiRequest request) {
        var url = url(request.request());
        if (url == null) {
            status(call, "NOTFOUND");
            throw new DialplanException(request.request()
                    + " is no address of a server: write agi://host:port/script or hagi://domain/script");
        }
        return world.launcher().connect(url, request.environment(call, world.version()), waking(call.channel()));
    }

    private static @Nullable URI url(String text) {
        var match = URL.matcher(text);
        if (!match.matches()) {
            return null;
        }
        var port = match.group("port");
        try {
            return new URI(
                    match.group("scheme").toLowerCase(java.util.Locale.ROOT),
                    null,
                    match.group("host"),
                    port == null ? -1 : Integer.parseInt(port),
                    null,
                    null,
                    null);
        } catch (URISyntaxException broken) {
            return null;
        }
    }

    private @Nullable AgiLink start(Call call, AgiRequest request) {
        var launched = world.launcher()
                .script(
                        request.request(),
                        request.arguments(),
                        request.environment(call, world.version()),
                        request.enhanced(),
                        waking(call.channel()));
        return switch (launched) {
            case AgiLauncher.Launched.Running(AgiLink link) -> link;
            case AgiLauncher.Launched.Missing(String english, String french) -> {
                status(call, "NOTFOUND");
                call.problem("agi-missing", english, french);
                yield null;
            }
            case AgiLauncher.Launched.Refused(String english, String french) -> {
                status(call, "FAILURE");
                call.problem("agi-refused", english, french);
                yield null;
            }
        };
    }

    private static Runnable waking(Channel channel) {
        return () -> channel.post(new AgiSession.Spoke());
    }

    /** The names that scripts may be called by; for tests and lists. */
    static List<String> commandNames(AgiWorld world) {
        return new AgiCommands(world).all().keySet().stream().sorted().toList();
    }
}
