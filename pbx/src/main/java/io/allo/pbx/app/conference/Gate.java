package io.allo.pbx.app.conference;

import io.allo.media.mix.MixSettings;
import io.allo.media.port.Sound;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.app.conference.profile.UserProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.conference.Conference;
import io.allo.pbx.conference.ConferenceRefused;
import io.allo.pbx.conference.MemberSettings;
import io.allo.pbx.conference.RoomSettings;
import java.util.List;

/** Lets somebody into a conference: answer, PIN, name, notice, and then the room itself. No state; on the call's thread. */
final class Gate {

    private final ConferenceWorld world;
    private final PinCheck pins;
    private final NameTake names;
    private final RoomRecording recordings;

    Gate(ConferenceWorld world) {
        this.world = world;
        this.pins = new PinCheck(world);
        this.names = new NameTake(world);
        this.recordings = new RoomRecording(world);
    }

    /** Asks for the profile's PIN, lets him in and returns when he has left. */
    Result enter(Call call, Ticket ticket) {
        if (!isHeard(call, ticket.user())) {
            return Result.FAILED;
        }
        var pin = ticket.user().entry().pin();
        if (!pin.isEmpty()
                && pins.ask(call, ticket.conference(), ticket.bridge(), List.of(pin))
                        .isEmpty()) {
            return Result.FAILED;
        }
        return admit(call, ticket);
    }

    /** Answers if that is wanted. */
    boolean isHeard(Call call, UserProfile user) {
        return user.entry().answers()
                ? world.prompts().answer(call)
                : world.prompts().isAudible(call);
    }

    PinCheck pins() {
        return pins;
    }

    /** The same for somebody who needs no PIN, or has given it. */
    Result admit(Call call, Ticket ticket) {
        var user = ticket.user();
        if (isRefused(call, ticket)) {
            return Result.FAILED;
        }
        var declined = recordings.isDeclined(call, ticket);
        List<Sound> name = user.told().name() && ticket.bridge().announces() && !declined
                ? names.take(call, user.told().review())
                : List.of();
        if (!user.entry().announcement().isBlank()) {
            world.prompts().play(call, Speech.sounds(user.entry().announcement()));
        }
        try {
            var member = world.rooms().join(call, ticket.conference(), room(ticket.bridge()), member(ticket, declined));
            try {
                var state = world.control().state(member.conference(), ticket.bridge());
                world.control().came(member, ticket);
                return new Participation(world, recordings, call, member, state, ticket, name).run();
            } finally {
                member.leave();
            }
        } catch (ConferenceRefused refused) {
            refused(call, ticket.bridge(), refused.reason());
            return Result.FAILED;
        }
    }

    /** Whether it is known already that he may not come in, so that he is told before he has said his name. */
    private boolean isRefused(Call call, Ticket ticket) {
        var found = world.rooms()
                .room(ticket.conference())
                .filter(room -> !ticket.user().rank().admin());
        if (found.filter(Conference::isLocked).isPresent()) {
            refused(call, ticket.bridge(), ConferenceRefused.Reason.LOCKED);
            return true;
        }
        return false;
    }

    private void refused(Call call, BridgeProfile bridge, ConferenceRefused.Reason reason) {
        call.problem(
                "conference-refused",
                call.channel().name() + " may not enter: the conference is "
                        + (reason == ConferenceRefused.Reason.LOCKED ? "locked" : "full"),
                call.channel().name() + " ne peut entrer : la conférence est "
                        + (reason == ConferenceRefused.Reason.LOCKED ? "verrouillée" : "complète"));
        var isFull = reason == ConferenceRefused.Reason.FULL && !bridge.named().containsKey(ConferenceSound.LOCKED);
        world.prompts()
                .play(
                        call,
                        isFull
                                ? List.of("conf-full|" + ConferenceSound.LOCKED.usual())
                                : Speech.sounds(bridge.sound(ConferenceSound.LOCKED)));
    }

    static RoomSettings room(BridgeProfile bridge) {
        return new RoomSettings(bridge.maxMembers(), new MixSettings(bridge.internalRateHz(), bridge.maximumRateHz()));
    }

    /** He waits at first, so that what is said to him when he comes is over before he hears and is heard. */
    private MemberSettings member(Ticket ticket, boolean declined) {
        var user = ticket.user();
        var told = user.told();
        var voice = user.voice();
        var muted = world.rooms()
                .room(ticket.conference())
                .map(world.control()::isMuted)
                .orElse(false);
        return MemberSettings.USUAL
                .withRole(user.rank().admin(), user.rank().marked())
                .withMuted(user.rank().startMuted()
                        || !ticket.canSpeak()
                        || muted && !user.rank().admin())
                .withDeaf(ticket.deaf())
                .withWaiting(true)
                .withMusic(told.music() ? told.musicClass() : null)
                .withPassDigits(voice.digitsPass())
                .withTalk(voice.dropsSilence(), voice.talkingThreshold(), voice.silenceMs(), voice.talkEvents())
                .withUnrecorded(declined);
    }
}
