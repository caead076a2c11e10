package io.allo.pbx.app.conference;

import io.allo.pbx.app.Places;
import io.allo.pbx.call.Call;
import io.allo.pbx.conference.ConferenceRefused;
import io.allo.pbx.conference.MemberSettings;
import io.allo.pbx.conference.RoomSettings;
import io.allo.pbx.dialplan.DialplanException;

/**
 * Page(targets,options,timeout): calls all of them at once, who answer by themselves where their phone can, and lets those who answer
 * hear the caller; they can't be heard. It ends when the caller hangs up, or nobody is left. Options b B d i q r s n A(x). Any thread.
 */
final class Page {

    /** What it has. */
    static final String OPTIONS = "bBdiqrsnA";

    private final ConferenceWorld world;
    private final RoomRecording recordings;

    Page(ConferenceWorld world) {
        this.world = world;
        this.recordings = new RoomRecording(world);
    }

    void run(Call call, String data) {
        var request = PageRequest.parse(data);
        for (var letter : request.options().letters()) {
            if (OPTIONS.indexOf(letter) < 0) {
                call.problem("page", "Page has no option " + letter, "Page n'a pas d'option " + letter);
            }
        }
        if (request.has('B')) {
            try {
                var routine = Places.routine(world.runner(), call, request.argument('B'));
                world.runner().subroutine(call, routine.start(), routine.arguments());
            } catch (DialplanException missing) {
                call.problem("page", "option B: " + missing.getMessage(), "option B : " + missing.getMessage());
            }
        }
        if (!world.prompts().answer(call)) {
            return;
        }
        var name = "page-" + call.channel().uniqueId();
        try {
            var pager = world.rooms().join(call, name, RoomSettings.USUAL, MemberSettings.USUAL.withRole(true, true));
            try {
                new PageRun(world, recordings, call, pager, request).run();
            } finally {
                pager.leave();
            }
        } catch (ConferenceRefused refused) {
            throw new DialplanException(String.valueOf(refused.getMessage()));
        }
    }
}
