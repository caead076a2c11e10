package io.allo.pbx.app.conference;

import io.allo.pbx.call.Call;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.Member;
import io.allo.pbx.dialplan.Arguments;
import java.util.List;
import java.util.function.Consumer;

/**
 * MeetMeAdmin(number,command,user): what an admin does to a room from the dialplan, and MeetMeChannelAdmin(channel,command). Sets
 * MEETMEADMINSTATUS: OK, FAILED, NOPARSE. Users are numbered as they came. Any thread.
 */
final class MeetMeAdmin {

    private final ConferenceWorld world;

    MeetMeAdmin(ConferenceWorld world) {
        this.world = world;
    }

    void run(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var command = arguments.get(1).strip();
        var room = world.rooms().room(arguments.get(0).strip());
        var status = command.length() != 1
                ? "NOPARSE"
                : room.filter(found -> isDone(
                                        found,
                                        command.charAt(0),
                                        arguments.get(2).strip()))
                                .isPresent()
                        ? "OK"
                        : "FAILED";
        world.runner().assign(call, "MEETMEADMINSTATUS", status);
    }

    private boolean isDone(Conference room, char command, String user) {
        var members = room.members();
        switch (command) {
            case 'L' -> room.lock(true, null);
            case 'l' -> room.lock(false, null);
            case 'K' -> members.forEach(Member::kick);
            case 'e' -> {
                var last = members.stream().filter(member -> !member.isAdmin()).reduce((one, other) -> other);
                last.ifPresent(Member::kick);
                return last.isPresent();
            }
            case 'N' -> world.control().muteAll(room.name(), true);
            case 'n' -> world.control().muteAll(room.name(), false);
            case 'R' -> members.forEach(MeetMeAdmin::reset);
            case 'S' -> members.forEach(member -> member.talkVolume(member.talkVolume() + 1));
            case 's' -> members.forEach(member -> member.talkVolume(member.talkVolume() - 1));
            case 'V' -> members.forEach(member -> member.listenVolume(member.listenVolume() + 1));
            case 'v' -> members.forEach(member -> member.listenVolume(member.listenVolume() - 1));
            default -> {
                return isDoneTo(members, command, user);
            }
        }
        return true;
    }

    private static boolean isDoneTo(List<Member> members, char command, String user) {
        Consumer<Member> deed = switch (command) {
            case 'k' -> Member::kick;
            case 'M' -> member -> member.muted(true);
            case 'm' -> member -> member.muted(false);
            case 'r' -> MeetMeAdmin::reset;
            case 'T' -> member -> member.talkVolume(member.talkVolume() + 1);
            case 't' -> member -> member.talkVolume(member.talkVolume() - 1);
            case 'U' -> member -> member.listenVolume(member.listenVolume() + 1);
            case 'u' -> member -> member.listenVolume(member.listenVolume() - 1);
            default -> null;
        };
        var found = members.stream()
                .filter(member -> String.valueOf(member.number()).equals(user))
                .findFirst();
        if (deed == null || found.isEmpty()) {
            return false;
        }
        deed.accept(found.get());
        return true;
    }

    private static void reset(Member member) {
        member.talkVolume(0);
        member.listenVolume(0);
    }

    /** MeetMeChannelAdmin(channel,command): k, m and M to the member that a channel is. */
    void runOnChannel(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var member = world.rooms().member(arguments.get(0).strip());
        if (member.isEmpty()
                || !isDoneTo(
                        List.of(member.get()),
                        (arguments.get(1).strip() + " ").charAt(0),
                        String.valueOf(member.get().number()))) {
            call.problem(
                    "conference-missing",
                    "MeetMeChannelAdmin: " + data + " is not in a conference, or the command is not k, m or M",
                    "MeetMeChannelAdmin : " + data + " n'est pas en conférence, ou la commande n'est pas k, m ou M");
        }
    }
}
