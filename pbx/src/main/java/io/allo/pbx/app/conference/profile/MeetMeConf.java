package io.allo.pbx.app.conference.profile;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * meetme.conf: the rooms of MeetMe, {@code conf => number[,pin[,adminpin]]} of {@code [rooms]}. Immutable.
 *
 * @param rooms by their numbers
 */
public record MeetMeConf(Map<String, Room> rooms) {

    /** As if there were no file. */
    public static final MeetMeConf NONE = new MeetMeConf(Map.of());

    public MeetMeConf {
        rooms = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rooms));
    }

    /** A room and its PINs, "" for none. */
    public record Room(String number, String pin, String adminPin) {}

    /** Reads the file; what is wrong is reported and left out. */
    public static MeetMeConf read(ConfFile file, Consumer<ConfProblem> problems) {
        Map<String, Room> rooms = new LinkedHashMap<>();
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("general")) {
                general(section, problems);
            } else if (section.name().equalsIgnoreCase("rooms")) {
                var reader = new SectionReader(section, problems);
                for (var entry : reader.entries("conf")) {
                    var parts = entry.value().split("[,|]", -1);
                    var room = new Room(part(parts, 0), part(parts, 1), part(parts, 2));
                    if (isGood(room, entry, problems)) {
                        rooms.put(room.number(), room);
                    }
                }
                reader.finish();
            }
        }
        return new MeetMeConf(rooms);
    }

    private static void general(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        for (var inert :
                List.of("audiobuffers", "schedule", "logmembercount", "fuzzystart", "earlyalert", "endalert")) {
            reader.inert(
                    inert,
                    new Text(
                            "MeetMe's rooms are ConfBridge's conferences here, without a schedule",
                            "les salles de MeetMe sont ici des conférences de ConfBridge, sans horaire"));
        }
        reader.finish();
    }

    private static boolean isGood(Room room, ConfEntry entry, Consumer<ConfProblem> problems) {
        if (!room.number().isEmpty()
                && room.pin().matches("[0-9]{0,80}")
                && room.adminPin().matches("[0-9]{0,80}")) {
            return true;
        }
        problems.accept(ConfProblem.error(
                entry.file(),
                entry.line(),
                "meetme-room",
                new Text("this is no room: " + room.number(), "ceci n'est pas une salle : " + room.number()),
                new Text("conf => number,pin,adminpin with digits", "conf => numéro,code,code-admin en chiffres")));
        return false;
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index].strip() : "";
    }

    /** The room of a number. */
    public Optional<Room> room(String number) {
        return Optional.ofNullable(rooms.get(number));
    }
}
