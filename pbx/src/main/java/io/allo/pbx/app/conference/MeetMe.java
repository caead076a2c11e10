package io.allo.pbx.app.conference;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.app.conference.profile.MeetMeConf;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.dialplan.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * MeetMe(number,options,pin): ConfBridge under its old name, with the rooms of meetme.conf. Sets MEETMESECS, and CONFBRIDGE_RESULT. The
 * options are those of {@link MeetMeOptions}. Any thread.
 */
final class MeetMe {

    private static final int TRIES = 3;
    private static final int LONGEST_NUMBER = 20;
    private static final long FIRST_WAIT_MS = 7_000;
    private static final long NEXT_WAIT_MS = 3_000;

    private final ConferenceWorld world;
    private final Gate gate;
    private final DigitReader reader;
    private final Map<String, String> dynamicPins = new ConcurrentHashMap<>();

    MeetMe(ConferenceWorld world, Gate gate) {
        this.world = world;
        this.gate = gate;
        this.reader = new DigitReader(world.prompts());
    }

    void enter(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var options = new MeetMeOptions(world, OptionLetters.parse(arguments.get(1)));
        options.warn(call);
        var result = Result.FAILED;
        var began = call.clock().epochMillis();
        try {
            if (world.prompts().answer(call)) {
                result = enter(call, arguments, options);
            }
        } catch (io.allo.pbx.call.CallInterrupted interrupted) {
            result = Result.HANGUP;
            throw interrupted;
        } finally {
            world.runner().assign(call, "CONFBRIDGE_RESULT", result.name());
            world.runner()
                    .assign(call, "MEETMESECS", String.valueOf((call.clock().epochMillis() - began) / 1000));
        }
        if ((result == Result.KICKED || result == Result.TIMEOUT) && !options.continues()) {
            throw call.hangUp(HangupCause.NORMAL_CLEARING);
        }
    }

    private Result enter(Call call, Arguments arguments, MeetMeOptions options) {
        var number = arguments.get(0).strip();
        var given = arguments.get(2).strip();
        var asked = number.isEmpty() && !options.picks();
        for (var left = asked ? TRIES : 1; left > 0; left--) {
            var wanted = asked ? ask(call, "conf-getconfno") : options.picks() ? pick(options) : number;
            var room = wanted.isEmpty() ? Optional.<MeetMeConf.Room>empty() : room(call, wanted, given, options);
            if (room.isPresent()) {
                return enter(call, room.get(), given, options);
            }
            world.prompts().play(call, List.of(options.picks() ? "conf-noempty" : "conf-invalid"));
        }
        call.problem(
                "conference-missing",
                "MeetMe: there is no room " + number + " in meetme.conf (option d makes rooms)",
                "MeetMe : pas de salle " + number + " dans meetme.conf (l'option d en crée)");
        return Result.FAILED;
    }

    private String ask(Call call, String prompt) {
        return reader.read(call, List.of(prompt), DigitRules.of(LONGEST_NUMBER, FIRST_WAIT_MS, NEXT_WAIT_MS))
                .digits();
    }

    /** e and E: a room of the file in which nobody is; with E one without a PIN. */
    private String pick(MeetMeOptions options) {
        return world.meetMe().get().rooms().values().stream()
                .filter(room -> !options.picksPinless() || room.pin().isEmpty())
                .map(MeetMeConf.Room::number)
                .filter(each -> world.rooms().room(each).isEmpty())
                .findFirst()
                .orElse("");
    }

    private Optional<MeetMeConf.Room> room(Call call, String number, String given, MeetMeOptions options) {
        var known = world.meetMe().get().room(number);
        if (known.isPresent() || !options.makesRooms()) {
            return known;
        }
        if (!options.asksForNewPin()) {
            return Optional.of(new MeetMeConf.Room(number, "", ""));
        }
        if (world.rooms().room(number).isEmpty()) {
            dynamicPins.put(number, given.isEmpty() ? ask(call, ConferenceSound.GET_PIN.usual()) : given);
            return Optional.of(new MeetMeConf.Room(number, "", ""));
        }
        return Optional.of(new MeetMeConf.Room(number, dynamicPins.getOrDefault(number, ""), ""));
    }

    private Result enter(Call call, MeetMeConf.Room room, String given, MeetMeOptions options) {
        var bridge = options.bridge(BridgeProfile.DEFAULT);
        var isAdmin = options.isAdmin();
        var pins = new ArrayList<String>();
        if (!room.adminPin().isEmpty()) {
            pins.add(room.adminPin());
        }
        if (!room.pin().isEmpty() && (!isAdmin || room.adminPin().isEmpty())) {
            pins.add(room.pin());
        }
        var needed = isAdmin ? !pins.isEmpty() : !room.pin().isEmpty();
        if (needed && (given.isEmpty() || options.alwaysAsks() || !pins.contains(given))) {
            var typed = gate.pins().ask(call, room.number(), bridge, pins);
            if (typed.isEmpty()) {
                return Result.FAILED;
            }
            isAdmin |= typed.get().equals(room.adminPin());
        } else {
            isAdmin |= !given.isEmpty() && given.equals(room.adminPin());
        }
        return gate.admit(call, ticket(call, room.number(), bridge, options, isAdmin));
    }

    private Ticket ticket(Call call, String number, BridgeProfile bridge, MeetMeOptions options, boolean isAdmin) {
        var user = options.user(isAdmin);
        var conf = ConferenceConf.DEFAULT;
        return new Ticket(
                number,
                bridge,
                user,
                options.menu(conf, isAdmin),
                options.isDeaf(),
                options.canSpeak(),
                options.waitMs(),
                options.closesLast(),
                key -> options.exit(call, key));
    }

    // ---- what is asked about rooms

    /** MeetMeCount(number[,variable]): how many are in it, set or said. */
    void count(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var count = world.rooms()
                .room(arguments.get(0).strip())
                .map(io.allo.pbx.conference.Conference::size)
                .orElse(0);
        var variable = arguments.get(1).strip();
        if (!variable.isEmpty()) {
            world.runner().assign(call, variable, String.valueOf(count));
        } else if (world.prompts().isAudible(call)) {
            var words = io.allo.pbx.call.prompt.Say.in(call.channel().language())
                    .number(count, io.allo.pbx.call.prompt.Gender.MASCULINE);
            world.prompts().play(call, words);
        }
    }
}
