package io.allo.gate.cli;

import io.allo.pbx.conf.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The commands by their words. The longest that the line begins with is meant; what follows are its arguments. Those of
 * Asterisk's are answered in English whoever asks. Immutable; any thread.
 */
final class Words {

    private record Command(boolean asterisks, BiConsumer<List<String>, Reply> work) {}

    private static final List<String> CHANGING = List.of(
            "bans lift",
            "bans add",
            "logger rotate",
            "hangup",
            "channel request hangup",
            "reload",
            "core reload",
            "dialplan reload",
            "pjsip reload",
            "module reload",
            "stop",
            "core stop",
            "cert renew",
            "cert reread",
            "cert import",
            "database put",
            "database del",
            "confbridge kick",
            "confbridge mute",
            "confbridge unmute",
            "confbridge lock",
            "confbridge unlock",
            "confbridge record");

    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final CliDesk desk;

    Words(CliDesk desk) {
        this.desk = desk;
        var channels = new ChannelCommands(desk);
        var endpoints = new EndpointCommands(desk);
        var dialplan = new DialplanCommands(desk);
        var system = new SystemCommands(desk);
        var door = new DoorCommands(desk);
        var fraud = new FraudCommands(desk);
        var certificates = new CertificateCommands(desk);
        var conferences = new ConferenceCommands(desk);
        var network = new NetworkCommands(desk);
        var codecs = new CodecCommands();
        own("show endpoints", endpoints::endpoints);
        own("show contacts", endpoints::contacts);
        own("show transports", network::transports);
        own("show address", network::address);
        own("show channels", channels::channels);
        own("show channel", channels::channel);
        own("show calls", channels::calls);
        own("show dialplan", dialplan::show);
        own("show applications", dialplan::applications);
        own("show functions", dialplan::functions);
        own("show codecs", codecs::codecs);
        own("show cdr", system::records);
        own("bans", door::list);
        own("bans lift", door::lift);
        own("bans add", door::add);
        own("show metrics", door::metrics);
        own("logger rotate", door::rotate);
        own("show version", system::version);
        own("show uptime", system::uptime);
        own("show fraud", fraud::show);
        own("fraud", fraud::show);
        own("fraud show", fraud::show);
        own("fraud explain", fraud::explain);
        own("show conferences", conferences::show);
        own("show conference", conferences::show);
        asterisks("confbridge list", conferences::list);
        asterisks("confbridge kick", conferences::kick);
        asterisks("confbridge mute", conferences::mute);
        asterisks("confbridge unmute", conferences::unmute);
        asterisks("confbridge lock", (arguments, reply) -> conferences.lock(true, arguments, reply));
        asterisks("confbridge unlock", (arguments, reply) -> conferences.lock(false, arguments, reply));
        asterisks("confbridge record start", conferences::record);
        asterisks("confbridge record stop", conferences::stopRecording);
        own("cert show", certificates::show);
        own("cert renew", certificates::renew);
        own("cert reread", certificates::reread);
        own("hangup", channels::hangUp);
        own("reload", system::reload);
        own("stop now", (arguments, reply) -> system.stop(CliDesk.Stop.NOW, reply));
        own("stop", (arguments, reply) -> system.stop(CliDesk.Stop.SOON, reply));
        own("help", (arguments, reply) -> commands.keySet().forEach(reply::line));
        asterisks(channels, endpoints, dialplan, system);
        asterisks("core show codecs", codecs::codecs);
    }

    private void asterisks(
            ChannelCommands channels, EndpointCommands endpoints, DialplanCommands dialplan, SystemCommands system) {
        asterisks("pjsip show endpoints", endpoints::asteriskEndpoints);
        asterisks("pjsip list endpoints", endpoints::asteriskEndpoints);
        asterisks("pjsip show contacts", endpoints::asteriskContacts);
        asterisks("pjsip list contacts", endpoints::asteriskContacts);
        asterisks("core show channels", channels::asteriskChannels);
        asterisks("core show channel", channels::channel);
        asterisks("core show calls", channels::counts);
        asterisks("core show version", system::version);
        asterisks("core show uptime", system::uptime);
        asterisks("core show applications", dialplan::applications);
        asterisks("core show functions", dialplan::functions);
        asterisks("core show hints", dialplan::hints);
        asterisks("dialplan show", dialplan::show);
        asterisks("channel request hangup", channels::hangUp);
        asterisks("database show", system::database);
        asterisks("database get", system::databaseGet);
        asterisks("database put", system::databasePut);
        asterisks("database del", system::databaseDelete);
        asterisks("database deltree", system::databaseDeleteTree);
        for (var reload : List.of("core reload", "dialplan reload", "pjsip reload", "module reload", "reload all")) {
            asterisks(reload, system::reload);
        }
        asterisks("core stop now", (arguments, reply) -> system.stop(CliDesk.Stop.NOW, reply));
        asterisks("core stop gracefully", (arguments, reply) -> system.stop(CliDesk.Stop.WHEN_QUIET, reply));
        asterisks("core stop when convenient", (arguments, reply) -> system.stop(CliDesk.Stop.WHEN_QUIET, reply));
    }

    private void own(String words, BiConsumer<List<String>, Reply> work) {
        commands.put(words, new Command(false, work));
    }

    private void asterisks(String words, BiConsumer<List<String>, Reply> work) {
        commands.put(words, new Command(true, work));
    }

    Reply answer(String language, String line) {
        var words = Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        for (var count = words.size(); count > 0; count--) {
            var command = commands.get(String.join(" ", words.subList(0, count)).toLowerCase(Locale.ROOT));
            if (command != null) {
                var reply = new Reply(command.asterisks() ? "en" : language);
                note(words.subList(0, count), words.subList(count, words.size()));
                command.work().accept(words.subList(count, words.size()), reply);
                return reply;
            }
        }
        return unknown(language, Table.clean(line.strip()));
    }

    /** What is to change something is written down before it does; of the database only the family and key, for values may be secrets. */
    private void note(List<String> command, List<String> arguments) {
        var name = String.join(" ", command).toLowerCase(Locale.ROOT);
        if (CHANGING.stream().noneMatch(name::startsWith)) {
            return;
        }
        var said = name.startsWith("database") ? arguments.subList(0, Math.min(2, arguments.size())) : arguments;
        desk.note((name + " " + String.join(" ", said)).strip());
    }

    private Reply unknown(String language, String line) {
        var reply = new Reply(language);
        reply.fail(
                "no such command: " + line + " (help lists them)",
                "commande inconnue : " + line + " (help les énumère)");
        Spelling.didYouMean(line, commands.keySet()).ifPresent(hint -> reply.line(hint.en(), hint.fr()));
        return reply;
    }
}
