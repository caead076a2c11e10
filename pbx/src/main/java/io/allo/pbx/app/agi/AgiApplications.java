package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiLauncher;
import io.allo.io.agi.AgiLink;
import io.allo.io.recording.RecordingException;
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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AGI(script,arguments), EAGI, DeadAGI: leads the call by a script of the directory of scripts or by a server
 * ({@code agi://host[:port]/script}, {@code hagi://} by SRV records). Sets AGISTATUS: SUCCESS, FAILURE, NOTFOUND or HANGUP.
 * Any thread.
 */
public final class AgiApplications {

    private static final Logger LOG = LoggerFactory.getLogger("agi");
    private static final int NARROW_HZ = 8_000;

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
        if (request.toLowerCase(Locale.ROOT).startsWith("agi:async")) {
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
        var link = request.contains("://")
                ? connect(call, new AgiRequest(request, rest, enhanced, true))
                : start(call, new AgiRequest(request, rest, enhanced, false));
        if (link != null && enhanced) {
            listen(call, link, request);
        } else if (link != null) {
            converse(call, link, request);
        }
    }

    /** The script hears the caller meanwhile: 8000 Hz, or what EAGI_AUDIO_FORMAT asks for. */
    private void listen(Call call, AgiLink link, String request) {
        try (var hearing = world.recorder().hear(call.channel(), rate(call), link::hear)) {
            LOG.debug("{} hears {}: {}", request, call.channel().name(), hearing);
            converse(call, link, request);
        } catch (RecordingException refused) {
            link.close();
            status(call, "FAILURE");
            var why = String.valueOf(refused.getMessage());
            call.problem("agi-sound", request + ": " + why, request + " : " + why);
        }
    }

    private int rate(Call call) {
        var wanted = runner.variable(call, "EAGI_AUDIO_FORMAT").strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "slin16" -> 16_000;
            case "slin32" -> 32_000;
            case "slin48" -> 48_000;
            case "", "slin" -> NARROW_HZ;
            default -> {
                call.problem(
                        "agi-sound",
                        "EAGI_AUDIO_FORMAT is slin, slin16, slin32 or slin48, not " + wanted + ": slin is taken",
                        "EAGI_AUDIO_FORMAT vaut slin, slin16, slin32 ou slin48, pas " + wanted + " : slin est pris");
                yield NARROW_HZ;
            }
        };
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
