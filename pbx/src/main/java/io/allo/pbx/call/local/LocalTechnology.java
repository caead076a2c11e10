package io.allo.pbx.call.local;

import io.allo.core.timer.Clock;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanEntry;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.MediaHappened;
import io.allo.pbx.call.ring.ChannelTechnology;
import io.allo.pbx.call.ring.DialException;
import io.allo.pbx.event.CallEvent;
import java.util.List;

/** Local/extension@context in Dial: the dialplan itself as a target. Options behind a slash (/n) change nothing: no Local channel is ever optimised away. Any thread. */
public final class LocalTechnology implements ChannelTechnology {

    /** Local channels one call may be nested in: beyond it a dialplan calls itself. */
    static final int DEPTH_LIMIT = 30;

    private static final String DEPTH = "ALLO_LOCAL_DEPTH";

    private final Calls calls;
    private final MediaPlane media;
    private final DialplanEntry dialplan;
    private final Clock clock;

    /** Makes both halves of {@code Local/exten@context}; the far one enters the plan through {@code dialplan}. */
    public LocalTechnology(Calls calls, MediaPlane media, DialplanEntry dialplan, Clock clock) {
        this.calls = calls;
        this.media = media;
        this.dialplan = dialplan;
        this.clock = clock;
    }

    @Override
    public List<String> names() {
        return List.of("Local");
    }

    @Override
    public List<Channel> create(String resource, Channel caller, String payer) {
        var slash = resource.indexOf('/');
        var place = slash < 0 ? resource : resource.substring(0, slash);
        var at = place.lastIndexOf('@');
        var extension = at < 0 ? place : place.substring(0, at);
        var context = at < 0 ? caller.location().context() : place.substring(at + 1);
        var start = new DialplanLocation(context, extension, 1);
        if (!dialplan.exists(start, caller.callerId().number())) {
            throw new DialException(
                    HangupCause.NO_ROUTE_DESTINATION,
                    "there is no extension " + extension + " in context " + context,
                    "il n'y a pas d'extension " + extension + " dans le contexte " + context);
        }
        var before = caller.variables().value(DEPTH);
        var depth = before == null ? 1 : Integer.parseInt(before) + 1;
        if (depth > DEPTH_LIMIT) {
            throw new DialException(
                    HangupCause.INTERWORKING,
                    "Local channels nested " + DEPTH_LIMIT + " deep: the dialplan calls itself at " + place,
                    "canaux Local imbriqués " + DEPTH_LIMIT + " fois : le plan de numérotation s'appelle lui-même à "
                            + place);
        }
        return List.of(pair(place, start, depth, caller, payer));
    }

    private Channel pair(String place, DialplanLocation start, int depth, Channel caller, String payer) {
        var base = calls.newChannelName("Local/" + place);
        var halves = new LocalChannel[2];
        var ports = media.openPair(
                event -> halves[0].post(new MediaHappened(event)), event -> halves[1].post(new MediaHappened(event)));
        for (var i = 0; i < 2; i++) {
            halves[i] = new LocalChannel(
                    base + ";" + (i + 1),
                    calls.newUniqueId(),
                    caller.log(),
                    clock,
                    i == 0 ? caller.location() : start,
                    calls,
                    media,
                    i == 0 ? ports.first() : ports.second(),
                    dialplan,
                    place);
            halves[i].language(caller.language());
            halves[i].hopsLeft(caller.hopsLeft());
            halves[i].payer(payer);
            halves[i].accountCode(caller.accountCode());
            halves[i].toneZone(caller.toneZone());
        }
        LocalChannel.pair(halves[0], halves[1]);
        halves[0].connectedLine(caller.callerId());
        caller.variables().inheritTo(halves[0].variables());
        caller.variables().inheritTo(halves[1].variables());
        halves[1].variables().set("__" + DEPTH, Integer.toString(depth));
        for (var half : halves) {
            calls.register(half);
            caller.log()
                    .add(new CallEvent.ChannelCreated(
                            clock.epochMillis(),
                            caller.log().linkedId(),
                            half.uniqueId(),
                            half.name(),
                            place,
                            half == halves[1],
                            caller.callerId().number(),
                            caller.callerId().name(),
                            start.context(),
                            start.extension(),
                            caller.accountCode(),
                            ""));
        }
        return halves[0];
    }
}
