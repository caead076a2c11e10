package io.allo.sim;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.call.ring.RingOptions;
import io.allo.pbx.call.ring.Ringing;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The least that calls need, as plain as can be: {@code SimDial(a&b,seconds)}, {@code SimAnswer()}, {@code SimWait(seconds)},
 * {@code SimPlay(milliseconds)}, {@code SimEcho()}, {@code SimHangup(cause)}. On the call's thread.
 */
final class SimApplications {

    private final Destinations destinations;
    private final MediaPlane media;

    private SimApplications(Destinations destinations, MediaPlane media) {
        this.destinations = destinations;
        this.media = media;
    }

    static void register(DialplanRunner runner, Destinations destinations, MediaPlane media) {
        var all = new SimApplications(destinations, media);
        add(runner, "SimDial", all::dial);
        add(runner, "SimAnswer", (call, data) -> call.channel().answer());
        add(runner, "SimWait", (call, data) -> call.pause((long) (Double.parseDouble(data) * 1000)));
        add(runner, "SimPlay", all::play);
        add(runner, "SimEcho", all::echo);
        add(runner, "SimHangup", (call, data) -> {
            throw call.hangUp(data.isEmpty() ? HangupCause.NORMAL_CLEARING : HangupCause.of(Integer.parseInt(data)));
        });
    }

    private void dial(Call call, String data) {
        var comma = data.indexOf(',');
        var targets = List.of((comma < 0 ? data : data.substring(0, comma)).split("&"));
        var deadline = comma < 0
                ? Long.MAX_VALUE
                : call.inMillis((long) (Double.parseDouble(data.substring(comma + 1)) * 1000));
        try (var ringing = Ringing.start(call, destinations, media, targets, RingOptions.until(deadline))) {
            var answered = ringing.awaitAnswer();
            call.channel().variables().set("DIALSTATUS", ringing.status().name());
            if (answered == null) {
                call.channel()
                        .variables()
                        .set("HANGUPCAUSE", Integer.toString(ringing.cause().code()));
                return;
            }
            call.channel().answer();
            try {
                new Bridge(call, media, call.channel(), answered, List.of()).run();
            } finally {
                answered.hangUp(HangupCause.NORMAL_CLEARING);
                call.letGoWhenReleased(answered);
            }
        }
    }

    private void play(Call call, String data) {
        var port = call.channel().media();
        if (port == null) {
            return;
        }
        media.post(new MediaCommand.Play(port, 1, new PlaySource.Silence(Long.parseLong(data))));
        while (!ChannelEvent.is(call.await(Long.MAX_VALUE), ChannelEvent.PlaybackEnded.class)) {
            // digits and holds do not end it
        }
    }

    private void echo(Call call, String data) {
        var port = call.channel().media();
        if (port != null) {
            media.post(new MediaCommand.Echo(port, true));
            call.pause(Long.parseLong(data));
            media.post(new MediaCommand.Echo(port, false));
        }
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(new Application() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void execute(Call call, String data) {
                body.accept(call, data);
            }
        });
    }
}
