package io.allo.pbx.app.conference;

import io.allo.pbx.app.Places;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.app.conference.profile.MenuAction;
import io.allo.pbx.app.conference.profile.MenuKeys;
import io.allo.pbx.dialplan.DialplanException;
import java.util.List;

/** Does what the keys of a conference's menu say. Owned by the call. */
final class MenuDesk {

    private final Participation who;

    MenuDesk(Participation who) {
        this.who = who;
    }

    void perform(MenuKeys.Pressed pressed) {
        for (var action : pressed.actions()) {
            perform(action, pressed.keys());
        }
    }

    private void perform(MenuAction action, String pressed) {
        var member = who.member();
        switch (action.kind()) {
            case PLAYBACK -> who.sayAll(Speech.sounds(action.argument()));
            case PLAYBACK_AND_CONTINUE -> playAndContinue(action.argument(), pressed);
            case TOGGLE_MUTE -> toggleMute();
            case NO_OP, SET_AS_SINGLE_VIDEO_SRC, RELEASE_AS_SINGLE_VIDEO_SRC, TOGGLE_BINAURAL -> {}
            case DECREASE_LISTENING_VOLUME -> member.listenVolume(member.listenVolume() - 1);
            case INCREASE_LISTENING_VOLUME -> member.listenVolume(member.listenVolume() + 1);
            case RESET_LISTENING_VOLUME -> member.listenVolume(0);
            case DECREASE_TALKING_VOLUME -> member.talkVolume(member.talkVolume() - 1);
            case INCREASE_TALKING_VOLUME -> member.talkVolume(member.talkVolume() + 1);
            case RESET_TALKING_VOLUME -> member.talkVolume(0);
            case DIALPLAN_EXEC -> execute(action.argument());
            case LEAVE_CONFERENCE -> who.leave();
            case PARTICIPANT_COUNT ->
                who.say(who.speech().count(who.others(), who.call().channel().language()));
            case ADMIN_KICK_LAST, ADMIN_TOGGLE_CONFERENCE_LOCK, ADMIN_TOGGLE_MUTE_PARTICIPANTS -> {
                if (member.isAdmin()) {
                    asAdmin(action.kind());
                } else {
                    who.say(ConferenceSound.ERROR_MENU);
                }
            }
        }
    }

    /** The first key ends the prompt and goes on with the sequence. */
    private void playAndContinue(String sounds, String pressed) {
        who.say(Speech.sounds(sounds));
        who.keys().goOn(pressed, who.call().clock().nanoTime());
    }

    private void toggleMute() {
        if (!who.ticket().canSpeak()) {
            who.say(ConferenceSound.ERROR_MENU);
            return;
        }
        var muted = !who.member().isMuted();
        who.member().muted(muted);
        who.say(muted ? ConferenceSound.MUTED : ConferenceSound.UNMUTED);
    }

    private void asAdmin(MenuAction.Kind kind) {
        var member = who.member();
        var room = member.conference();
        switch (kind) {
            case ADMIN_KICK_LAST -> {
                var members = room.members();
                var last = members.isEmpty() ? member : members.getLast();
                if (last == member || last.isAdmin()) {
                    who.say(ConferenceSound.ERROR_MENU);
                } else {
                    last.kick();
                }
            }
            case ADMIN_TOGGLE_CONFERENCE_LOCK -> {
                var on = !room.isLocked();
                room.lock(on, member);
                who.say(on ? ConferenceSound.LOCKED_NOW : ConferenceSound.UNLOCKED_NOW);
            }
            default -> {
                var on = !who.state().isMuted();
                who.world().control().muteAll(room.name(), on);
                who.speech().announce(on ? ConferenceSound.PARTICIPANTS_MUTED : ConferenceSound.PARTICIPANTS_UNMUTED);
            }
        }
    }

    /** dialplan_exec(context,extension,priority): he is away until the dialplan there has come to its end. */
    private void execute(String place) {
        var call = who.call();
        try {
            var start = Places.of(who.world().runner(), call, place);
            who.elsewhere(() -> who.world().runner().subroutine(call, start, List.of()));
        } catch (DialplanException missing) {
            call.problem(
                    "conference-menu",
                    "dialplan_exec: " + missing.getMessage(),
                    "dialplan_exec : " + missing.getMessage());
        }
    }
}
